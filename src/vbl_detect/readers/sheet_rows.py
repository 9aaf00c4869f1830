"""The rows of one sheet as a stream of values, and its merged cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel

from vbl_detect.readers.header import NumberedRow
from vbl_detect.readers.office_package import Element
from vbl_detect.readers.workbook import Sheet, Workbook, string_of, unescaped

_DIGITS = "0123456789"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=[\"'](\w+):(\w+)[\"']")
# Longer than any mergeCell tag: what is carried over from one piece to the next.
_OVERLAP = 256


@dataclass(frozen=True, slots=True)
class NoValue:
    """A cell that has a formula but no value to read; its text is empty.

    Attributes
    ----------
    error : str or None
        The error that the cell shows, such as ``#NAME?``; None if no result was saved.
    """

    error: str | None = None

    def __str__(self) -> str:
        """Return the empty text."""
        return ""


@dataclass(frozen=True, slots=True)
class Merged:
    """A range of merged cells, all four ends included; rows from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


def rows_of(
    workbook: Workbook, sheet: Sheet, progress: Callable[[float], None]
) -> Iterator[NumberedRow]:
    """Yield the rows of a sheet that hold anything, up to their last filled cell.

    Numbers without a fraction come as int, dates and times as such, formulas as their saved
    value.

    Parameters
    ----------
    workbook : Workbook
        The workbook.
    sheet : Sheet
        One of its sheets.
    progress : callable
        Hears now and then how much of the sheet has been read, from 0 to 1.
    """
    number = 0
    for row in workbook.package.elements(sheet.part, "row", progress):
        number = int(row.get("r") or number + 1)
        cells = _cells(row, workbook)
        if cells:
            yield number, cells


def merged_cells(workbook: Workbook, sheet: Sheet) -> list[Merged]:
    """Return the merged ranges of a sheet, from the top down.

    They stand below the cells in the file, so the file is searched before its rows are read.

    Parameters
    ----------
    workbook : Workbook
        The workbook.
    sheet : Sheet
        One of its sheets.
    """
    found: set[tuple[str, str]] = set()
    tail = b""
    for piece in workbook.package.pieces(sheet.part):
        text = tail + piece
        found.update((m[1].decode(), m[2].decode()) for m in _MERGED.finditer(text))
        tail = text[-_OVERLAP:]
    ranges = []
    for first, last in found:
        top, left = _position(first)
        bottom, right = _position(last)
        ranges.append(Merged(top, left, bottom, right))
    return sorted(ranges, key=lambda merged: (merged.top, merged.left))


def _cells(row: Element, workbook: Workbook) -> list[object]:
    namespace = str(row.tag)[: -len("row")]
    cells: list[object] = []
    column = 0
    for cell in row:
        reference = cell.get("r")
        if reference:
            column = _column(reference)
        value = _value(cell, namespace, workbook)
        if value is not None:
            cells.extend([None] * (column - len(cells)))
            cells[column:] = [value]
        column += 1
    return cells


def _value(cell: Element, namespace: str, workbook: Workbook) -> object:
    """Return the value of a cell; None if it holds nothing but its format."""
    kind = cell.get("t", "n")
    text = cell.findtext(f"{namespace}v")
    value: object = None
    if kind == "inlineStr":
        inline = cell.find(f"{namespace}is")
        value = None if inline is None else string_of(inline)
    elif kind == "str":
        value = unescaped(text or "")
    elif kind == "e":
        value = NoValue(text or "error")
    elif not text:
        value = None if cell.find(f"{namespace}f") is None else NoValue()
    elif kind == "s":
        value = workbook.strings[int(text)]
    elif kind == "b":
        value = text.strip() == "1"
    elif kind == "d":
        value = _iso_date(text)
    else:
        value = _number(text, int(cell.get("s") or 0), workbook)
    return value


def _number(text: str, style: int, workbook: Workbook) -> object:
    number = float(text)
    if style in workbook.dates or style in workbook.durations:
        try:
            duration = style in workbook.durations
            return from_excel(number, workbook.epoch, timedelta=duration)
        except (ValueError, OverflowError):
            return number
    return int(number) if number.is_integer() else number


def _iso_date(text: str) -> date | str:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text


def _position(reference: str) -> tuple[int, int]:
    """Return row from 1 and column from 0 of a reference such as ``B12``."""
    letters = reference.rstrip(_DIGITS)
    return int(reference[len(letters) :]), _column(reference)


def _column(reference: str) -> int:
    return column_index_from_string(reference.rstrip(_DIGITS)) - 1
