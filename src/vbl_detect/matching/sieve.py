"""Where in notes a look is worth it: a coarse test of all words at once, before any is looked at.

Half of all words are anchors, and nearly all stand in company that no pattern has. Whether two
words are each other's company is one bit in a hashed table (a Bloom filter with one hash), which
numpy asks for all words of many notes together. It passes too many, never too few.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from vbl_detect.matching.anchors import Anchor, Anchors
from vbl_detect.matching.entry import BREAK

Ids: TypeAlias = npt.NDArray[np.int64]

#: Bits of a table's size: with every anchor of the shipped lexicon known, 6 in 100 places of the
#: first and 3 in 100 of the second are taken.
_NEXT_BITS, _NEAR_BITS = 19, 21
# Odd constants of the multiplicative hash (Knuth, TAOCP vol. 3, 6.4; from the golden ratio).
_WORD_FACTOR, _FACTOR = 0x9E37, 0x9E3779B1
_SHIFT = 7


class Sieve:
    """Tells where in notes an anchor stands in company that one of its patterns has.

    Parameters
    ----------
    anchors : Anchors
        The anchors; each is asked for when its word first turns up.
    words : iterable of int
        The ids of words that there may be.
    """

    def __init__(self, anchors: Anchors, words: Iterable[int]) -> None:
        self._anchors = anchors
        size = max(words, default=0) - BREAK + 1
        self._is_new = np.ones(size, dtype=bool)
        self._by_itself = np.zeros(size, dtype=bool)
        self._lows = np.zeros(size, dtype=np.int64)
        self._widths = np.zeros(size, dtype=np.int64)
        self._next = np.zeros(1 << _NEXT_BITS, dtype=bool)
        self._near = np.zeros(1 << _NEAR_BITS, dtype=bool)

    def places(self, notes: Sequence[Ids]) -> list[list[int]]:
        """Return the positions in each note that are worth a look, in order.

        Parameters
        ----------
        notes : sequence of ndarray of int
            The ids of the notes' tokens, white space left out.
        """
        edges = np.cumsum([0, *map(len, notes)])
        if not edges[-1]:
            return [[] for _ in notes]
        ids = np.concatenate(notes)
        at = ids - BREAK
        is_new = self._is_new[at]
        if is_new.any():
            self._learn(np.unique(ids[is_new]).tolist())
        worth = self._by_itself[at]
        worth[:-1] |= self._next[_hash(ids[:-1], ids[1:], _NEXT_BITS)]
        worth[self._in_company(ids, (~worth).nonzero()[0])] = True
        found = worth.nonzero()[0]
        cuts = np.searchsorted(found, edges)
        return [
            (found[first:last] - edge).tolist()
            for first, last, edge in zip(cuts, cuts[1:], edges, strict=False)
        ]

    def _in_company(self, ids: Ids, places: Ids) -> Ids:
        """Return those of some places near which a word stands that an anchor there asks for."""
        at = ids[places] - BREAK
        widths = self._widths[at]
        from_first = np.arange(widths.sum()) - np.repeat(widths.cumsum() - widths, widths)
        near = np.repeat(places + self._lows[at], widths) + from_first
        # At either end the last word is taken for those beyond it: that passes too many, too.
        company = ids.take(near, mode="clip")
        places = np.repeat(places, widths)
        found: Ids = places[self._near[_hash(ids[places], company, _NEAR_BITS)]]
        return found

    def _learn(self, words: Iterable[int]) -> None:
        """Remember what anchors at some words ask for."""
        for word in words:
            self._is_new[word - BREAK] = False
            anchor = self._anchors[word]
            if anchor is not None:
                self._enter(word, anchor)

    def _enter(self, word: int, anchor: Anchor) -> None:
        at = word - BREAK
        self._by_itself[at] = bool(anchor.codes)
        self._next[_hash(word, np.fromiter(anchor.by_next, np.int64), _NEXT_BITS)] = True
        if anchor.alone:
            company, low, high = anchor.around
            self._lows[at], self._widths[at] = low, high - low
            self._near[_hash(word, np.fromiter(company, np.int64), _NEAR_BITS)] = True


def _hash(words: Ids | int, others: Ids, bits: int) -> Ids:
    mixed: Ids = (words * _WORD_FACTOR + others) * _FACTOR >> _SHIFT
    return mixed & ((1 << bits) - 1)
