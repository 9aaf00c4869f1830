"""Text files and Markdown: one note a file, exactly as it stands there."""

from __future__ import annotations

from collections.abc import Iterator

from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.encoding import open_text
from vbl_detect.records import Note


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
    """
    with open_text(source, options, listener) as file:
        text = file.stream.read()
    if text and not text.isspace():
        if "\ufffd" in text or "\0" in text:
            listener.warning(
                f"{source.name}: this may not be plain text, or in another encoding; name it "
                "with --encoding"
            )
        yield Note(text=text, path=source.name)
    listener.progress(1.0)
