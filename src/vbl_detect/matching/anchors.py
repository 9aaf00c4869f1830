"""What patterns are filed under: words that every match of them holds, and the company of these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Company(NamedTuple):
    """Words of which one must stand near an anchor.

    Attributes
    ----------
    words : frozenset of int
        The words.
    low, high : int
        Where it may stand: half-open, relative to the anchor.
    """

    words: frozenset[int]
    low: int
    high: int


def in_company(companies: Iterable[Company], words: Sequence[int], position: int) -> bool:
    """Tell whether a word of each company stands near an anchor.

    Parameters
    ----------
    companies : iterable of Company
        What must stand near it.
    words : sequence of int
        The ids of a note's tokens.
    position : int
        Where the anchor stands.
    """
    for any_of, low, high in companies:
        begin = position + low
        if any_of.isdisjoint(words[begin if begin > 0 else 0 : position + high]):
            return False
    return True


class Anchor:
    """What is filed under a word.

    Attributes
    ----------
    codes : list of str
        The rows of which the word is a match by itself.
    alone : dict of Company to list of int
        The numbers of patterns that the word is rare enough for, by what must stand near it
        besides.
    by_next : dict of int to list of int
        The numbers of the other patterns, by the next word.
    """

    __slots__ = ("_around", "alone", "by_next", "codes")

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.alone: dict[Company, list[int]] = {}
        self.by_next: dict[int, list[int]] = {}
        self._around: tuple[dict[int, list[int]], int, int] | None = None

    @property
    def around(self) -> tuple[dict[int, list[int]], int, int]:
        """Return the patterns in `alone` by each word of their company, and where that may be."""
        if self._around is None:  # once all patterns are filed
            by_word: dict[int, list[int]] = {}
            for company, numbers in self.alone.items():
                for word in company.words:
                    by_word.setdefault(word, []).extend(numbers)
            lows, highs = zip(*((of.low, of.high) for of in self.alone), strict=True)
            self._around = by_word, min(lows), max(highs)
        return self._around

    def near(self, words: Sequence[int], position: int) -> list[int]:
        """Return the numbers of the patterns in `alone` of whose company a word may be near."""
        by_word, low, high = self.around
        begin = position + low
        found: list[int] = []
        for word in words[begin if begin > 0 else 0 : position + high]:
            if word in by_word:
                found += by_word[word]
        return found


class Anchors(dict[int, Anchor | None]):
    """The anchors by the ids of their words; None under a word that is none."""

    def __missing__(self, word: int) -> Anchor | None:
        """Remember that a word is no anchor."""
        self[word] = None
        return None

    def at(self, word: int) -> Anchor:
        """Return the anchor at a word, a new one if there is none yet."""
        anchor = self[word]
        if anchor is None:
            anchor = self[word] = Anchor()
        return anchor
