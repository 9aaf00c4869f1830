"""Patterns found in a note, looked up by what is rarest in them.

Only where the anchor of a pattern stands in the note is it tried, from as far before it as the
anchor can lie. `vbl_detect.matching.filing` chooses the anchors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    __slots__ = ("alone", "by_next", "codes")

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.alone: list[tuple[frozenset[int], int, int, int]] = []
        self.by_next: dict[int, list[int]] = {}


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


class PatternIndex:
    """The compiled patterns of a lexicon, ready to be found.

    Parameters
    ----------
    word_ids : dict of str to int
        The id of each word that a pattern names, and of the stop tokens; others are `UNKNOWN`.
    anchors : Anchors
        The patterns under their anchors.
    exceptions : mapping of str to Anchors
        For each code, the phrases in which its words mean something else.
    patterns : sequence of Filed, or mapping of int to Filed
        Every pattern by its number.
    """

    def __init__(
        self,
        word_ids: dict[str, int],
        anchors: Anchors,
        exceptions: Mapping[str, Anchors],
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
        for code in {match.code for match in found} & self.exceptions.keys():
            exceptions |= self._matches(self.exceptions[code], words)
        return sorted(without_exceptions(found, exceptions))

    def _matches(self, anchors: Anchors, words: Sequence[int]) -> set[Match]:
        """Return every match of the filed patterns."""
        found: set[Match] = set()
        for position, anchor in enumerate(map(anchors.__getitem__, words)):
            if anchor is None:
                continue
            for code in anchor.codes:
                found.add(Match(position, position + 1, code))
            tried: Sequence[int] = ()
            if anchor.by_next and position + 1 < len(words):
                tried = anchor.by_next.get(words[position + 1], ())
            for needs, low, high, number in anchor.alone:
                first = position + low
                if not needs.isdisjoint(words[first if first > 0 else 0 : position + high]):
                    tried = [*tried, number]
            for number in tried:
                entry, nearest, farthest = self.patterns[number]
                for start in range(max(position - farthest, 0), position - nearest + 1):
                    if words[start] in entry.first_words:
                        found.update(
                            [Match(start, end, entry.code) for end in entry.ends(words, start)]
                        )
        return found
