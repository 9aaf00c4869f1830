"""How a text was judged: every match with the context rule that decided over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from spacy.language import Language

from vbl_detect import resources, scoring
from vbl_detect.components import classifier
from vbl_detect.components.classifier import Classifier, Reasons
from vbl_detect.detection import detect_with_masks
from vbl_detect.lexicon import ContextRule
from vbl_detect.pipeline import find_matcher
from vbl_detect.records import Finding, Note
from vbl_detect.settings import Settings
from vbl_detect.settings.adjusting import adjust

#: The source of each of the stacker's figures, by the beginning of its name.
SOURCES = {"screen": "screen", "tagger": "tagger", "lexicon": "lexicon", "rule": "rules"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One finding and the rule that decided its context.

    Attributes
    ----------
    finding : Finding
        The finding, counted or not.
    rule : ContextRule or None
        The row of ``context_rules.csv``; None where no rule spoke and the words are the author's.
    threshold : float
        The score from which it would count.
    reasons : Reasons or None
        What moved the classifier's score; None in a pipeline without classifier.
    """

    finding: Finding
    rule: ContextRule | None
    threshold: float
    reasons: Reasons | None = None

    @property
    def weights(self) -> dict[str, float]:
        """By how much each source moved the log-odds of the score, the strongest first.

        The sources are ``screen``, ``tagger``, ``lexicon`` and ``rules``.
        """
        if self.reasons is None:
            return {}
        sums: dict[str, float] = {}
        for name, weight in self.reasons.contributions.items():
            source = SOURCES[name.partition("_")[0]]
            sums[source] = sums.get(source, 0.0) + weight
        return dict(sorted(sums.items(), key=lambda pair: -abs(pair[1])))

    def as_dict(self) -> dict[str, Any]:
        """Return the finding's columns, and what decided over it."""
        rule = self.rule
        return {
            **self.finding.as_row(),
            "rule": None if rule is None else rule.code,
            "rule_note": None if rule is None else rule.note,
            "threshold": round(self.threshold, 4),
            "weights": {name: round(weight, 3) for name, weight in self.weights.items()},
            "words": {}
            if self.reasons is None
            else {word: round(weight, 3) for word, weight in self.reasons.words},
        }


def explain(
    text: str,
    nlp: Language,
    *,
    min_score: float | None = None,
    settings: Settings | None = None,
    mask: bool = False,
) -> list[Explanation]:
    """Return every match in a text with what was decided over it, in the order they stand.

    Parameters
    ----------
    text : str
        The text.
    nlp : Language
        A pipeline made by `vbl_detect.load`.
    min_score : float, optional
        Findings below this score do not count; None: the threshold stored with the scores.
    settings : Settings, optional
        What the settings file allows.
    mask : bool
        Whether personal details are blacked out in all that is shown of the text.
    """
    matcher = find_matcher(nlp)
    with nlp.select_pipes(disable=[classifier.NAME] if nlp.has_pipe(classifier.NAME) else []):
        doc = nlp(text)
    found = [component for _, component in nlp.pipeline if isinstance(component, Classifier)]
    reasons = [one for component in found for one in component.explain(doc)]
    by_place = {(one.span.start_char, one.span.end_char): one for one in reasons}
    if found:
        found[0](doc)
    decided = {
        (span.start_char, span.end_char): (span._.vbl_rule or "", span._.vbl_threshold)
        for span in doc.spans[matcher.spans_key]
    }
    by_rows = scoring.load(resources.model_dir() / "lexicon-scores").min_score
    lexicon = matcher.lexicon
    rules = lexicon.context_rules
    findings = detect_with_masks([Note(text=text)], nlp, min_score=min_score, mask=mask)
    hide = _hider(text) if mask else None
    explanations = []
    for finding in adjust(findings, settings or Settings(), lexicon):
        place = finding.start, finding.end
        rule, threshold = decided.get(place, ("", None))
        if min_score is not None:
            threshold = min_score
        explanations.append(
            Explanation(
                finding=finding.hidden(),
                rule=rules.get(rule),
                threshold=by_rows if threshold is None else threshold,
                reasons=_hidden(by_place.get(place), hide),
            )
        )
    return explanations


def _hider(text: str) -> Callable[[str], str]:
    from vbl_detect.masking import NoteMask  # noqa: PLC0415 - only masking pays for its lists

    return NoteMask(text).word


def _hidden(reasons: Reasons | None, hide: Callable[[str], str] | None) -> Reasons | None:
    if reasons is None or hide is None:
        return reasons
    return reasons._replace(words=[(hide(word), weight) for word, weight in reasons.words])
