"""Patterns found in a note, looked up by what is rarest in them.

Only where the anchor of a pattern stands in the note is it tried, from as far before it as the
anchor can lie. `vbl_detect.matching.filing` chooses the anchors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from vbl_detect.matching.entry import Entry, Match
from vbl_detect.matching.overlaps import without_exceptions

#: Tokens that no gap reaches across.
STOP_TOKENS = frozenset({".", "!", "?", ";", ":", "...", "\u2026", "\u2022"})


class Filed(NamedTuple):
    """A pattern under its anchor.

    Attributes
    ----------
    entry : Entry
        The pattern.
    nearest, farthest : int
        How many tokens of it come before the anchor, at least and at most.
    """

    entry: Entry
    nearest: int
    farthest: int


class Anchor:
    """What is filed under a word.

    Attributes
    ----------
    codes : list of str
        The rows of which the word is a match by itself.
    alone : list of (frozenset of int, int, int, int)
        Patterns that the word is rare enough for: words of which one must stand near it besides,
        where that may be (half-open, relative to the anchor), and the pattern's number.
    by_next : dict of int to list of int
        The numbers of the other patterns, by the next word.
    """

    __slots__ = ("_around", "alone", "by_next", "codes")

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.alone: list[tuple[frozenset[int], int, int, int]] = []
        self.by_next: dict[int, list[int]] = {}
        self._around: tuple[frozenset[int], int, int] | None = None

    def near(self, words: Sequence[int], position: int) -> list[int]:
        """Return the numbers of the patterns in `alone` whose word stands near a position.

        Most anchors stand in other company: one look at the words of all patterns tells.
        """
        if self._around is None:  # once all patterns are filed
            needs, lows, highs, _ = zip(*self.alone, strict=True)
            self._around = frozenset[int]().union(*needs), min(lows), max(highs)
        any_of, low, high = self._around
        begin = position + low
        if any_of.isdisjoint(words[begin if begin > 0 else 0 : position + high]):
            return []
        return [
            number
            for needs, low, high, number in self.alone
            if not needs.isdisjoint(words[max(position + low, 0) : position + high])
        ]


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


class Exceptions(NamedTuple):
    """The phrases in which a row's words mean something else.

    Attributes
    ----------
    anchors : Anchors
        The phrases under their anchors.
    words : frozenset of int
        The words of all anchors.
    longest : int
        How many tokens any of them has at most.
    """

    anchors: Anchors
    words: frozenset[int]
    longest: int


class PatternIndex:
    """The compiled patterns of a lexicon, ready to be found.

    Parameters
    ----------
    word_ids : dict of str to int
        The id of each word that a pattern names, and of the stop tokens; others are `UNKNOWN`.
    anchors : Anchors
        The patterns under their anchors.
    exceptions : mapping of str to Exceptions
        By code; a row without any has none.
    patterns : sequence of Filed, or mapping of int to Filed
        Every pattern by its number.
    """

    def __init__(
        self,
        word_ids: dict[str, int],
        anchors: Anchors,
        exceptions: Mapping[str, Exceptions],
        patterns: Sequence[Filed] | Mapping[int, Filed],
    ) -> None:
        self.word_ids = word_ids
        self.anchors = anchors
        self.exceptions = exceptions
        self.patterns = patterns

    def find(self, words: Sequence[int]) -> list[Match]:
        """Return every match, overlapping ones included, in the order of start, end and code.

        Parameters
        ----------
        words : sequence of int
            The ids of a note's tokens, white space left out.

        Returns
        -------
        list of Match
            With half-open positions in `words`.
        """
        found = self._matches(self.anchors, words)
        if not found:
            return []
        exceptions: set[Match] = set()
        present = set(words)
        for match in found:
            but = self.exceptions.get(match.code)
            if but is not None and not but.words.isdisjoint(present):
                reach = max(match.start - but.longest + 1, 0), match.end + but.longest - 1
                exceptions |= self._matches(but.anchors, words, *reach)
        return sorted(without_exceptions(found, exceptions))

    def find_exceptions(self, words: Sequence[int], codes: Iterable[str]) -> list[Match]:
        """Return every phrase in which a row's words mean something else, in the same order.

        Parameters
        ----------
        words : sequence of int
            The ids of a note's tokens, white space left out.
        codes : iterable of str
            The rows whose phrases are wanted.
        """
        present = set(words)
        found: set[Match] = set()
        for code in codes:
            but = self.exceptions.get(code)
            if but is not None and not but.words.isdisjoint(present):
                found |= self._matches(but.anchors, words)
        return sorted(found)

    def _matches(
        self, anchors: Anchors, words: Sequence[int], first: int = 0, last: int | None = None
    ) -> set[Match]:
        """Return every match of the filed patterns whose anchor stands from `first` to `last`."""
        found: set[Match] = set()
        there = enumerate(map(anchors.__getitem__, words[first:last]), first)
        for position, anchor in [(at, anchor) for at, anchor in there if anchor is not None]:
            for code in anchor.codes:
                found.add(Match(position, position + 1, code))
            tried: Sequence[int] = ()
            if anchor.by_next and position + 1 < len(words):
                tried = anchor.by_next.get(words[position + 1], ())
            if anchor.alone:
                tried = [*tried, *anchor.near(words, position)]
            for number in tried:
                entry, nearest, farthest = self.patterns[number]
                for start in range(max(position - farthest, 0), position - nearest + 1):
                    if words[start] in entry.first_words:
                        found.update(
                            [Match(start, end, entry.code) for end in entry.ends(words, start)]
                        )
        return found
