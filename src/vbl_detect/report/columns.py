"""Which kept columns a report is by, and which it refuses: none that names people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vbl_detect.closest import did_you_mean
from vbl_detect.errors import UsageError
from vbl_detect.readers.column_names import plain_name
from vbl_detect.records import Finding
from vbl_detect.report.dates import read_date

_NOTE_TYPES = frozenset(
    {"note type", "entry type", "log type", "review type", "record type", "form type", "type"}
)
_DATE_WORDS = frozenset(
    {"date", "datetime", "time", "created", "opened", "recorded", "entered", "when"}
)
_NOT_OF_THE_NOTE = frozenset({"birth", "dob", "offence", "review", "due", "expiry"})
_READABLE = 0.8

_STAFF_WORDS = frozenset(
    {
        "allocated", "approver", "assessor", "assignee", "author", "authoriser", "by", "collar",
        "constable", "dc", "di", "ds", "email", "employee", "fin", "gatekeeper", "insp",
        "inspector", "investigator", "manager", "member", "name", "officer", "oic", "operator",
        "owner", "payroll", "pc", "pcso", "ps", "reviewer", "sergeant", "sgt", "shoulder", "sio",
        "staff", "supervisor", "surname", "user", "username", "warrant", "worker", "writer",
    }
)  # fmt: skip
# What follows such a word and says something other than who it is: "author role", "officer team".
_NOT_WHO = frozenset(
    {"area", "bcu", "borough", "department", "district", "division", "force", "grade", "group",
     "rank", "region", "role", "team", "type", "unit"}
)  # fmt: skip
_PERSON = re.compile(
    r"\s*(?:(?:T/|A/)?(?:PC|PCSO|PS|DC|DS|DI|DCI|CI|Ch\.? ?Insp|Insp|Sgt|SGT|INSP|Sergeant|"
    r"Inspector|Constable)\.?\s+(?:\d{2,}|[A-Z]))|\S+@\S+\.\S+"
)


def kept_columns(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the names of the kept columns, in the order in which they first stand."""
    return tuple(dict.fromkeys(name for finding in findings for name in finding.meta))


def choose_groups(
    asked: Sequence[str], findings: Sequence[Finding], kept: Sequence[str]
) -> tuple[str, ...]:
    """Return the columns to count by: those asked for, else those that tell a note's type.

    Parameters
    ----------
    asked : sequence of str
        Names, in any case.
    findings : sequence of Finding
        What was found.
    kept : sequence of str
        The columns that the scan kept.

    Raises
    ------
    UsageError
        If a column is not there, or looks like names of staff.
    """
    if not asked:
        return tuple(name for name in kept if plain_name(name) in _NOTE_TYPES)
    chosen = tuple(dict.fromkeys(find_column(name, kept, option="--by") for name in asked))
    for name in chosen:
        refuse_people(name, (finding.meta.get(name) for finding in findings))
    return chosen


def find_column(name: str, kept: Sequence[str], *, option: str) -> str:
    """Return the kept column of that name, whatever its case.

    Parameters
    ----------
    name : str
        The name asked for.
    kept : sequence of str
        The columns there are.
    option : str
        What asked for it, for the error.

    Raises
    ------
    UsageError
        If there is none.
    """
    if name in kept:
        return name
    same = [column for column in kept if column.strip().casefold() == name.strip().casefold()]
    if same:
        return same[0]
    if not kept:
        raise UsageError(
            f'{option} "{name}": the findings hold no kept columns; scan again with '
            f'--keep-columns "{name}"'
        )
    columns = ", ".join(f'"{column}"' for column in kept)
    hint = did_you_mean(name, kept, quote='"')
    raise UsageError(
        f'{option} "{name}": there is no such kept column; the columns are {columns}, and scan '
        f"--keep-columns keeps others{hint}"
    )


def refuse_people(name: str, values: Iterable[object]) -> None:
    """Raise if a column says who wrote the notes.

    Parameters
    ----------
    name : str
        The column.
    values : iterable of object
        What it holds.

    Raises
    ------
    UsageError
        If its name or most of its values look like those of staff.
    """
    words = plain_name(name).split()
    by_name = not _STAFF_WORDS.isdisjoint(words) and (not words or words[-1] not in _NOT_WHO)
    told = [str(value) for value in values if value not in (None, "")]
    by_value = sum(bool(_PERSON.match(value)) for value in told) * 2 > len(told)
    if by_name or by_value:
        raise UsageError(
            f"--by {name!r}: this column looks like names of staff, and findings must not be used "
            "to rank people; count by team, unit or note type, or rename the column if it names "
            "nobody"
        )


def find_date_column(findings: Sequence[Finding], kept: Sequence[str]) -> str | None:
    """Return the first kept column that is called like a date and holds dates, or None.

    Parameters
    ----------
    findings : sequence of Finding
        What was found.
    kept : sequence of str
        The columns that the scan kept.
    """
    for name in kept:
        words = set(plain_name(name).split())
        if not words & _DATE_WORDS or words & _NOT_OF_THE_NOTE:
            continue
        values = [f.meta[name] for f in findings if f.meta.get(name) not in (None, "")]
        if values and sum(read_date(v) is not None for v in values) >= _READABLE * len(values):
            return name
    return None
