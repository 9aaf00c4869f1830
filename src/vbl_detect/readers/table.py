"""A table's rows as notes, whatever file they come from: delimited text, a sheet, records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, dropwhile, islice

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import ReadListener, ReadOptions, Source, place_of
from vbl_detect.readers.cells import EXCEL_CELL_LIMIT, cell_text, is_cut_by_excel, kept_value
from vbl_detect.readers.columns import Columns, choose_columns, quoted
from vbl_detect.readers.header import NumberedRow, find_header, unique_names
from vbl_detect.records import Note

#: Rows looked at to find the header and the columns.
SAMPLE_ROWS = 200
#: Columns that files of findings have, and exports do not.
_MARKS_OF_FINDINGS = {"schema_version", "finding_id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose columns are known.

    Attributes
    ----------
    source : Source
        The file.
    sheet : str, optional
        The sheet of a workbook.
    names : sequence of str
        The columns' names, each once.
    columns : Columns
        The columns to read.
    delimiter : str, optional
        What parts the fields of a row, where text can hold it by mistake; None: a row longer
        than the header is no fault.
    """

    source: Source
    sheet: str | None = None
    names: Sequence[str]
    columns: Columns
    delimiter: str | None = None

    def notes(self, rows: Iterable[NumberedRow], listener: ReadListener) -> Iterator[Note]:
        """Yield a note for each filled text cell, row by row.

        Parameters
        ----------
        rows : iterable of (int, sequence of object)
            The rows below the header. A row too short is filled up with empty cells; of one too
            long the text is put together again, and the listener hears of it.
        listener : ReadListener
            Hears of rows too long, cut cells and characters lost before.
        """
        width = len(self.names)
        for number, cells in rows:
            row = cells
            if len(row) > width:
                row = self._without_surplus(number, row, listener)
            elif len(row) < width:
                row = [*row, *[""] * (width - len(row))]
            yield from self._notes_of(number, row, listener)

    def _notes_of(
        self, number: int, row: Sequence[object], listener: ReadListener
    ) -> Iterator[Note]:
        for position in self.columns.text:
            text = cell_text(row[position])
            if not text or text.isspace():
                continue
            self._warn(number, position, text, listener)
            record = self.columns.record_id
            yield Note(
                text=text,
                record_id=None if record is None else cell_text(row[record]) or None,
                path=self.source.name,
                sheet=self.sheet,
                row=number,
                column=self.names[position],
                meta={name: kept_value(row[kept]) for name, kept in self.columns.kept},
            )

    def _without_surplus(
        self, number: int, row: Sequence[object], listener: ReadListener
    ) -> Sequence[object]:
        """Give a row with too many fields as many as the header has; none of its text is lost."""
        width = len(self.names)
        if self.delimiter is None or not any(map(cell_text, row[width:])):
            return row[:width]
        # An unquoted delimiter most likely stood in the note: what is left of the first text
        # column and right of the last is in its place, all between is text.
        first, last = min(self.columns.text), max(self.columns.text)
        end = len(row) - (width - 1 - last)
        text = self.delimiter.join(cell_text(cell) for cell in row[first:end])
        listener.problem(
            ReaderError(
                f"the row has {len(row)} fields and the header {width}; fields {first + 1} to "
                f'{end} were read as one "{self.names[first]}"; put quotation marks around text '
                "that holds the delimiter",
                path=self.source.name,
                sheet=self.sheet,
                row=number,
            )
        )
        return [*row[:first], text, *[""] * (last - first), *row[end:]]

    def _warn(self, number: int, position: int, text: str, listener: ReadListener) -> None:
        faults = []
        if is_cut_by_excel(text):
            faults.append(
                f"Excel cuts cells at {EXCEL_CELL_LIMIT:,} characters; the rest may be missing"
            )
        if "\ufffd" in text:
            faults.append(
                "characters were lost to a wrong encoding; export again as UTF-8, or name the "
                "encoding with --encoding"
            )
        if "\0" in text:
            faults.append("the text holds NUL characters; the export may be damaged")
        for fault in faults:
            place = place_of(self.source, sheet=self.sheet, row=number)
            listener.warning(f'{place}, column "{self.names[position]}": {fault}')


