"""Patterns found in a note, looked up by what is rarest in them.

Only where the anchor of a pattern stands in the note is it tried, from as far before it as the
anchor can lie. `vbl_detect.matching.filing` chooses the anchors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vbl_detect.matching.anchors import Anchors, Company, in_company
from vbl_detect.matching.entry import Entry, Match
from vbl_detect.matching.overlaps import without_exceptions
from vbl_detect.matching.sieve import Sieve

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
    companies : tuple of Company
        What stands near the anchor, besides that it is filed under, wherever the pattern matches.
    """

    entry: Entry
    nearest: int
    farthest: int
    companies: tuple[Company, ...]


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
        self._sieve = Sieve(anchors, word_ids.values())

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
        return self._find(words, range(len(words)))

    def find_all(self, notes: Sequence[npt.ArrayLike]) -> list[list[Match]]:
        """Return every match in each of many notes, the same as `find` in less time.

        Parameters
        ----------
        notes : sequence of array_like of int
            The ids of the notes' tokens, white space left out.
        """
        arrays = [np.asarray(note, dtype=np.int64) for note in notes]
        return [
            self._find(words.tolist(), at) if at else []
            for words, at in zip(arrays, self._sieve.places(arrays), strict=True)
        ]

    def _find(self, words: Sequence[int], places: Iterable[int]) -> list[Match]:
        """Return every match in a note whose anchor stands at one of some places."""
        found = self._matches(self.anchors, words, places)
        exceptions: set[Match] = set()
        for match in found:
            but = self.exceptions.get(match.code)
            if but is not None:
                first = max(match.start - but.longest + 1, 0)
                last = min(match.end + but.longest - 1, len(words))
                if not but.words.isdisjoint(words[first:last]):
                    exceptions |= self._matches(but.anchors, words, range(first, last))
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
                found |= self._matches(but.anchors, words, range(len(words)))
        return sorted(found)

    def _matches(self, anchors: Anchors, words: Sequence[int], places: Iterable[int]) -> set[Match]:
        """Return every match of the filed patterns whose anchor stands at one of some places."""
        found: set[Match] = set()
        length = len(words)
        for position in places:
            anchor = anchors[words[position]]
            if anchor is None:
                continue
            for code in anchor.codes:
                found.add(Match(position, position + 1, code))
            tried: Sequence[int] = ()
            if anchor.by_next and position + 1 < length:
                tried = anchor.by_next.get(words[position + 1], ())
            if anchor.alone:
                tried = [*tried, *anchor.near(words, position)]
            for number in tried:
                entry, nearest, farthest, companies = self.patterns[number]
                if not in_company(companies, words, position):
                    continue
                first, second = entry.first_words, entry.second_words
                for start in range(max(position - farthest, 0), position - nearest + 1):
                    if words[start] in first and (
                        second is None or (start + 1 < length and words[start + 1] in second)
                    ):
                        found.update(
                            [Match(start, end, entry.code) for end in entry.ends(words, start)]
                        )
        return found
