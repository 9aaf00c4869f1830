"""CSV, TSV and their like, as a stream: memory does not grow with the file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.delimiter import declared_delimiter, find_delimiter
from vbl_detect.readers.encoding import TextFile, open_text
from vbl_detect.readers.header import NumberedRow
from vbl_detect.readers.lines import LONGEST_LINE, lines_of
from vbl_detect.readers.table import open_table
from vbl_detect.records import Note

_SAMPLE_CHARACTERS = 256 * 1024
_ROWS_PER_REPORT = 1_000


def read(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:
    """Yield the notes of a delimited file; encoding, delimiter, header and columns are found.

    Rows count as Excel shows them: a line break within quotation marks starts no new row.

    Parameters
    ----------
    source : Source
        The file.
    options : ReadOptions
        Columns and encoding.
    listener : ReadListener
        Hears choices, warnings, problems and progress.

    Raises
    ------
    UsageError
        If a column or an encoding asked for is not there.
    ReaderError
        If no column looks like notes.
    """
    # Process-wide, but only ever raised: a field over the default of 128 KiB is no fault.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))
    with open_text(source, options, listener) as file:
        rows = _Rows(file, source, listener)
        opened = open_table(rows, options, listener, source=source, delimiter=rows.delimiter)
        if opened is None:
            listener.notice(f"{source.name}: the file is empty")
        else:
            table, body = opened
            yield from table.notes(body, listener)
    listener.progress(1.0)


class _Rows:
    """The rows of an open file, numbered, with the delimiter that parts their fields."""

    def __init__(self, file: TextFile, source: Source, listener: ReadListener) -> None:
        self._file = file
        self._source = source
        self._listener = listener
        lines = lines_of(file.stream, source, listener)
        sample, complete = _sample(lines)
        if sample and (declared := declared_delimiter(sample[0])):
            self.delimiter = declared
            del sample[0]
        else:
            self.delimiter = find_delimiter(sample, complete=complete)
        self._lines = _CountedLines(chain(sample, lines))

    def __iter__(self) -> Iterator[NumberedRow]:
        lines = self._lines
        number, unclosed = 0, False
        try:
            for number, row in enumerate(csv.reader(lines, delimiter=self.delimiter), start=1):
                unclosed = lines.quotes % 2 == 1 and _ends_open(row, lines)
                lines.start_row()
                yield number, row
                if number % _ROWS_PER_REPORT == 0:
                    self._listener.progress(self._file.fraction)
        except csv.Error as error:
            msg = (
                f"the file cannot be cut into rows from here on ({error}); close the quotation "
                "mark, or export it again as CSV"
            )
            self._listener.problem(ReaderError(msg, path=self._source.name, row=number + 1))
            return
        if unclosed:
            msg = (
                "a quotation mark in this row is never closed, so all that follows it was read "
                "as one cell; close it, or double it if it belongs to the text"
            )
            self._listener.problem(ReaderError(msg, path=self._source.name, row=number))


class _CountedLines:
    """Lines on their way to the csv module, with the quotation marks in the present row."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.start_row()

    def start_row(self) -> None:
        self.quotes = 0
        self.lines = 0
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.quotes += line.count('"')
            self.lines += 1
            self.last = line
            yield line


def _ends_open(row: list[str], lines: _CountedLines) -> bool:
    """Tell whether a row with an odd number of quotation marks ends within them."""
    if lines.last.endswith(("\n", "\r")):
        return row[-1].endswith(("\n", "\r"))
    return lines.lines > 1


def _sample(stream: Iterable[str]) -> tuple[list[str], bool]:
    """Return the first lines, and whether they are all."""
    lines: list[str] = []
    characters = 0
    for line in stream:
        lines.append(line)
        characters += len(line)
        if characters >= _SAMPLE_CHARACTERS:
            return lines, False
    return lines, True
