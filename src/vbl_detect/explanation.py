"""How a text was judged: every match with the context rule that decided over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.language import Language

from vbl_detect.detection import detect
from vbl_detect.lexicon import ContextRule
from vbl_detect.pipeline import find_matcher
from vbl_detect.records import Finding, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One finding and the rule that decided its context.

    Attributes
    ----------
    finding : Finding
        The finding, counted or not.
    rule : ContextRule or None
        The row of ``context_rules.csv``; None where no rule spoke and the words are the author's.
    """

    finding: Finding
    rule: ContextRule | None

    def as_dict(self) -> dict[str, Any]:
        """Return the finding's columns, and the rule's code and note."""
        rule = self.rule
        return {
            **self.finding.as_row(),
            "rule": None if rule is None else rule.code,
            "rule_note": None if rule is None else rule.note,
        }


def explain(text: str, nlp: Language, *, min_score: float | None = None) -> list[Explanation]:
    """Return every match in a text with what was decided over it, in the order they stand.

    Parameters
    ----------
    text : str
        The text.
    nlp : Language
        A pipeline made by `vbl_detect.load`.
    min_score : float, optional
        Findings below this score do not count; None: the threshold stored with the scores.
    """
    matcher = find_matcher(nlp)
    doc = nlp(text)
    decided = {
        (span.start_char, span.end_char): span._.vbl_rule for span in doc.spans[matcher.spans_key]
    }
    rules = matcher.lexicon.context_rules
    return [
        Explanation(
            finding=finding,
            rule=rules.get(decided.get((finding.start, finding.end)) or ""),
        )
        for finding in detect([Note(text=text)], nlp, min_score=min_score)
    ]
