"""The encoding of a text file: a byte order mark first, then strict UTF-8, else Windows.

Files are judged in pieces, so that memory does not grow with them.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from vbl_detect.errors import UsageError
from vbl_detect.readers.base import InMemory, ReadListener, ReadOptions, Source

_PIECE = 1 << 20
_HEAD = 4096
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In UTF-16 every second byte of plain English is zero; hardly any byte at the other places is.
_MANY_ZEROS, _FEW_ZEROS = 0.4, 0.1
# A file with this many characters in good UTF-8 for each bad byte is damaged UTF-8, not Windows.
_GOOD_FOR_EACH_BAD = 4


@dataclass(frozen=True, slots=True)
class TextFile:
    """An open text file that knows how far it has been read.

    Attributes
    ----------
    stream : TextIOWrapper
        The text, line ends untouched and no byte order mark in front; what cannot be decoded is
        U+FFFD.
    """

    stream: TextIOWrapper
    _binary: BinaryIO
    _size: int

    @property
    def fraction(self) -> float:
        """How much has been read, from 0 to 1."""
        return min(self._binary.tell() / self._size, 1.0) if self._size else 1.0


@contextmanager
def open_text(
    source: Source, options: ReadOptions, listener: ReadListener, *, newline: str = ""
) -> Iterator[TextFile]:
    r"""Open a text file in the encoding asked for or detected; the choice is told if not UTF-8.

    Parameters
    ----------
    source : Source
        The file.
    options : ReadOptions
        Of which `encoding` counts.
    listener : ReadListener
        Hears the choice.
    newline : str
        Where lines end, as for `open`: ``""`` at any of the three ends, ``"\n"`` only there.

    Raises
    ------
    UsageError
        If the encoding asked for does not exist.
    """
    if options.encoding is None:
        encoding = detect_encoding(source.path)
        if encoding not in {"utf-8", "utf-8-sig"}:
            listener.notice(f"{source.name}: read as {encoding}; choose another with --encoding")
    else:
        encoding = _asked_for(options.encoding, source.path)
    with source.path.open("rb") as binary:
        stream = TextIOWrapper(binary, encoding=encoding, errors="replace", newline=newline)
        yield TextFile(stream, binary, source.path.stat().st_size)


def detect_encoding(path: Path | InMemory) -> str:
    """Return the encoding of a text file, as Python names it.

    Parameters
    ----------
    path : Path or InMemory
        The file; read once in pieces, a second time if it is not valid UTF-8.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        if encoding := _by_mark(head) or _by_zeros(head):
            return encoding
        stream.seek(0)
        if _is_utf8(stream):
            return "utf-8"
        stream.seek(0)
        return "utf-8" if _is_damaged_utf8(stream) else "cp1252"


def _by_mark(head: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


def _by_zeros(head: bytes) -> str | None:
    pairs = len(head) // 2
    if not pairs:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0) / pairs, head[1::2].count(0) / pairs
    if odd >= _MANY_ZEROS and even <= _FEW_ZEROS:
        return "utf-16-le"
    if even >= _MANY_ZEROS and odd <= _FEW_ZEROS:
        return "utf-16-be"
    return None


def _is_utf8(stream: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := stream.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf8(stream: BinaryIO) -> bool:
    """Tell whether a file that is not valid UTF-8 still is mostly that, as joined exports are."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    while piece := stream.read(_PIECE):
        text = decoder.decode(piece)
        lost = text.count("\ufffd")
        bad += lost
        good += sum(not char.isascii() for char in text) - lost
    return good >= _GOOD_FOR_EACH_BAD * max(bad, 1)


def _asked_for(name: str, path: Path | InMemory) -> str:
    try:
        # Refuses what is no encoding of text, such as "hex".
        "x".encode(name)
        encoding = codecs.lookup(name).name
    except (LookupError, ValueError) as error:
        msg = f'there is no encoding "{name}"; use utf-8, utf-16 or cp1252, say'
        raise UsageError(msg) from error
    # A byte order mark is no part of the text, whether or not the name asked for covers it.
    with path.open("rb") as stream:
        marked = _by_mark(stream.read(_HEAD))
    if marked is not None and encoding.startswith(marked.removesuffix("-sig")):
        return marked
    return encoding
