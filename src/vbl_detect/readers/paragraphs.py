"""A document's paragraphs as one note, numbered as a reader counts them."""

from __future__ import annotations

from collections.abc import Iterable

from vbl_detect.readers.base import Source
from vbl_detect.records import Note


def note_of(paragraphs: Iterable[str], source: Source) -> Note | None:
    r"""Return the one note of a document; None if there is no text in it.

    Parameters
    ----------
    paragraphs : iterable of str
        In the order of the document. They are joined by ``"\n"``; blank ones are left out and
        not counted.
    source : Source
        The file.
    """
    filled = [text for text in paragraphs if text and not text.isspace()]
    if not filled:
        return None
    starts, offset = [], 0
    for paragraph in filled:
        starts.append(offset)
        offset += len(paragraph) + 1
    return Note(
        text="\n".join(filled), path=source.name, paragraph=1, paragraph_starts=tuple(starts)
    )
