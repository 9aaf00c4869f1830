"""Rows as a spreadsheet puts them on the clipboard: cells parted by tabs, some in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"\t|\r\n|\n|\r")
_CLOSED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r|\n|\Z)')


def parse_rows(text: str) -> list[list[str]]:
    """Return the rows and their cells.

    Excel puts a cell in quotation marks, its own doubled, if it holds a line break or a tab, and
    only then: a cell that is a quotation keeps its marks, which tell whose words they are.

    Parameters
    ----------
    text : str
        What was pasted; the line end after the last row begins no further one.
    """
    rows: list[list[str]] = [[]]
    for cell, end in _cells(text):
        rows[-1].append(cell)
        if end not in {"\t", ""}:
            rows.append([])
    return rows if rows[-1] and rows[-1] != [""] else rows[:-1]


def _cells(text: str) -> Iterator[tuple[str, str]]:
    """Yield each cell, and what ends it; nothing ends the last one."""
    position = 0
    while True:
        cell, position = _cell(text, position)
        found = _END.match(text, position)
        yield cell, found[0] if found else ""
        if found is None:
            return
        position = found.end()


def _cell(text: str, start: int) -> tuple[str, int]:
    quoted = _CLOSED.match(text, start)
    if quoted and _END.search(quoted[1]):
        return quoted[1].replace('""', '"'), quoted.end()
    end = _END.search(text, start)
    stop = end.start() if end else len(text)
    return text[start:stop], stop
