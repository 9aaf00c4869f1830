"""Excel workbooks: all sheets or one, each as a table, its rows as a stream."""

from __future__ import annotations

from collections.abc import Iterator

from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.office_file import open_office_file
from vbl_detect.readers.sheets import notes_of
from vbl_detect.readers.workbook import Workbook
from vbl_detect.records import Note


def read(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:
    """Yield the notes of an Excel workbook; see `notes_of`.

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
    with open_office_file(source, application="Excel", suffix=".xlsx") as stream:
        yield from notes_of(
            Workbook(stream, source), source, options, listener, application="Excel"
        )
