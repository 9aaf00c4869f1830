"""Findings by the month of their note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from vbl_detect.errors import UsageError
from vbl_detect.records import Finding
from vbl_detect.report.dates import read_date

#: Longer stretches than this are not filled with the months between: a date in 1900 is a slip.
LONGEST = 120
_LONGEST_VALUE = 24


@dataclass(frozen=True, slots=True)
class Dated:
    """The month of each finding, ``YYYY-MM`` or None, and what is the matter with the others."""

    months: tuple[str | None, ...]
    faults: tuple[str, ...]


def month_of(findings: Iterable[Finding], column: str) -> Dated:
    """Return the month of each finding.

    Parameters
    ----------
    findings : iterable of Finding
        What was found.
    column : str
        The kept column with the date.

    Raises
    ------
    UsageError
        If it has values and not one is a date.
    """
    months: list[str | None] = []
    wrong: list[str] = []
    empty = 0
    for finding in findings:
        value = finding.meta.get(column)
        day = read_date(value)
        months.append(None if day is None else f"{day:%Y-%m}")
        if day is None and value in (None, ""):
            empty += 1
        elif day is None:
            wrong.append(_place(finding, value))
    if wrong and len(wrong) + empty == len(months):
        raise UsageError(
            f"--date-column {column!r}: it holds no date that can be read, day first or ISO, for "
            f"example {wrong[0]}; name another column"
        )
    faults = []
    if wrong:
        faults.append(
            f"{len(wrong):,} of {len(months):,} findings have no date in the column "
            f'"{column}" that can be read with the day first, for example {wrong[0]}; they are '
            "in no month."
        )
    if empty:
        faults.append(
            f'{empty:,} of {len(months):,} findings have an empty "{column}"; they are in no month.'
        )
    return Dated(tuple(months), tuple(faults))


def all_months(counts: Mapping[str, int]) -> list[str]:
    """Return the months from the first to the last that has a count, those between included.

    Parameters
    ----------
    counts : mapping of str to int
        Counts by month, ``YYYY-MM``.
    """
    if not counts:
        return []
    first, last = (_number(month) for month in (min(counts), max(counts)))
    if last - first >= LONGEST:
        return sorted(counts)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)]


def month_name(month: str) -> str:
    """Return ``2026-03`` as ``Mar 2026``."""
    return f"{date.fromisoformat(f'{month}-01'):%b %Y}"


def _number(month: str) -> int:
    year, _, of_year = month.partition("-")
    return 12 * int(year) + int(of_year) - 1


def _place(finding: Finding, value: object) -> str:
    parts = [finding.path or "", f"row {finding.row}" if finding.row else ""]
    place = " ".join(part for part in parts if part) or f"finding {finding.finding_id}"
    # A column of notes named by mistake is not to be shown.
    shown = str(value)
    like_date = len(shown) <= _LONGEST_VALUE and any(map(str.isdigit, shown))
    return f'{place}, "{shown}"' if like_date else place
