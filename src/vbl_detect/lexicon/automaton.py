"""A pattern compiled for matching: a small automaton over tokens, with places to look for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Automaton:
    """A pattern as states; in each state one token has just been read.

    Attributes
    ----------
    slots : tuple of frozenset of str or None
        The tokens each state reads; None: any token that a gap may hold.
    first, last : frozenset of int
        The states a match may begin and end in.
    follow : tuple of tuple of int
        The states that may come after each state, all of a higher number.
    parts : tuple of Part
        The parts that every match has, in turn: where an anchor can be taken.
    joints : tuple of Joint
        The places where every match has one of some words directly before one of others.
    """

    slots: tuple[frozenset[str] | None, ...]
    first: frozenset[int]
    last: frozenset[int]
    follow: tuple[tuple[int, ...], ...]
    parts: tuple[Part, ...]
    joints: tuple[Joint, ...]


class Part(NamedTuple):
    """A part of a pattern that every match passes through.

    Attributes
    ----------
    words : frozenset of str
        The tokens it may begin with, or those it may end with.
    nearest, farthest : int
        How many tokens come before them, at least and at most.
    """

    words: frozenset[str]
    nearest: int
    farthest: int


class Joint(NamedTuple):
    """Two tokens side by side that every match has.

    Attributes
    ----------
    words, next_words : frozenset of str
        The tokens that may stand there, and those that may stand directly after.
    nearest, farthest : int
        How many tokens come before both, at least and at most.
    """

    words: frozenset[str]
    next_words: frozenset[str]
    nearest: int
    farthest: int
