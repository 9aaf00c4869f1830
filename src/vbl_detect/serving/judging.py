"""The findings of a text on the page: the same as `vbl-detect check` has of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from vbl_detect.detection import detect
from vbl_detect.entries import with_entries
from vbl_detect.pipeline import find_matcher
from vbl_detect.readers import STDIN_NAME
from vbl_detect.records import Finding, Note
from vbl_detect.running import RunSettings
from vbl_detect.serving.limits import check_length
from vbl_detect.serving.wordings import wordings
from vbl_detect.settings.adjusting import adjust
from vbl_detect.suppression import Suppressor
from vbl_detect.writers.place import why_not_counted
from vbl_detect.writers.visible import visible, without_surrogates

if TYPE_CHECKING:
    from spacy.language import Language

_ASTRAL = "\uffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was found.

    Attributes
    ----------
    findings : tuple of Finding
        All of them, those that do not count included, in order.
    remarks : tuple of str
        What else the writer should hear: comments that are wrong, acceptances that have ended.
    """

    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()


class TextJudge:
    """Judges texts; of one thread at a time, since spaCy's pipelines are not made for more.

    Parameters
    ----------
    nlp : Language
        A pipeline made by `vbl_detect.load`.
    settings : RunSettings
        What to find.
    today : callable
        What tells the present day.
    """

    def __init__(
        self,
        nlp: Language,
        settings: RunSettings | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._nlp = nlp
        self._settings = settings or RunSettings()
        self._today = today
        self.lexicon = find_matcher(nlp).lexicon

    def judge(self, text: str, name: str | None = None) -> Judged:
        """Return what `vbl-detect check` finds in a text.

        Parameters
        ----------
        text : str
            The text.
        name : str, optional
            The name of the file it came from; None: it was typed or pasted.

        Raises
        ------
        UsageError
            If it is too long.
        """
        check_length(text)
        if not text.strip():
            return Judged()
        # Half an emoji, which a page may send while it is typed, cannot be read.
        path = name or STDIN_NAME
        judged = self.judge_notes([Note(text=without_surrogates(text), path=path)])
        remarks = (remark.replace(f"{path}:", "line ", 1) for remark in judged.remarks)
        return replace(judged, remarks=tuple(f"{_capital(remark)}." for remark in remarks))

    def judge_notes(self, notes: Iterable[Note]) -> Judged:
        """Return what is found in notes: in rows of a table as `vbl-detect scan` does."""
        today, settings = self._today(), self._settings
        suppressor = Suppressor(
            today=today, known_codes=self.lexicon.reportable, heed=settings.suppressions
        )
        found = detect(
            suppressor.prepare(map(with_entries, notes)),
            self._nlp,
            selection=settings.selection,
            min_score=settings.min_score,
        )
        adjusted = adjust(found, settings.file, self.lexicon, today=today)
        findings = tuple(suppressor.apply(adjusted))
        return Judged(findings=findings, remarks=tuple(suppressor.messages))

    def title(self, category: str) -> str:
        """Return a category's title."""
        return self.lexicon.categories[category].title


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_told(text: str, judged: Judged, judge: TextJudge) -> dict[str, Any]:
    """Return what the page is told of a text, as values that JSON can hold.

    Parameters
    ----------
    text : str
        The text.
    judged : Judged
        What was found in it.
    judge : TextJudge
        Which found it.
    """
    units = _units(text)
    return {
        "findings": [_finding(one, units, judge) for one in judged.findings],
        "remarks": list(judged.remarks),
    }


def _finding(finding: Finding, units: Sequence[int], judge: TextJudge) -> dict[str, Any]:
    return {
        "id": finding.finding_id,
        "start": units[finding.start],
        "end": units[finding.end],
        "code": finding.code,
        "category": judge.title(finding.category),
        "severity": finding.severity,
        "counted": finding.counted,
        "not_counted": why_not_counted(finding),
        "cue": None if finding.cue is None else visible(finding.cue),
        "shown": visible(finding.phrase or ""),
        "why": finding.why,
        "suggestion": finding.suggestion,
        "wordings": list(wordings(finding)),
        "source": finding.source,
    }


def _units(text: str) -> Sequence[int]:
    """Return each offset in code points as the page counts it, in units of UTF-16."""
    if text.isascii():
        return range(len(text) + 1)
    return list(_counted(text))


def _counted(text: str) -> Iterator[int]:
    return accumulate((1 + (char > _ASTRAL) for char in text), initial=0)
