"""Cells of a workbook: styled, never a formula, never more than Excel can hold."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from vbl_detect.writers.values import Plain, looks_like_formula

#: What a cell holds at most, in UTF-16 units. Source: Excel specifications and limits.
LONGEST = 32_767
# Excel keeps 15 digits of a number; a longer reference would be changed.
_LARGEST_NUMBER = 10**15

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_WRAPPED = {"term", "phrase", "sentence", "why", "suggestion", "source", "suppressed"}

_TOP = Alignment(vertical="top")
_TOP_WRAPPED = Alignment(vertical="top", wrap_text=True)
_STYLES: dict[str, dict[str, Any]] = {
    "plain": {"alignment": _TOP},
    "wrapped": {"alignment": _TOP_WRAPPED},
    "title": {"font": Font(bold=True, size=14)},
    "header": {
        "font": Font(bold=True),
        "fill": PatternFill("solid", fgColor="D9E1F2"),
        "alignment": _TOP,
    },
    "share": {"alignment": _TOP, "number_format": "0.0%"},
    "high": {
        "font": Font(bold=True, color="9C0006"),
        "fill": PatternFill("solid", fgColor="FFC7CE"),
        "alignment": _TOP,
    },
    "medium": {
        "font": Font(color="7F6000"),
        "fill": PatternFill("solid", fgColor="FFEB9C"),
        "alignment": _TOP,
    },
    "low": {
        "font": Font(color="1F4E78"),
        "fill": PatternFill("solid", fgColor="DDEBF7"),
        "alignment": _TOP,
    },
}


def cell_text(text: str) -> str:
    """Return `text` as a cell can hold it.

    Characters that XML forbids become U+FFFD; text longer than a cell takes is cut, and its end
    says by how much.

    Parameters
    ----------
    text : str
        Any text.
    """
    text = _ILLEGAL.sub("\ufffd", text)
    if _units(text) <= LONGEST:
        return text
    mark = f"… [cut: {len(text):,} characters in all]"
    # Cutting by units may split a pair; what is left of it is dropped.
    units = text.encode("utf-16-le")[: 2 * (LONGEST - _units(mark))]
    return units.decode("utf-16-le", errors="ignore") + mark


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


class SheetCells:
    """The cells of one write-only sheet.

    A sheet writes a row as soon as it is given, so one cell object for each column and style is
    made once and filled again for every row.

    Parameters
    ----------
    sheet : openpyxl.worksheet._write_only.WriteOnlyWorksheet
        The sheet the cells are for.
    """

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401
        self._sheet = sheet
        self._cells: dict[tuple[str, str, bool], Any] = {}

    def finding_cell(self, column: str, value: Plain) -> Any:  # noqa: ANN401
        """Return the cell of a finding's column, styled as the column asks, or None if empty."""
        if column == "severity" and isinstance(value, str):
            return self.cell(column, value, value)
        return self.cell(column, value, "wrapped" if column in _WRAPPED else "plain")

    def cell(self, column: str, value: Plain, style: str) -> Any:  # noqa: ANN401
        """Return a cell with `value`, or None if there is nothing to show.

        Parameters
        ----------
        column : str
            What tells the cells of one row apart.
        value : str, int, float, bool or None
            Text is written as text, whatever it looks like.
        style : str
            A name in the table of styles.
        """
        if value is None:
            return None
        if type(value) is int and abs(value) >= _LARGEST_NUMBER:
            value = str(value)
        if not isinstance(value, str):
            cell = self._template(column, style, quoted=False)
            cell.value = value
            return cell
        cell = self._template(column, style, quoted=looks_like_formula(value))
        cell.value = cell_text(value)
        cell.data_type = "s"  # openpyxl would make a formula of "=" and an error of "#N/A"
        return cell

    def _template(self, column: str, style: str, *, quoted: bool) -> Any:  # noqa: ANN401
        key = (column, style, quoted)
        if key not in self._cells:
            cell: Any = WriteOnlyCell(self._sheet)
            for attribute, value in _STYLES[style].items():
                setattr(cell, attribute, value)
            if quoted:
                # The apostrophe Excel shows before text: it stays text when the cell is edited.
                cell.quotePrefix = True
            self._cells[key] = cell
        return self._cells[key]
