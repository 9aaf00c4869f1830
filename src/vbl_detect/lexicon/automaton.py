"""A pattern compiled for matching: a small automaton over tokens.

Written out as token sequences the lexicon is tens of thousands of them; as an automaton a pattern
has one state for each place a token can stand in, however many ways lead through it (Glushkov's
construction). Tests hold both readings of a pattern equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import reduce

from vbl_detect.lexicon.expansion import Expander, TokenSequence
from vbl_detect.lexicon.notation import (
    Choice,
    Gap,
    InTurn,
    Maybe,
    Node,
    Word,
    WordList,
    parse,
)


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
        The states that may come after each state.
    parts : tuple of Part
        The parts that every match has, in turn: where an anchor can be taken.
    """

    slots: tuple[frozenset[str] | None, ...]
    first: frozenset[int]
    last: frozenset[int]
    follow: tuple[tuple[int, ...], ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Part:
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


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A piece under construction: its edges, whether it may be empty, its length in tokens."""

    first: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()
    nullable: bool = True
    shortest: int = 0
    longest: int = 0


@dataclass(slots=True)
class _Builder:
    expander: Expander
    slots: list[frozenset[str] | None] = field(default_factory=list)
    follow: list[set[int]] = field(default_factory=list)

    def build(self, node: Node) -> _Fragment:
        match node:
            case Word() | WordList():
                return self._written_out(node)
            case Gap():
                return self._gap(node.limit)
            case Maybe():
                inner = self.build(node.node)
                return replace(inner, nullable=True, shortest=0)
            case Choice():
                plain = tuple(option for option in node.nodes if _is_plain(option))
                rest = [option for option in node.nodes if not _is_plain(option)]
                fragments = [self._written_out(Choice(plain))] if plain else []
                return self._either([*fragments, *map(self.build, rest)])
            case InTurn():
                return reduce(self.join, map(self.build, node.nodes))

    def _written_out(self, node: Node) -> _Fragment:
        """Build a part from its token sequences, which share states as far as they are alike."""
        return self._either([self._chain(sequence) for sequence in self.expander.sequences(node)])

    def _state(self, slot: frozenset[str] | None) -> _Fragment:
        state = len(self.slots)
        self.slots.append(slot)
        self.follow.append(set())
        only = frozenset({state})
        return _Fragment(only, only, nullable=False, shortest=1, longest=1)

    def _chain(self, sequence: TokenSequence) -> _Fragment:
        return reduce(
            self.join,
            (
                self._gap(slot.limit) if isinstance(slot, Gap) else self._state(slot)
                for slot in sequence
            ),
            _Fragment(),
        )

    def _gap(self, limit: int) -> _Fragment:
        gap = _Fragment()
        for _ in range(limit):
            state = self._state(None)
            longer = self.join(state, gap)
            gap = replace(longer, nullable=True, shortest=0)
        return gap

    def join(self, before: _Fragment, after: _Fragment) -> _Fragment:
        for state in before.last:
            self.follow[state] |= after.first
        return _Fragment(
            first=before.first | after.first if before.nullable else before.first,
            last=before.last | after.last if after.nullable else after.last,
            nullable=before.nullable and after.nullable,
            shortest=before.shortest + after.shortest,
            longest=before.longest + after.longest,
        )

    def _either(self, options: list[_Fragment]) -> _Fragment:
        if len(options) == 1:
            return options[0]
        return _Fragment(
            first=frozenset().union(*(option.first for option in options)),
            last=frozenset().union(*(option.last for option in options)),
            nullable=any(option.nullable for option in options),
            shortest=min(option.shortest for option in options),
            longest=max(option.longest for option in options),
        )


def compile_pattern(pattern: str, expander: Expander) -> tuple[Automaton, ...]:
    """Compile one pattern, into several automata where its alternatives share no part.

    Parameters
    ----------
    pattern : str
        One pattern in the notation of `vbl_detect.lexicon.notation`.
    expander : Expander
        The lexicon's word lists and spellings.

    Raises
    ------
    NotationError
        If the pattern does not follow the notation, can be empty, or begins or ends in a gap.
    """
    node = parse(pattern)
    expander.refuse_unanchored(node)
    alternatives = node.nodes if isinstance(node, Choice) else (node,)
    return tuple(_compile(alternative, expander) for alternative in alternatives)


def _compile(node: Node, expander: Expander) -> Automaton:
    builder = _Builder(expander)
    parts: list[Part] = []
    whole = _Fragment()
    for element in _elements(node):
        fragment = builder.build(element)
        parts += _ends(fragment, whole, builder.slots)
        whole = builder.join(whole, fragment)
    return Automaton(
        slots=tuple(builder.slots),
        first=whole.first,
        last=whole.last,
        follow=tuple(tuple(sorted(states)) for states in builder.follow),
        parts=tuple(parts),
    )


def _ends(
    fragment: _Fragment, before: _Fragment, slots: list[frozenset[str] | None]
) -> Iterator[Part]:
    """Yield the beginning and the end of an element that cannot be left out."""
    if fragment.nullable:
        return
    sides = [(fragment.first, 0, 0)]
    if fragment.longest > 1:
        sides.append((fragment.last, fragment.shortest - 1, fragment.longest - 1))
    for states, shortest, longest in sides:
        words = [slot for state in states if (slot := slots[state]) is not None]
        if len(words) == len(states):
            tokens = frozenset[str]().union(*words)
            yield Part(tokens, before.shortest + shortest, before.longest + longest)


def _is_plain(node: Node) -> bool:
    """Tell whether a node is words in a row, so that writing it out costs nothing."""
    return isinstance(node, Word | WordList) or (
        isinstance(node, InTurn) and all(isinstance(part, Word) for part in node.nodes)
    )


def _elements(node: Node) -> Iterator[Node]:
    if isinstance(node, InTurn):
        for inner in node.nodes:
            yield from _elements(inner)
    else:
        yield node
