"""Text files and Markdown: one note a file, exactly as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import LONGEST_NOTE, ReadListener, ReadOptions, Source
from vbl_detect.readers.encoding import open_text
from vbl_detect.records import Note

# What text of no encoding holds; a program's own data, compressed or not, is full of it.
_NO_TEXT = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_LOOKED_AT = 1 << 16
_MOST_IN_TEXT = 0.05


def read(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:
    """Yield the one note of a text file; none if there is nothing but white space in it.

    Parameters
    ----------
    source : Source
        The file.
    options : ReadOptions
        Of which `encoding` counts.
    listener : ReadListener
        Hears of the encoding and of characters lost.

    Raises
    ------
    UsageError
        If the encoding asked for does not exist.
    ReaderError
        If this is the data of some program and no text.
    """
    with open_text(source, options, listener) as file:
        text = file.stream.read(LONGEST_NOTE + 1)
    head = text[:_LOOKED_AT]
    if len(_NO_TEXT.findall(head)) > _MOST_IN_TEXT * len(head):
        msg = (
            "this is no text, or in an encoding that was not recognised; save it as text in UTF-8, "
            "or name the encoding with --encoding"
        )
        raise ReaderError(msg, path=source.name)
    if text and not text.isspace():
        if "\ufffd" in text or "\0" in text:
            listener.warning(
                f"{source.name}: this may not be plain text, or in another encoding; name it "
                "with --encoding"
            )
        yield Note(text=text, path=source.name)
    listener.progress(1.0)
