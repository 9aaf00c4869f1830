"""What every reader shares: its source, its options, the listener it talks to, its signature."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from vbl_detect.errors import ReaderError
from vbl_detect.records import Note

logger = logging.getLogger(__name__)

#: In characters: some three thousand pages. What is longer is no note, and few machines could
#: judge it.
LONGEST_NOTE = 10_000_000


class _Size(NamedTuple):
    st_size: int


@dataclass(frozen=True, slots=True)
class InMemory:
    """A file that is on no disk; it has what readers of documents use of a `Path`."""

    content: bytes

    def open(self, mode: str = "rb") -> BytesIO:  # noqa: ARG002 - as a path has it
        """Return the content as an open file."""
        return BytesIO(self.content)

    def read_bytes(self) -> bytes:
        """Return the content."""
        return self.content

    def stat(self) -> _Size:
        """Return the size."""
        return _Size(len(self.content))


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and what it is called in notes and messages.

    Attributes
    ----------
    path : Path or InMemory
        Where the bytes are.
    name : str
        The file as the user named it, or ``"<stdin>"``.
    """

    path: Path | InMemory
    name: str

    @classmethod
    def of(cls, path: Path) -> Source:
        """Return the source for a file that is called by its path."""
        return cls(path, str(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How tables and texts are to be read; every reader takes what concerns it.

    Attributes
    ----------
    text_columns : tuple of str
        The columns that hold notes; empty: found by name and content.
    id_column : str, optional
        The column with the record's reference; None: found by name and content.
    keep_columns : tuple of str
        Further columns to carry to the output.
    sheet : str, optional
        The sheet of a workbook to read; None: all of them.
    encoding : str, optional
        The encoding of delimited and plain text; None: detected.
    split : bool
        Whether a note that holds a log is judged entry by entry.
    """

    text_columns: tuple[str, ...] = ()
    id_column: str | None = None
    keep_columns: tuple[str, ...] = ()
    sheet: str | None = None
    encoding: str | None = None
    split: bool = True


class ReadListener:
    """Hears what a reader has to say while it reads.

    This one logs; a command shows a progress bar, collects problems, or stops at the first by
    raising from `problem`.
    """

    def notice(self, message: str) -> None:
        """Take a choice the reader made: columns, encoding, delimiter."""
        logger.info("%s", message)

    def warning(self, message: str) -> None:
        """Take something that may have lost text before it came here, such as a cut cell."""
        logger.warning("%s", message)

    def problem(self, error: ReaderError) -> None:
        """Take a row or a file that could not be read; the reader goes on with the next."""
        logger.warning("%s", error)

    def progress(self, fraction: float) -> None:
        """Take how much of the present file has been read, from 0 to 1."""


#: A reader opens one file and yields its notes. A broken row goes to `listener.problem`; a file
#: that cannot be read at all raises `ReaderError`.
Reader = Callable[[Source, ReadOptions, ReadListener], Iterator[Note]]


def place_of(source: Source, *, sheet: str | None = None, row: int | None = None) -> str:
    """Return a place as messages name it, in the words of `ReaderError`.

    Parameters
    ----------
    source : Source
        The file.
    sheet : str, optional
        The sheet of a workbook.
    row : int, optional
        The row or line, from 1.
    """
    place = source.name
    if sheet is not None:
        place += f', sheet "{sheet}"'
    if row is not None:
        place += f", row {row}"
    return place
