"""The lines of a text file, none longer than memory bears."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import LONGEST_NOTE, ReadListener, Source

#: In characters: the longest note, and as much again for the rest of its row.
LONGEST_LINE = 2 * LONGEST_NOTE


def lines_of(stream: TextIO, source: Source, listener: ReadListener) -> Iterator[str]:
    """Yield lines with their ends; an empty one stands for one that is too long.

    Parameters
    ----------
    stream : text file
        Open at its beginning.
    source : Source
        The file.
    listener : ReadListener
        Hears of a line that is too long, as of a problem.
    """
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if _goes_on(line):
            while _goes_on(stream.readline(LONGEST_LINE)):
                pass
            msg = (
                f"line {number:,} is longer than {LONGEST_LINE:,} characters, so it was left out; "
                "split its text into several rows"
            )
            listener.problem(ReaderError(msg, path=source.name))
            line = "\n"
        yield line


def _goes_on(line: str) -> bool:
    return len(line) == LONGEST_LINE and not line.endswith(("\n", "\r"))
