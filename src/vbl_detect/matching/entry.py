"""One pattern over the ids of words, and the trial whether it begins at a position."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from vbl_detect.lexicon import Automaton

#: The id of a word that no pattern names.
UNKNOWN = 0
#: The id of a token that ends a sentence or a clause: no gap reaches across it.
STOP = -1
#: The id of a blank line: nothing reaches across it.
BREAK = -2


class Match(NamedTuple):
    """One row of the lexicon found at ``words[start:end]``."""

    start: int
    end: int
    code: str


class Entry:
    """An automaton with its words as ids.

    Parameters
    ----------
    code : str
        The row that the pattern belongs to.
    automaton : Automaton
        The compiled pattern.
    ids : callable
        Returns the ids of words.
    """

    __slots__ = ("code", "first", "first_words", "follow", "last", "slots")

    def __init__(
        self, code: str, automaton: Automaton, ids: Callable[[frozenset[str]], frozenset[int]]
    ) -> None:
        self.code = code
        self.slots = [None if slot is None else ids(slot) for slot in automaton.slots]
        self.first = automaton.first
        self.last = automaton.last
        self.follow = automaton.follow
        starts = [slot for state in self.first if (slot := self.slots[state]) is not None]
        self.first_words = starts[0] if len(starts) == 1 else frozenset[int]().union(*starts)

    def ends(self, words: Sequence[int], start: int) -> Iterator[int]:
        """Yield the end of each match that begins at a position.

        Parameters
        ----------
        words : sequence of int
            The ids of a note's tokens.
        start : int
            A position whose word is one of `first_words`.
        """
        slots, follow, last = self.slots, self.follow, self.last
        word = words[start]
        states = {state for state in self.first if word in (slots[state] or ())}
        position = start + 1
        while states:
            if not last.isdisjoint(states):
                yield position
            if position == len(words):
                return
            word = words[position]
            states = {
                state
                for before in states
                for state in follow[before]
                if (word >= UNKNOWN if (slot := slots[state]) is None else word in slot)
            }
            position += 1
