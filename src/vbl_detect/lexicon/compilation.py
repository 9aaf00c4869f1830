"""Patterns compiled into automata.

Written out as token sequences the lexicon is tens of thousands of them; as an automaton a pattern
has one state for each place a token can stand in, however many ways lead through it (Glushkov's
construction). Tests hold both readings of a pattern equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import NamedTuple

from vbl_detect.lexicon.automaton import Automaton, Joint, Part
from vbl_detect.lexicon.expansion import Expander, TokenSequence
from vbl_detect.lexicon.notation import (
    Choice,
    Gap,
    InTurn,
    Maybe,
    Node,
    NotationError,
    Word,
    WordList,
    parse,
)

#: A pattern whose automaton has more ways from state to state is several patterns in one.
MOST_WAYS = 100_000


class _Fragment(NamedTuple):
    """A piece under construction: its edges, whether it may be empty, its length in tokens."""

    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    nullable: bool = True
    shortest: int = 0
    longest: int = 0


_EMPTY = _Fragment()


@dataclass(slots=True)
class _Builder:
    expander: Expander
    slots: list[frozenset[str] | None] = field(default_factory=list)
    follow: list[list[int]] = field(default_factory=list)
    ways: int = 0

    def build(self, node: Node) -> _Fragment:
        match node:
            case Word() | WordList():
                return self._written_out(node)
            case Gap():
                return self._gap(node.limit)
            case Maybe():
                return self.build(node.node)._replace(nullable=True, shortest=0)
            case Choice():
                plain = tuple(option for option in node.nodes if _is_plain(option))
                rest = [option for option in node.nodes if not _is_plain(option)]
                fragments = [self._written_out(Choice(plain))] if plain else []
                return _either([*fragments, *map(self.build, rest)])
            case InTurn():
                return reduce(self.join, map(self.build, node.nodes))

    def _written_out(self, node: Node) -> _Fragment:
        """Build a part from its token sequences, which share states as far as they are alike."""
        return _either([self._chain(sequence) for sequence in self.expander.sequences(node)])

    def _chain(self, sequence: TokenSequence) -> _Fragment:
        words = [slot for slot in sequence if not isinstance(slot, Gap)]
        if len(words) == len(sequence):
            return self._in_a_row(words)
        pieces = (
            self._gap(slot.limit) if isinstance(slot, Gap) else self._in_a_row([slot])
            for slot in sequence
        )
        return reduce(self.join, pieces)

    def _in_a_row(self, slots: Sequence[frozenset[str] | None]) -> _Fragment:
        """Add states that are read one after the other."""
        if not slots:
            return _EMPTY
        begin, length = len(self.slots), len(slots)
        self.slots += slots
        self.follow += ([state] for state in range(begin + 1, begin + length))
        self.follow.append([])
        last = (begin + length - 1,)
        return _Fragment((begin,), last, nullable=False, shortest=length, longest=length)

    def _gap(self, limit: int) -> _Fragment:
        """Add states for up to `limit` tokens of any kind."""
        row = self._in_a_row([None] * limit)
        states = tuple(range(row.first[0], row.first[0] + limit))
        return _Fragment(row.first, states, nullable=True, shortest=0, longest=limit)

    def join(self, before: _Fragment, after: _Fragment) -> _Fragment:
        self.ways += len(before.last) * len(after.first)
        if self.ways > MOST_WAYS:
            raise NotationError(
                "too much of it is optional or a choice, one after the other; write it as several "
                "patterns"
            )
        for state in before.last:
            self.follow[state] += after.first
        return _Fragment(
            first=before.first + after.first if before.nullable else before.first,
            last=before.last + after.last if after.nullable else after.last,
            nullable=before.nullable and after.nullable,
            shortest=before.shortest + after.shortest,
            longest=before.longest + after.longest,
        )

    def words(self, states: Iterable[int]) -> frozenset[str] | None:
        """Return the words that some states read, or None if one of them reads any word."""
        slots = {self.slots[state] for state in states}
        if len(slots) == 1:
            return slots.pop()
        words = [slot for slot in slots if slot is not None]
        return frozenset[str]().union(*words) if len(words) == len(slots) else None


def _either(options: list[_Fragment]) -> _Fragment:
    if len(options) == 1:
        return options[0]
    return _Fragment(
        first=tuple([state for option in options for state in option.first]),
        last=tuple([state for option in options for state in option.last]),
        nullable=any(option.nullable for option in options),
        shortest=min([option.shortest for option in options]),
        longest=max([option.longest for option in options]),
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
        If the pattern does not follow the notation, can be empty, begins or ends in a gap, or
        stands for too much.
    """
    node = parse(pattern)
    expander.refuse_unanchored(node)
    alternatives = node.nodes if isinstance(node, Choice) else (node,)
    return tuple(_compile(alternative, expander) for alternative in alternatives)


def _compile(node: Node, expander: Expander) -> Automaton:
    builder = _Builder(expander)
    parts: list[Part] = []
    whole = _EMPTY
    begun: list[tuple[int, _Fragment]] = []
    for element in _elements(node):
        begun.append((len(builder.slots), whole))
        fragment = builder.build(element)
        parts += _ends(fragment, whole, builder)
        whole = builder.join(whole, fragment)
    final = min(whole.last, default=0)
    return Automaton(
        slots=tuple(builder.slots),
        first=frozenset(whole.first),
        last=frozenset(whole.last),
        follow=tuple(map(tuple, builder.follow)),
        parts=tuple(parts),
        joints=tuple(_joints(begun, final, builder)),
    )


def _ends(fragment: _Fragment, before: _Fragment, builder: _Builder) -> Iterator[Part]:
    """Yield the beginning and the end of an element that cannot be left out."""
    if fragment.nullable:
        return
    sides = [(fragment.first, 0, 0)]
    if fragment.longest > 1:
        sides.append((fragment.last, fragment.shortest - 1, fragment.longest - 1))
    for states, shortest, longest in sides:
        words = builder.words(states)
        if words is not None:
            yield Part(words, before.shortest + shortest, before.longest + longest)


def _joints(
    begun: Iterable[tuple[int, _Fragment]], final: int, builder: _Builder
) -> Iterator[Joint]:
    """Yield the places between elements, each with the number of states and what stands before it.

    No match ends before state `final`, so that it goes on beyond every place before that.
    """
    for edge, before in begun:
        if before.nullable or final < edge:
            continue
        after = [state for state in builder.follow[before.last[0]] if state >= edge]
        words, next_words = builder.words(before.last), builder.words(after)
        if words is not None and next_words is not None:
            yield Joint(words, next_words, before.shortest - 1, before.longest - 1)


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
