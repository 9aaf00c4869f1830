"""The sheets of a workbook, whatever program wrote it: all or one, each as a table of notes."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from openpyxl.worksheet.cell_range import CellRange

from vbl_detect.closest import closest
from vbl_detect.errors import ReaderError, UsageError, VblDetectError
from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.columns import NoSuchTextColumnError, quoted
from vbl_detect.readers.header import NumberedRow
from vbl_detect.readers.table import NoTextColumnError, Table, open_table
from vbl_detect.records import Note


@dataclass(frozen=True, slots=True)
class NoValue:
    """A cell with an error in place of a value; its text is empty.

    Attributes
    ----------
    error : str
        The error that the cell shows, such as ``#NAME?``.
    """

    error: str

    def __str__(self) -> str:
        """Return the empty text."""
        return ""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a sheet's XML says beyond the values of its cells.

    Attributes
    ----------
    merged : list of CellRange
        The ranges of merged cells, from the top down.
    unsaved : dict of int to (int, int)
        For each column, from 0, with formulas whose result was not saved: how many there are,
        and the row of the first, from 1.
    """

    merged: list[CellRange]
    unsaved: dict[int, tuple[int, int]]


class Book(Protocol):
    """A workbook open for reading."""

    @property
    def sheets(self) -> Collection[str]:
        """The names of the sheets of cells, in the order of their tabs, hidden ones included."""

    def rows(self, name: str, progress: Callable[[float], None]) -> Iterator[NumberedRow]:
        """Yield the rows of a sheet that hold anything, up to their last filled cell."""

    def extras(self, name: str) -> Extras:
        """Return merged cells and formulas without a result of a sheet."""


def notes_of(
    book: Book, source: Source, options: ReadOptions, listener: ReadListener, *, application: str
) -> Iterator[Note]:
    """Yield the notes of a workbook, sheet by sheet, hidden ones too.

    Of merged cells the value stands for each row they cover, except for a note, which is read
    once. Of formulas the saved value is read.

    Parameters
    ----------
    book : Book
        The workbook.
    source : Source
        The file.
    options : ReadOptions
        Columns and sheet.
    listener : ReadListener
        Hears choices, sheets left out, warnings and progress.
    application : str
        What such a workbook is opened with, for the remedies.

    Raises
    ------
    UsageError
        If a sheet or a column asked for is not there.
    ReaderError
        If no sheet has a column that looks like notes.
    """
    names = _chosen(list(book.sheets), options.sheet, source, application)
    left_out: list[VblDetectError] = []
    for position, name in enumerate(names):

        def progress(fraction: float, done: int = position) -> None:
            listener.progress((done + fraction) / len(names))

        rows = book.rows(name, progress)
        try:
            opened = open_table(rows, options, listener, source=source, sheet=name)
        except (NoTextColumnError, NoSuchTextColumnError) as error:
            left_out.append(error)
        except UsageError as error:
            if len(names) == 1:
                raise
            raise UsageError(f"{error}; --sheet reads one sheet alone") from error
        else:
            if opened is not None:
                table, body = opened
                yield from _notes(table, body, book.extras(name), listener, application)
    if left_out:
        _tell_left_out(left_out, len(names), listener)
    listener.progress(1.0)


def _chosen(
    names: Sequence[str], name: str | None, source: Source, application: str
) -> Sequence[str]:
    if not names:
        msg = f"no sheet of cells was found; open it in {application} and save it again"
        raise ReaderError(msg, path=source.name)
    if name is None or name in names:
        return names if name is None else (name,)
    by_key = {sheet.casefold(): sheet for sheet in names}
    if name.casefold() in by_key:
        return (by_key[name.casefold()],)
    message = f'{source.name}: there is no sheet "{name}"; the sheets are {quoted(names)}'
    if meant := closest(name, names):
        message += f"; did you mean {quoted([meant])}?"
    raise UsageError(message)


def _tell_left_out(errors: Sequence[VblDetectError], sheets: int, listener: ReadListener) -> None:
    if len(errors) == sheets:
        raise errors[0]
    for error in errors:
        listener.notice(f"{error}; the sheet was left out")


def _notes(
    table: Table,
    rows: Iterable[NumberedRow],
    extras: Extras,
    listener: ReadListener,
    application: str,
) -> Iterator[Note]:
    columns = table.columns
    spread = {position for _, position in columns.kept}
    if columns.record_id is not None:
        spread.add(columns.record_id)
    spread.difference_update(columns.text)
    unread = _Unread(columns.text)
    for position, (count, row) in extras.unsaved.items():
        unread.add(row, position, None, count)
    filled = _spread(rows, extras.merged, spread, len(table.names))
    yield from table.notes(unread.watch(filled), listener)
    for (position, error), count in unread.counts.items():
        told = f'column "{table.names[position]}": {_told(error, count, application)}'
        row = unread.first_rows[position, error]
        listener.problem(ReaderError(told, path=table.source.name, sheet=table.sheet, row=row))


def _told(error: str | None, count: int, application: str) -> str:
    cells = "this cell has" if count == 1 else f"this is the first of {count:,} cells that have"
    if error is None:
        return (
            f"{cells} a formula whose result was not saved, so no note was read; open the "
            f"workbook in {application} and save it"
        )
    return (
        f"{cells} the error {error} in place of a note; correct the formula, or put an "
        "apostrophe before text that starts with = or -"
    )


class _Unread:
    """Text cells with a formula that gave no text: how many of each kind, and the first row."""

    def __init__(self, positions: Sequence[int]) -> None:
        self.counts: Counter[tuple[int, str | None]] = Counter()
        self.first_rows: dict[tuple[int, str | None], int] = {}
        self._positions = positions

    def add(self, row: int, position: int, error: str | None, count: int = 1) -> None:
        if position in self._positions:
            self.counts[position, error] += count
            self.first_rows.setdefault((position, error), row)

    def watch(self, rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
        for number, cells in rows:
            for position in self._positions:
                cell = cells[position]
                if isinstance(cell, NoValue):
                    self.add(number, position, cell.error)
            yield number, cells


def _spread(
    rows: Iterable[NumberedRow], merged: Iterable[CellRange], positions: set[int], width: int
) -> Iterator[NumberedRow]:
    """Yield the rows, all equally wide, with merged cells' values in each row they cover.

    Only the columns at `positions` are filled in.
    """
    waiting = deque(
        (area, covered)
        for area in merged
        if (covered := positions.intersection(range(area.min_col - 1, area.max_col)))
    )
    covering: list[tuple[CellRange, set[int], object]] = []
    for number, row in rows:
        cells = [*row[:width], *[None] * (width - len(row))]
        while waiting and waiting[0][0].min_row <= number:
            area, covered = waiting.popleft()
            value = cells[area.min_col - 1] if area.min_row == number else None
            covering.append((area, covered, value))
        covering = [item for item in covering if item[0].max_row >= number]
        for _, covered, value in covering:
            for position in covered:
                cells[position] = value
        yield number, cells
