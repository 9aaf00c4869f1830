"""One pattern over the ids of words, and the trial whether it begins at a position."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
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
    """A pattern as states, with its words as ids.

    Parameters
    ----------
    code : str
        The row that the pattern belongs to.
    slots : sequence of frozenset of int or None
        The words each state reads; None: any word that a gap may hold.
    first, last : collection of int
        The states a match may begin and end in.
    follow : sequence of sequence of int
        The states that may come after each state.
    """

    __slots__ = ("code", "first", "first_words", "follow", "last", "second_words", "slots")

    def __init__(
        self,
        code: str,
        slots: Sequence[frozenset[int] | None],
        first: Collection[int],
        last: Collection[int],
        follow: Sequence[Sequence[int]],
    ) -> None:
        self.code = code
        self.slots = slots
        self.first = first
        self.last = frozenset(last)
        self.follow = follow
        self.first_words = _union([slot for state in first if (slot := slots[state]) is not None])
        after = [slots[state] for before in first for state in follow[before]]
        #: None where a match may be one word long, or any word may come second.
        self.second_words: frozenset[int] | None = None
        if self.last.isdisjoint(first) and None not in after:
            self.second_words = _union([slot for slot in after if slot is not None])

    @classmethod
    def of(
        cls, code: str, automaton: Automaton, ids: Callable[[frozenset[str]], frozenset[int]]
    ) -> Entry:
        """Return the entry of an automaton.

        Parameters
        ----------
        code : str
            The row that the pattern belongs to.
        automaton : Automaton
            The compiled pattern.
        ids : callable
            Returns the ids of words.
        """
        slots = [None if slot is None else ids(slot) for slot in automaton.slots]
        return cls(code, slots, automaton.first, automaton.last, automaton.follow)

    def longest(self) -> int:
        """Return how many tokens a match has at most."""
        lengths = [1] * len(self.slots)
        for state in reversed(range(len(self.slots))):  # the states after it have higher numbers
            lengths[state] += max([lengths[after] for after in self.follow[state]], default=0)
        return max(lengths[state] for state in self.first)

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


def _union(sets: Sequence[frozenset[int]]) -> frozenset[int]:
    return sets[0] if len(sets) == 1 else frozenset[int]().union(*sets)
