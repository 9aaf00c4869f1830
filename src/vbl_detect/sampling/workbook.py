"""Writing the workbook that readers fill in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from vbl_detect.records import Note
from vbl_detect.sampling.drawing import Drawn, place_of_note, reference_of
from vbl_detect.sampling.sheet import (
    ANSWER,
    ANSWERS,
    CHUNK,
    DESIGN,
    FOUND,
    HOW_TO,
    INITIALS,
    NOTES,
    NUMBER,
    PLACE,
    REFERENCE,
    TEXT,
    WORDS,
)
from vbl_detect.writers.cells import SheetCells
from vbl_detect.writers.values import Plain
from vbl_detect.writers.workbook import discard, save

_WIDTHS = {
    NUMBER: 6, REFERENCE: 18, PLACE: 26, TEXT: 90, FOUND: 30, ANSWER: 22, WORDS: 34, INITIALS: 10,
}  # fmt: skip
_FILL_IN = (ANSWER, WORDS, INITIALS)

_INSTRUCTIONS = (
    "Each row of the sheet “Notes” is one note, drawn by chance. Please read it as it stands and "
    f"answer in the column “{ANSWER}”.",
    "yes: it says or implies, in the author's own words, that a victim or a child at risk is to "
    "blame for what was done to them, consented to it, chose it, or is not to be believed. One "
    "such phrase is enough.",
    "no: it holds no such words, or only quotes, reports or challenges those of somebody else.",
    "unsure: you cannot decide. That is a proper answer; the result shows what it leaves open.",
    f"“{WORDS}” and “{INITIALS}” help when answers are talked over; both may stay empty.",
    "Please answer every row, long and dull ones too, in any order. Rows left empty make the "
    "result less certain; leaving out what is hard makes it wrong.",
    "Do not look the note up in the tool, and do not settle answers with somebody else first.",
    "You may sort and filter the rows. Leave the headings, the numbers and the references as they "
    "are, and save it as a workbook (.xlsx).",
    "When it is filled in: vbl-detect sample estimate FILE. Copies that several people filled in "
    "can be given together.",
)


def write_sample(
    drawn: Drawn, path: Path, *, show_verdict: bool = False, marking: str = ""
) -> None:
    """Write the workbook that readers fill in, into the file at `path`, in place.

    Parameters
    ----------
    drawn : Drawn
        The sample.
    path : Path
        The file.
    show_verdict : bool
        Whether readers see what the tool found.
    marking : str
        The protective marking, on every page printed; empty: none.
    """
    book = Workbook(write_only=True)
    try:
        _instructions(book, drawn, marking)
        _notes(book, drawn, show_verdict=show_verdict)
        _design(book, drawn)
        for sheet in book.worksheets:
            _set_up_page(sheet, marking)
        save(book, path)
    except BaseException:
        discard(book)
        raise


def _instructions(book: Workbook, drawn: Drawn, marking: str) -> None:
    sheet: Any = book.create_sheet(HOW_TO)
    sheet.column_dimensions["A"].width = 110
    cells = SheetCells(sheet)
    lines: list[tuple[str, str]] = [("title", f"A dip sample of {len(drawn.notes):,} notes")]
    if marking:
        lines.append(("plain", marking))
    lines.extend(("wrapped", line) for line in _INSTRUCTIONS)
    lines.append(("plain", f"Sample {drawn.design.sample_id}"))
    for style, line in lines:
        sheet.append([cells.cell("line", line, style)])


def _notes(book: Workbook, drawn: Drawn, *, show_verdict: bool) -> None:
    sheet: Any = book.create_sheet(NOTES)
    columns = [NUMBER, REFERENCE, PLACE, TEXT, *([FOUND] if show_verdict else []), *_FILL_IN]
    sheet.freeze_panes = "A2"
    for index, name in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS[name]
    last = len(drawn.notes) + 1
    answer = get_column_letter(columns.index(ANSWER) + 1)
    choice = DataValidation("list", formula1=f'"{",".join(ANSWERS)}"', allow_blank=True)
    choice.errorTitle, choice.error = "Not an answer", f"Please choose one of {', '.join(ANSWERS)}."
    choice.showErrorMessage = True
    choice.add(f"{answer}2:{answer}{last}")
    sheet.data_validations.append(choice)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    sheet.print_title_rows = "1:1"
    cells = SheetCells(sheet)
    header = [cells.cell(name, name, "header") for name in columns]
    for cell in header:
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.append(header)
    for number, note in enumerate(drawn.notes, start=1):
        found = drawn.phrases[number - 1] if show_verdict else None
        sheet.append(_row(cells, number, note, found))


def _row(cells: SheetCells, number: int, note: Note, found: Sequence[str] | None) -> Iterable[Any]:
    values: list[tuple[str, Plain, str]] = [
        (NUMBER, number, "plain"),
        (REFERENCE, reference_of(note), "wrapped"),
        (PLACE, place_of_note(note), "wrapped"),
        (TEXT, note.text, "wrapped"),
    ]
    if found is not None:
        told = "; ".join(f"“{phrase}”" for phrase in found) or "nothing"
        values.append((FOUND, told, "wrapped"))
    row = [cells.cell(*value) for value in values]
    for name in _FILL_IN:
        cell = cells.cell(name, "", "wrapped")
        cell.value, cell.fill = None, PatternFill("solid", fgColor="FFF9E5")
        cell.protection, cell.font = Protection(locked=False), Font()
        row.append(cell)
    return row


def _design(book: Workbook, drawn: Drawn) -> None:
    """Keep the design where nobody meets it by chance: it tells what the tool flagged."""
    sheet: Any = book.create_sheet(DESIGN)
    sheet.sheet_state = "veryHidden"
    cells = SheetCells(sheet)
    text = drawn.design.dumps()
    sheet.append([cells.cell("id", drawn.design.sample_id, "plain")])
    for start in range(0, len(text), CHUNK):
        sheet.append([cells.cell("text", text[start : start + CHUNK], "plain")])


def _set_up_page(sheet: Any, marking: str) -> None:  # noqa: ANN401
    for part in (sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter):
        # "&" begins a code there; doubled it is itself.
        part.center.text = marking.replace("&", "&&") or None
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4. Source: ECMA-376, ST_PaperSize
    sheet.page_setup.fitToHeight = 0
