"""Everything that a report counts, from findings files and the manifests beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from vbl_detect.findings_files import FindingsFile
from vbl_detect.records import CONTEXTS, SEVERITIES, Finding
from vbl_detect.report.columns import choose_groups, find_column, find_date_column, kept_columns
from vbl_detect.report.groups import NOT_GIVEN, Group, Grouping, group, too_small
from vbl_detect.report.months import all_months, month_of
from vbl_detect.report.runs import Stored, join
from vbl_detect.report.shares import Share, wilson

#: Rows of the table of wordings.
TOP_WORDINGS = 20
#: What stands for the wording of a finding without term and phrase.
ONLY_CLASSIFIER = "(found by the classifier)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Findings that count, of one category, or of one wording.

    Attributes
    ----------
    name : str
        The category, or the wording.
    category : str
        The category.
    severities : mapping of str to int
        Findings by severity, zeros included.
    notes : int
        Notes with at least one of them.
    share : Share, optional
        Of the notes read; None where their number is not known.
    """

    name: str
    category: str
    severities: dict[str, int]
    notes: int
    share: Share | None

    @property
    def findings(self) -> int:
        """Findings in all."""
        return sum(self.severities.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a report tells.

    Attributes
    ----------
    files : sequence of FindingsFile
        Where it comes from.
    notes_read : int, optional
        Notes that the scans read; None where that is not known.
    notes_with_findings : int
        Notes with at least one finding that counts.
    share : Share, optional
        Of the notes read, those with findings that count.
    counted, uncounted, suppressed : sequence of Finding
        Findings that count; that do not, for context or score; that a reader has accepted.
    severities, contexts : mapping of str to int
        Findings that count by severity; those that do not by context, ``below the threshold`` last.
    categories, wordings : sequence of Tally
        The most frequent first; wordings only the `TOP_WORDINGS`.
    months : Grouping, optional
        In the order of time; None where no date is known.
    groupings : sequence of Grouping
        By kept columns.
    min_n : int
        The smallest group that is shown.
    remarks : sequence of str
        What a reader of the figures has to know.
    chosen : sequence of str
        What was chosen of the findings, in sentences; empty: all are in the report, as they were
        found.
    """

    files: Sequence[FindingsFile]
    notes_read: int | None
    notes_with_findings: int
    share: Share | None
    counted: Sequence[Finding]
    uncounted: Sequence[Finding]
    suppressed: Sequence[Finding]
    severities: dict[str, int]
    contexts: dict[str, int]
    categories: Sequence[Tally]
    wordings: Sequence[Tally]
    months: Grouping | None
    groupings: Sequence[Grouping]
    min_n: int
    remarks: Sequence[str]
    chosen: Sequence[str] = ()

    @property
    def finding_word(self) -> str:
        """What a finding is called in it."""
        return "selected finding" if self.chosen else "finding"


def tally(
    files: Sequence[FindingsFile],
    *,
    by: Sequence[str] = (),
    date_column: str | None = None,
    min_n: int = 10,
    chosen: Sequence[str] = (),
) -> Report:
    """Return the report on findings files.

    Parameters
    ----------
    files : sequence of FindingsFile
        The files; what two of them have in common is counted once.
    by : sequence of str
        Kept columns to count by; empty: those that tell a note's type.
    date_column : str, optional
        The kept column with a note's date; None: found by name and content.
    min_n : int
        The smallest group, in notes with findings that count, that is shown.
    chosen : sequence of str
        As of `Report`.

    Raises
    ------
    UsageError
        If a column is not there, holds no dates, or looks like names of staff.
    """
    stored = join(files)
    findings = [kept.finding for kept in stored.findings]
    counted = [kept for kept in stored.findings if kept.finding.counted]
    only = [kept.finding for kept in counted]
    kept = kept_columns(findings) or stored.kept
    columns = choose_groups(by, findings, kept)
    dates = (
        find_date_column(only, kept)
        if date_column is None
        else find_column(date_column, kept, option="--date-column")
    )
    months: Grouping | None = None
    faults: tuple[str, ...] = ()
    if dates is not None and only:
        dated = month_of(only, dates)
        months, faults = _by_month(counted, dated.months, dates, min_n), dated.faults
    notes = {one.note for one in counted}
    rest = [finding for finding in findings if not finding.counted]
    return Report(
        files=files,
        notes_read=stored.notes_read,
        notes_with_findings=len(notes),
        share=_share(len(notes), stored.notes_read),
        counted=only,
        uncounted=[finding for finding in rest if finding.suppressed is None],
        suppressed=[finding for finding in rest if finding.suppressed is not None],
        severities=_severities(only),
        contexts=_contexts(rest),
        categories=_tallies(counted, lambda f: (f.category, f.category), stored.notes_read),
        wordings=_tallies(counted, _wording, stored.notes_read)[:TOP_WORDINGS],
        months=months,
        groupings=[_by_column(counted, name, min_n) for name in columns],
        min_n=min_n,
        remarks=(*stored.remarks, *faults),
        chosen=chosen,
    )


def group_of(finding: Finding, column: str) -> str:
    """Return the group of a finding: its value in a kept column, as text."""
    value = finding.meta.get(column)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return NOT_GIVEN if value is None else str(value).strip() or NOT_GIVEN


def _share(part: int, whole: int | None) -> Share | None:
    return None if whole is None else wilson(part, whole)


def _severities(findings: Iterable[Finding]) -> dict[str, int]:
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in SEVERITIES}


def _contexts(uncounted: Iterable[Finding]) -> dict[str, int]:
    counts = Counter(f.context for f in uncounted if f.suppressed is None)
    found: dict[str, int] = {name: counts[name] for name in CONTEXTS[1:]}
    found["below the threshold"] = counts[CONTEXTS[0]]
    return found


def _wording(finding: Finding) -> tuple[str, str]:
    heard = " ".join((finding.phrase or "").split()).casefold()
    return finding.term or heard or ONLY_CLASSIFIER, finding.category


def _tallies(
    counted: Iterable[Stored], key: Callable[[Finding], tuple[str, str]], notes_read: int | None
) -> list[Tally]:
    groups: dict[tuple[str, str], list[Stored]] = defaultdict(list)
    for one in counted:
        groups[key(one.finding)].append(one)
    tallies = []
    for (name, category), found in groups.items():
        notes = len({one.note for one in found})
        tallies.append(
            Tally(
                name=name,
                category=category,
                severities=_severities(one.finding for one in found),
                notes=notes,
                share=_share(notes, notes_read),
            )
        )
    return sorted(tallies, key=lambda t: (-t.findings, -t.notes, t.category, t.name))


def _by_column(counted: Iterable[Stored], column: str, min_n: int) -> Grouping:
    notes, findings = _sizes((group_of(one.finding, column), one) for one in counted)
    return group(column, notes, findings, min_n=min_n)


def _by_month(
    counted: Iterable[Stored], months: Sequence[str | None], column: str, min_n: int
) -> Grouping:
    dated = zip(months, counted, strict=True)
    notes, findings = _sizes((month, one) for month, one in dated if month is not None)
    hidden = too_small(notes, min_n)
    shown = [
        Group(month, notes.get(month, 0), findings.get(month, 0)) for month in all_months(notes)
    ]
    return Grouping(title=column, shown=shown, hidden=hidden)


def _sizes(placed: Iterable[tuple[str, Stored]]) -> tuple[dict[str, int], dict[str, int]]:
    notes: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    findings: Counter[str] = Counter()
    for name, one in placed:
        notes[name].add(one.note)
        findings[name] += 1
    return {name: len(of) for name, of in notes.items()}, dict(findings)
