"""From paths to notes: each file given to its reader, standard input spooled."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from vbl_detect.entries import with_entries
from vbl_detect.errors import ReaderError
from vbl_detect.files import why_unread
from vbl_detect.readers.base import LONGEST_NOTE, Reader, ReadListener, ReadOptions, Source
from vbl_detect.readers.folders import find_files
from vbl_detect.readers.formats import READERS, reader_for
from vbl_detect.records import PART_COLUMNS, Note

#: The name of standard input in notes and messages; it is read as plain text.
STDIN_NAME = "<stdin>"


def read_notes(
    paths: Iterable[Path], options: ReadOptions, listener: ReadListener
) -> Iterator[Note]:
    """Yield the notes of files and folders, file by file.

    The paths are looked at when this is called, the files read when the notes are asked for. A
    file that cannot be read goes to `listener.problem`, and the next file follows.

    Parameters
    ----------
    paths : iterable of Path
        Files and folders, as the user named them; notes and messages name them so too.
    options : ReadOptions
        How to read tables and texts.
    listener : ReadListener
        Hears choices, warnings, problems and progress.

    Raises
    ------
    UsageError
        If a path does not exist; later, if a column, sheet or encoding asked for is not there.
    """
    sources = [Source.of(path) for path in find_files(paths, listener)]
    return chain.from_iterable(read_source(source, options, listener) for source in sources)


def read_stream(
    stream: BinaryIO, options: ReadOptions, listener: ReadListener, *, name: str = STDIN_NAME
) -> Iterator[Note]:
    """Yield the notes of a stream, such as standard input.

    It is copied into a temporary file that its owner alone can read, and that is deleted when
    the notes are used up or dropped.

    Parameters
    ----------
    stream : binary file
        What to read, to its end.
    options : ReadOptions
        How to read tables and texts.
    listener : ReadListener
        Hears choices, warnings, problems and progress.
    name : str
        What notes and messages call it; its suffix picks the reader, without one it is plain
        text.

    Raises
    ------
    UsageError
        If a column, sheet or encoding asked for is not there.
    """
    with spooled(stream) as path:
        default = None if Path(name).suffix else READERS[".txt"]
        yield from read_source(Source(path, name), options, listener, default)


@contextmanager
def spooled(stream: BinaryIO) -> Iterator[Path]:
    """Give a stream as a temporary file that its owner alone can read, deleted after the block.

    Parameters
    ----------
    stream : binary file
        What to copy, to its end.
    """
    handle, name = tempfile.mkstemp(prefix="vbl-detect-")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(stream, file)
        yield path
    finally:
        path.unlink(missing_ok=True)


def read_source(
    source: Source, options: ReadOptions, listener: ReadListener, reader: Reader | None = None
) -> Iterator[Note]:
    """Yield the notes of one file; what keeps it from being read is told, not raised.

    Parameters
    ----------
    source : Source
        The file.
    options : ReadOptions
        How to read tables and texts.
    listener : ReadListener
        Hears choices, warnings, problems and progress.
    reader : Reader, optional
        What reads it; None: what the suffix of its name asks for.
    """
    heard = _Heard(listener)
    try:
        reader = reader or reader_for(source.name)
        for note in reader(source, options, heard):
            if len(note.text) <= LONGEST_NOTE:
                yield _in_parts(note, options)
            else:
                heard.problem(_too_long(note, source))
    except ReaderError as error:
        if error is heard.last_problem:
            # The listener itself raised it, to stop at the first problem.
            raise
        listener.problem(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        listener.problem(ReaderError(why_unread(Path(source.name), error), path=source.name))
    except (MemoryError, RecursionError):
        msg = "there is more in the file, or nested deeper, than memory holds; split it"
        listener.problem(ReaderError(msg, path=source.name))


def _too_long(note: Note, source: Source) -> ReaderError:
    msg = f"the note is longer than {LONGEST_NOTE:,} characters, so it was left out; split it"
    return ReaderError(msg, path=note.path or source.name, sheet=note.sheet, row=note.row)


def _in_parts(note: Note, options: ReadOptions) -> Note:
    """Part a note into its entries, with the columns that can be kept of them."""
    if options.split:
        note = with_entries(note)
    asked = [name for name in options.keep_columns if name in note.meta or name in PART_COLUMNS]
    if len(asked) == len(note.meta):
        return note
    return replace(note, meta={name: note.meta.get(name) for name in asked})


class _Heard(ReadListener):
    """Passes everything on to another listener and remembers the last problem."""

    def __init__(self, listener: ReadListener) -> None:
        self._listener = listener
        self.last_problem: ReaderError | None = None

    def notice(self, message: str) -> None:
        self._listener.notice(message)

    def warning(self, message: str) -> None:
        self._listener.warning(message)

    def problem(self, error: ReaderError) -> None:
        self.last_problem = error
        self._listener.problem(error)

    def progress(self, fraction: float) -> None:
        self._listener.progress(fraction)
