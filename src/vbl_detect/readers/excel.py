"""Excel workbooks: all sheets or one, each as a table, its rows as a stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from vbl_detect.errors import UsageError, VblDetectError
from vbl_detect.readers.base import ReadListener, ReadOptions, Source, place_of
from vbl_detect.readers.columns import NoSuchTextColumnError, quoted
from vbl_detect.readers.header import NumberedRow
from vbl_detect.readers.office_package import open_package
from vbl_detect.readers.sheet_rows import Merged, NoValue, merged_cells, rows_of
from vbl_detect.readers.table import NoTextColumnError, Table, open_table
from vbl_detect.readers.workbook import Sheet, Workbook, open_workbook
from vbl_detect.records import Note


def read(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:
    """Yield the notes of a workbook, sheet by sheet, hidden ones too.

    Of merged cells the value stands for each row they cover, except for a note, which is read
    once. Of formulas the saved value is read.

    Parameters
    ----------
    source : Source
        The file.
    options : ReadOptions
        Columns and sheet.
    listener : ReadListener
        Hears choices, sheets left out, warnings and progress.

    Raises
    ------
    UsageError
        If a sheet or a column asked for is not there.
    ReaderError
        If the file is protected by a password, of another kind, or damaged, or no sheet has a
        column that looks like notes.
    """
    with open_package(source, application="Excel", suffix=".xlsx") as package:
        workbook = open_workbook(package)
        sheets = _chosen(workbook.sheets, options.sheet, source)
        total = sum(package.size(sheet.part) for sheet in sheets) or 1
        done = 0
        left_out: list[VblDetectError] = []
        for sheet in sheets:
            size = package.size(sheet.part)

            def progress(fraction: float, done: int = done, size: int = size) -> None:
                listener.progress((done + fraction * size) / total)

            rows = rows_of(workbook, sheet, progress)
            try:
                opened = open_table(rows, options, listener, source=source, sheet=sheet.name)
            except (NoTextColumnError, NoSuchTextColumnError) as error:
                left_out.append(error)
            else:
                if opened is not None:
                    yield from _notes(*opened, workbook, sheet, listener)
            done += size
        if left_out:
            _tell_left_out(left_out, len(sheets), listener)
    listener.progress(1.0)


def _chosen(sheets: Sequence[Sheet], name: str | None, source: Source) -> Sequence[Sheet]:
    if name is None:
        return sheets
    by_name = {sheet.name: sheet for sheet in sheets}
    by_key = {sheet.name.casefold(): sheet for sheet in sheets}
    chosen = by_name.get(name) or by_key.get(name.casefold())
    if chosen is not None:
        return (chosen,)
    message = f'{source.name}: there is no sheet "{name}"; the sheets are {quoted(list(by_name))}'
    if close := get_close_matches(name.casefold(), by_key, n=1):
        message += f"; did you mean {quoted([by_key[close[0]].name])}?"
    raise UsageError(message)


def _tell_left_out(errors: Sequence[VblDetectError], sheets: int, listener: ReadListener) -> None:
    if len(errors) == sheets:
        raise errors[0]
    for error in errors:
        listener.notice(f"{error}; the sheet was left out")


def _notes(
    table: Table,
    rows: Iterable[NumberedRow],
    workbook: Workbook,
    sheet: Sheet,
    listener: ReadListener,
) -> Iterator[Note]:
    columns = table.columns
    spread = {position for _, position in columns.kept}
    if columns.record_id is not None:
        spread.add(columns.record_id)
    spread.difference_update(columns.text)
    filled = _spread(rows, merged_cells(workbook, sheet), spread, len(table.names))
    unread = _Unread()
    yield from table.notes(unread.watch(filled, columns.text), listener)
    for (position, error), count in unread.counts.items():
        row = unread.first_rows[position, error]
        place = place_of(table.source, sheet=sheet.name, row=row)
        listener.warning(f'{place}, column "{table.names[position]}": {_told(error, count)}')


def _told(error: str | None, count: int) -> str:
    cells = "this cell has" if count == 1 else f"this is the first of {count:,} cells that have"
    if error is None:
        return (
            f"{cells} a formula whose result was not saved, so no note was read; open the "
            "workbook in Excel and save it"
        )
    return (
        f"{cells} the error {error} in place of a note; correct the formula, or put an "
        "apostrophe before text that starts with = or -"
    )


class _Unread:
    """Text cells with a formula that gave no text: how many of each kind, and the first row."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[int, str | None]] = Counter()
        self.first_rows: dict[tuple[int, str | None], int] = {}

    def watch(self, rows: Iterable[NumberedRow], positions: Sequence[int]) -> Iterator[NumberedRow]:
        for number, cells in rows:
            for position in positions:
                cell = cells[position]
                if isinstance(cell, NoValue):
                    self.counts[position, cell.error] += 1
                    self.first_rows.setdefault((position, cell.error), number)
            yield number, cells


def _spread(
    rows: Iterable[NumberedRow], merged: Sequence[Merged], positions: set[int], width: int
) -> Iterator[NumberedRow]:
    """Yield the rows, all equally wide, with merged cells' values in each row they cover.

    Only the columns at `positions` are filled in.
    """
    waiting = [area for area in reversed(merged) if positions & {*range(area.left, area.right + 1)}]
    covering: list[tuple[Merged, object]] = []
    for number, row in rows:
        cells = [*row[:width], *[None] * (width - len(row))]
        while waiting and waiting[-1].top <= number:
            area = waiting.pop()
            value = cells[area.left] if area.top == number and area.left < width else None
            covering.append((area, value))
        covering = [(area, value) for area, value in covering if area.bottom >= number]
        for area, value in covering:
            for position in positions:
                if area.left <= position <= area.right:
                    cells[position] = value
        yield number, cells
