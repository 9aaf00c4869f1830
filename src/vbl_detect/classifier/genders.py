"""One reading for both genders: a note mostly about a boy is read as though about a girl.

Screen and tagger are fitted on notes with women and men exchanged and not (`training.genders`), and
still told them apart; with one reading they cannot. Names stay as they are.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_WORD = re.compile(r"[^\W\d_]+")
#: The words that tell whom a note is mostly about.
_TELLING = frozenset("she her hers herself girl daughter he him his himself boy son".split())
#: What it is exchanged for goes by the word after it.
HER = "her"
#: After "her", one of these or anything but a word shows the person, which is "him"; else "his".
_AFTER_HER = frozenset(
    "a about after again against all alone an and any around as at away back because before behind "
    "being but by down during each either every for from further has he how i if in inside into is "
    "it just last later like more next no not now of off on once or out outside over past safely "
    "she since so some that the their then there they this though through to today together "
    "tomorrow tonight too towards under unless until up upon via was we when where whether which "
    "while who whom why with within without yesterday yet you".split()
)


class _Words(NamedTuple):
    women: frozenset[str]
    others: dict[str, str]


@cache
def _words() -> _Words:
    lines = (files("vbl_detect.classifier") / "genders.csv").read_text("utf-8").splitlines()
    pairs = [(row["woman"], row["man"]) for row in csv.DictReader(lines)]
    others = {man: woman for woman, man in reversed(pairs)} | dict(pairs)
    return _Words(frozenset(woman for woman, _ in pairs), others)


def gendered_words() -> frozenset[str]:
    """Return the words, in lower case, that are exchanged."""
    return frozenset(_words().others)


def mostly_male(words: Sequence[str]) -> bool:
    """Tell whether a note speaks of men and boys more than of women and girls.

    Parameters
    ----------
    words : sequence of str
        The note's words in lower case, or those of `gendered_words` alone. Where neither
        prevails, the first word of any gender decides; without any, the answer is no.
    """
    table = _words()
    told = [word for word in words if word in table.others]
    telling = [word in table.women for word in told if word in _TELLING]
    balance = 2 * sum(telling) - len(telling)
    return balance < 0 if balance else bool(told) and told[0] not in table.women


def exchange_words(words: Sequence[str]) -> list[str]:
    """Return a note's lower-case words with women as men and men as women.

    Parameters
    ----------
    words : sequence of str
        The words, punctuation marks among them.
    """
    return [exchange_word(*pair) for pair in zip_longest(words, words[1:], fillvalue="")]


def exchange_word(word: str, following: str) -> str:
    """Return a lower-case word, of women as that of men and of men as that of women.

    Parameters
    ----------
    word, following : str
        The word, and the one after it; at a text's end that is empty.
    """
    if word == HER:
        return "him" if _shows_person(following) else "his"
    return _words().others.get(word, word)


class Reading(NamedTuple):
    """A text as it is read, and the way back to the text as it is written.

    Attributes
    ----------
    text : str
        The text as it is read.
    written, read : ndarray of shape (n_pieces,)
        Where each piece, changed or not, begins in the text as written, and as read.
    """

    text: str
    written: npt.NDArray[np.int64]
    read: npt.NDArray[np.int64]

    def to_read(self, offsets: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """Return where offsets in the text as written stand in the text as read."""
        return _moved(offsets, self.written, self.read)

    def to_written(self, offsets: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """Return where offsets in the text as read stand in the text as written."""
        return _moved(offsets, self.read, self.written)


def _moved(
    offsets: npt.ArrayLike, here: npt.NDArray[np.int64], there: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    offsets = np.asarray(offsets, dtype=np.int64)
    piece = np.searchsorted(here, offsets, "right") - 1
    moved: npt.NDArray[np.int64] = there[piece] + offsets - here[piece]
    # Inside a changed word, which may be longer here than there, an offset stays in that word.
    last: npt.NDArray[np.int64] = np.append(there[1:], np.iinfo(np.int64).max)[piece]
    return np.minimum(moved, last)


def exchange(text: str, names: Mapping[str, str] = MappingProxyType({})) -> Reading:
    """Return a text with women as men and men as women.

    Parameters
    ----------
    text : str
        The text; words that ``genders.csv`` does not pair stay.
    names : mapping of str to str, optional
        Names and titles to exchange as well, as they are written with a capital.
    """
    others = _words().others
    pieces: list[str] = []
    written, moved = [0], [0]
    length = 0
    for found in _WORD.finditer(text):
        word = found[0]
        # A name is one in capitals only: "will", "mark" and "rose" are words.
        other = names.get(word) or others.get(word.lower())
        if other is None and word.isupper() and len(word) > 1:
            other = names.get(word.capitalize())
        if other is None:
            continue
        if word.lower() == "her":
            other = "him" if _shows_person(_next_word(text, found.end())) else "his"
        other = _like(other, word)
        pieces += [text[written[-1] : found.start()], other]
        length += found.start() - written[-1]
        # The word is a piece of its own, so that offsets within it stay within it.
        written += [found.start(), found.end()]
        moved += [length, length + len(other)]
        length += len(other)
    pieces.append(text[written[-1] :])
    return Reading("".join(pieces), np.array(written), np.array(moved))


def _next_word(text: str, end: int) -> str:
    following = _WORD.match(text, end + 1) if text[end : end + 1].isspace() else None
    return "" if following is None else following[0].lower()


def _shows_person(following: str) -> bool:
    """Tell whether "her" before a word is a person ("told her that"), not a possessor."""
    return not following[:1].isalpha() or following in _AFTER_HER


def _like(word: str, model: str) -> str:
    """Return a word in the capitals of another."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if model[0].isupper() else word
