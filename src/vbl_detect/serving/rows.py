"""Rows pasted from a spreadsheet: each is judged, and goes back as a row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from vbl_detect.readers.base import InMemory, ReadListener, ReadOptions, Source
from vbl_detect.readers.header import NumberedRow, find_header, unique_names
from vbl_detect.readers.table import NoTextColumnError, Table, open_table
from vbl_detect.records import SEVERITIES, Finding
from vbl_detect.serving.judging import TextJudge
from vbl_detect.serving.limits import check_length
from vbl_detect.serving.pasted import parse_rows
from vbl_detect.writers.place import why_not_counted
from vbl_detect.writers.values import looks_like_formula
from vbl_detect.writers.visible import visible

#: The columns of the table that goes back, one row for each that was pasted.
COLUMNS = ("Row", "Record", "Severity", "Words", "Why", "Write instead", "In context")

_SOURCE = Source(InMemory(b""), "the pasted rows")


class _Quiet(ReadListener):
    """The page shows which columns were read, so that nothing is left to say."""

    def notice(self, message: str) -> None:
        """Take a choice the reader made."""

    def warning(self, message: str) -> None:
        """Take a warning."""


def check_rows(text: str, judge: TextJudge, column: str | None = None) -> dict[str, Any]:
    """Return what the page is told of pasted rows, as values that JSON can hold.

    Parameters
    ----------
    text : str
        What was pasted.
    judge : TextJudge
        What judges the notes.
    column : str, optional
        The column that holds the notes; None: found by name and content.

    Raises
    ------
    UsageError
        If there is too much, or no such column.
    """
    check_length(text)
    rows = list(enumerate(parse_rows(text), start=1))
    names = _names(rows)
    if column is None and len(names) == 1:
        column = names[0]
    options = ReadOptions(text_columns=() if column is None else (column,))
    try:
        opened = open_table(rows, options, _Quiet(), source=_SOURCE)
    except NoTextColumnError:
        return {"names": names, "chosen": [], "columns": list(COLUMNS), "rows": []}
    if opened is None:
        return {"names": [], "chosen": [], "columns": list(COLUMNS), "rows": []}
    table, body = opened
    below = list(body)
    return {
        "names": list(table.names),
        "chosen": [table.names[place] for place in table.columns.text],
        "columns": list(COLUMNS),
        "rows": _judged(table, below, judge),
    }


def _names(rows: Sequence[tuple[int, list[str]]]) -> list[str]:
    """Return the names of the columns, as `open_table` gives them."""
    filled = [row for row in rows if any(cell.strip() for cell in row[1])]
    width = max((len(cells) for _, cells in filled), default=0)
    header = find_header(filled)
    cells = [] if header is None else filled[header][1]
    return unique_names([*cells, *[""] * (width - len(cells))])


def _judged(table: Table, rows: Sequence[NumberedRow], judge: TextJudge) -> list[list[str]]:
    notes = list(table.notes(rows, _Quiet()))
    found: dict[int | None, list[Finding]] = {}
    for finding in judge.judge_notes(notes).findings:
        found.setdefault(finding.row, []).append(finding)
    records = {note.row: note.record_id for note in notes}
    return [
        [_cell(value) for value in (str(number), records.get(number) or "", *_told(found, number))]
        for number, _ in rows
    ]


def _told(found: dict[int | None, list[Finding]], number: int) -> tuple[str, ...]:
    findings = found.get(number, ())
    counted = [finding for finding in findings if finding.counted]
    others = [finding for finding in findings if not finding.counted]
    return (
        min((one.severity for one in counted), key=SEVERITIES.index, default=""),
        _joined(one.phrase or "" for one in counted),
        _joined(one.why for one in counted),
        _joined(one.suggestion for one in counted),
        _joined(f"{one.phrase} ({why_not_counted(one)})" for one in others),
    )


def _joined(parts: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(map(visible, parts)))


def _cell(value: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{value}" if looks_like_formula(value) else value