def open_table(
    rows: Iterable[NumberedRow],
    options: ReadOptions,
    listener: ReadListener,
    *,
    source: Source,
    sheet: str | None = None,
    delimiter: str | None = None,
) -> tuple[Table, Iterator[NumberedRow]] | None:
    """Find header and columns of a table and return it with the rows below the header.

    Parameters
    ----------
    rows : iterable of (int, sequence of object)
        All rows, numbered as the spreadsheet shows them; `SAMPLE_ROWS` of them are read.
    options : ReadOptions
        The columns asked for.
    listener : ReadListener
        Hears the choice.
    source, sheet, delimiter
        As in `Table`.

    Returns
    -------
    (Table, iterator of (int, sequence of object)) or None
        None if the table has no filled cell.

    Raises
    ------
    NoSuchTextColumnError, UsageError
        If a column asked for is not there.
    ReaderError
        If no column looks like notes; see `NoTextColumnError`.
    """
    rest = dropwhile(lambda row: not any(map(cell_text, row[1])), rows)
    head = list(islice(rest, SAMPLE_ROWS))
    if not head:
        return None
    place = place_of(source, sheet=sheet)
    asked = (*options.text_columns, *options.keep_columns, options.id_column or "")
    header = find_header(head, [name for name in asked if name])
    width = max(len(cells) for _, cells in head)
    if header is None:
        names = unique_names([""] * width)
        listener.notice(
            f"{place}: row {head[0][0]} looks like data, so the table is read as having "
            f"no header; its columns are {quoted(names)}"
        )
        body = head
    else:
        number, cells = head[header]
        names = unique_names(cells if delimiter else [*cells, *[""] * (width - len(cells))])
        if number > 1:
            listener.notice(f"{place}: the header was found in row {number}")
        body = head[header + 1 :]
        if not body:
            listener.notice(f"{place}: there are no rows below the header")
    columns = choose(names, body, options, listener, source=source, sheet=sheet)
    table = Table(source=source, sheet=sheet, names=names, columns=columns, delimiter=delimiter)
    return table, chain(body, rest)


class NoTextColumnError(ReaderError):
    """A table none of whose columns looks like notes."""


def choose(
    names: Sequence[str],
    sample: Sequence[NumberedRow],
    options: ReadOptions,
    listener: ReadListener,
    *,
    source: Source,
    sheet: str | None = None,
) -> Columns:
    """Return the columns to read, and tell the listener those that the user did not name.

    Parameters
    ----------
    names : sequence of str
        The columns' names.
    sample : sequence of (int, sequence of object)
        Some rows below the header.
    options, listener, source, sheet
        As for `open_table`.

    Raises
    ------
    NoSuchTextColumnError, UsageError
        If a column asked for is not there.
    NoTextColumnError
        If no column looks like notes.
    ReaderError
        If the table holds findings.
    """
    place = place_of(source, sheet=sheet)
    if not options.text_columns and set(names) >= _MARKS_OF_FINDINGS:
        msg = (
            "this holds findings of an earlier scan and not notes; vbl-detect report makes a page "
            "of them, and --text-column reads a column of them as notes"
        )
        raise ReaderError(msg, path=source.name, sheet=sheet)
    columns = choose_columns(names, [cells for _, cells in sample], options, place=place)
    for name in options.text_columns:
        again = f"{name} (2)"  # as `unique_names` tells them apart
        if again in names and again not in options.text_columns:
            listener.warning(
                f'{place}: several columns are called "{name}", and the first was read; add '
                f'--text-column "{again}" for the next'
            )
    if not columns.text:
        msg = (
            f"no column looks like notes; the columns are {quoted(names)}; name it with "
            "--text-column"
        )
        raise NoTextColumnError(msg, path=source.name, sheet=sheet)
    if not options.text_columns or options.id_column is None:
        text = quoted([names[i] for i in columns.text])
        record = (
            "no record id"
            if columns.record_id is None
            else f"record id from {quoted([names[columns.record_id]])}"
        )
        listener.notice(
            f"{place}: reading notes from {text}, {record}; choose with --text-column and "
            "--id-column"
        )
    return columns
