"""A note word by word, so that a page can mark whole words and never counts characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vbl_detect.writers.visible import visible

_WORD = re.compile(r"[£$€]?\w+(?:['’]\w+)*%?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A word of a note, or what stands between two.

    Attributes
    ----------
    shown : str
        As a page shows it.
    start, end : int
        Half-open offsets in code points of the note's text.
    is_word : bool
        Whether it can be marked.
    """

    shown: str
    start: int
    end: int
    is_word: bool


def pieces(text: str) -> Iterator[Piece]:
    """Yield all of a note, word and gap in turn.

    Parameters
    ----------
    text : str
        The note.
    """
    last = 0
    for match in _WORD.finditer(text):
        if last < match.start():
            yield _gap(text, last, match.start())
        yield Piece(shown=visible(match[0]), start=match.start(), end=match.end(), is_word=True)
        last = match.end()
    if last < len(text):
        yield _gap(text, last, len(text))


def shown_text(text: str) -> str:
    """Return a text as a page shows it: its lines kept, and nothing in it hidden.

    Parameters
    ----------
    text : str
        A note, or a part of it.
    """
    return "\n".join(map(visible, re.split("\r\n|\r|\n", text)))


def _gap(text: str, start: int, end: int) -> Piece:
    return Piece(shown=shown_text(text[start:end]), start=start, end=end, is_word=False)
