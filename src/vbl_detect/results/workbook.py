"""The figures as a workbook: marks, what was missed, what was marked without need, the change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from vbl_detect.results.course import Course
from vbl_detect.results.tables import COLUMNS, Figure, figures
from vbl_detect.results.words import HOW_TO_READ, measure_name
from vbl_detect.writers.cells import SheetCells
from vbl_detect.writers.values import Plain
from vbl_detect.writers.workbook import discard, save

_WIDTHS = {"name": 28, "category": 24, "measure": 44, "of": 14}
#: Sheets of figures, by what they are of.
_SHEETS = {
    "Marks": ("everyone", "person", "group"),
    "Missed": ("wording missed",),
    "Over-flagged": ("wording over-flagged",),
    "Before and after": ("change",),
}


def write_workbook(course: Course, path: Path, *, people: bool = True, marking: str = "") -> None:
    """Write the figures to a workbook, in place.

    Parameters
    ----------
    course : Course
        What the answers come to.
    path : Path
        The file.
    people : bool
        Whether single people are told.
    marking : str
        The protective marking, on every page printed; empty: none.
    """
    every = list(figures(course, people=people))
    book = Workbook(write_only=True)
    try:
        about: list[Sequence[Plain]] = [
            ["Marks"], [marking], [HOW_TO_READ], *([remark] for remark in course.remarks)
        ]  # fmt: skip
        _write(book, "About", [110], about, header="title")
        for title, of in _SHEETS.items():
            held = [figure for figure in every if figure.of in of]
            if held or title == "Marks":
                widths = [_WIDTHS.get(name, 10) for name in COLUMNS]
                _write(book, title, widths, _rows(held))
        if course.rewritten:
            widths = [18, 24, 60, 60, 60]
            _write(book, "Rewritings", widths, _rewritings(course, people=people))
        for sheet in book.worksheets:
            _set_up_page(sheet, marking)
        save(book, path)
    except BaseException:
        discard(book)
        raise


def _rows(held: Iterable[Figure]) -> Iterator[Sequence[Plain]]:
    yield COLUMNS
    for figure in held:
        told = {name: getattr(figure, name) for name in COLUMNS}
        told["measure"] = measure_name(figure.measure)
        yield list(told.values())


def _rewritings(course: Course, *, people: bool) -> Iterator[Sequence[Plain]]:
    yield ["exercise", "name", "rewriting", "what is left", "model answer"]
    for one in course.rewritten:
        left = [f"“{f.phrase}”: {f.why}" for f in one.check.findings]
        left += [f"“{phrase}” stands as it stood" for phrase in one.check.kept]
        yield [
            one.exercise.id,
            one.person if people else "",
            one.check.words,
            " ".join(left) or "nothing",
            one.exercise.better,
        ]


def _write(
    book: Workbook,
    title: str,
    widths: Sequence[int],
    rows: Iterable[Sequence[Plain]],
    header: str = "header",
) -> None:
    sheet: Any = book.create_sheet(title)
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    if header == "header":
        sheet.freeze_panes = "A2"
    cells = SheetCells(sheet)
    for number, row in enumerate(rows):
        style = "wrapped" if number else header
        sheet.append(
            [
                cells.cell(str(place), value, "share" if isinstance(value, float) else style)
                for place, value in enumerate(row)
            ]
        )


def _set_up_page(sheet: Any, marking: str) -> None:  # noqa: ANN401
    for part in (sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter):
        # "&" begins a code there; doubled it is itself.
        part.center.text = marking.replace("&", "&&") or None
    sheet.page_setup.orientation = "landscape"
