"""The running totals of one run, and the sentence that sums it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vbl_detect.records import CONTEXTS, SEVERITIES, Finding, Note


@dataclass(slots=True)
class RunCounts:
    """Running totals of one run; they are right once its findings are used up.

    Attributes
    ----------
    notes : int
        Notes read.
    notes_with_findings : int
        Notes with at least one counted finding.
    counted : Counter of (str, str)
        Counted findings by (category, severity).
    by_term : Counter of (str, str)
        Counted findings by (code, headword); findings of the classifier alone have ``""`` there.
    by_context : Counter of str
        Uncounted findings by the context that keeps them from counting.
    suppressed, below_threshold : int
        Uncounted findings that a reader has accepted, and those whose score is too low.
    left_out : int
        Findings not written because the run was to write no more.
    problems, warnings : int
        Rows or files that could not be read, and warnings of text lost before it came here.
    """

    notes: int = 0
    notes_with_findings: int = 0
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_term: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_context: Counter[str] = field(default_factory=Counter)
    suppressed: int = 0
    below_threshold: int = 0
    left_out: int = 0
    problems: int = 0
    warnings: int = 0
    _last_note: tuple[object, ...] | None = field(default=None, init=False, repr=False)

    @property
    def total_counted(self) -> int:
        """Findings that count."""
        return self.counted.total()

    @property
    def in_context(self) -> int:
        """Findings that do not count because of their context."""
        return self.by_context.total()

    @property
    def findings(self) -> int:
        """All findings, counted or not."""
        return self.total_counted + self.in_context + self.suppressed + self.below_threshold

    def count_notes(self, notes: Iterable[Note]) -> Iterator[Note]:
        """Pass `notes` through, counting them."""
        for note in notes:
            self.notes += 1
            yield note

    def count_findings(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Pass `findings` through, counting them; those of one note must follow each other."""
        for finding in findings:
            self.add(finding)
            yield finding

    def add(self, finding: Finding) -> None:
        """Count one finding.

        A suppressed finding counts as suppressed whatever its context, since a person decided so;
        an asserted one that neither counts nor is suppressed is below the threshold.
        """
        if finding.counted:
            self.counted[finding.category, finding.severity] += 1
            self.by_term[finding.code, finding.term or ""] += 1
            note = (finding.path, finding.sheet, finding.row, finding.column, finding.record_id)
            # Only the last note is remembered: a set of all of them would grow with the input.
            self.notes_with_findings += note != self._last_note
            self._last_note = note
        elif finding.suppressed is not None:
            self.suppressed += 1
        elif finding.context != "asserted":
            self.by_context[finding.context] += 1
        else:
            self.below_threshold += 1

    def by_category(self) -> dict[str, int]:
        """Return counted findings by category, the most frequent first, then by name."""
        return _descending(self.counted, key=0)

    def by_severity(self) -> dict[str, int]:
        """Return counted findings by severity, the gravest first, zeros included."""
        totals = _descending(self.counted, key=1)
        return {severity: totals.get(severity, 0) for severity in SEVERITIES}

    def as_dict(self) -> dict[str, Any]:
        """Return the counts as they stand in the manifest."""
        return {
            "notes": self.notes,
            "notes_with_findings": self.notes_with_findings,
            "findings": self.findings,
            "counted": self.total_counted,
            "counted_by_category": self.by_category(),
            "counted_by_severity": self.by_severity(),
            "in_context": {name: self.by_context[name] for name in CONTEXTS if name != "asserted"},
            "suppressed": self.suppressed,
            "below_threshold": self.below_threshold,
            "problems": self.problems,
            "warnings": self.warnings,
        }


def _descending(counter: Counter[tuple[str, str]], *, key: int) -> dict[str, int]:
    totals: Counter[str] = Counter()
    for names, count in counter.items():
        totals[names[key]] += count
    return dict(sorted(totals.items(), key=lambda item: (-item[1], item[0])))


def summary(counts: RunCounts, *, noun: str = "note") -> str:
    """Return the run's result in one sentence, without a full stop.

    For example ``12 findings in 9 of 40 notes (3 high, 8 medium, 1 low); 7 in context: 3 quoted,
    2 negated, 2 mention; 1 below the threshold``. Findings that do not count are always named.

    Parameters
    ----------
    counts : RunCounts
        The totals of the run.
    noun : str
        What a text is called in it.
    """
    if counts.total_counted:
        found = (
            f"{how_many(counts.total_counted, 'finding')} in {counts.notes_with_findings:,} of "
            f"{how_many(counts.notes, noun)} ({_listing(counts.by_severity())})"
        )
    elif counts.notes:
        found = f"No findings in {how_many(counts.notes, noun)}"
    else:
        found = f"No {noun}s were read"
    parts = [found]
    if counts.in_context:
        ordered = {name: counts.by_context[name] for name in CONTEXTS}
        parts.append(f"{counts.in_context:,} in context: {_listing(ordered)}")
    if counts.suppressed:
        parts.append(f"{counts.suppressed:,} suppressed")
    if counts.below_threshold:
        parts.append(f"{counts.below_threshold:,} below the threshold")
    if counts.left_out:
        parts.append(f"{counts.left_out:,} more not shown because of --max-findings")
    return "; ".join(parts)


def _listing(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)


def how_many(number: int, thing: str) -> str:
    """Return a number and what it counts: ``1 note``, ``2,000 notes``.

    Parameters
    ----------
    number : int
        The number.
    thing : str
        One of them.
    """
    return f"{number:,} {thing}" + ("" if number == 1 else "s")
