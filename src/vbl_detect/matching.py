"""Patterns found in a note, indexed by anchor word.

Thousands of patterns tried one after the other cost about 200 times the tokenizer. Here each
pattern is filed under the words of its rarest required part, its anchor; only where such a word
stands in the note is the pattern tried, from as far before it as the anchor can lie. A test holds
the result equal to spaCy's plain ``Matcher``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from vbl_detect.lexicon import Automaton, Part

#: The id of a word that no pattern names.
UNKNOWN = 0
#: The id of a token that ends a sentence or a clause: no gap reaches across it.
STOP = -1
#: The id of a blank line: nothing reaches across it.
BREAK = -2

#: Tokens that no gap reaches across.
STOP_TOKENS = frozenset({".", "!", "?", ";", ":", "...", "\u2026", "\u2022"})

#: What a common word costs as an anchor; other words cost 1.
_COMMON_COST = 40


class Match(NamedTuple):
    """One row of the lexicon found at ``words[start:end]``."""

    start: int
    end: int
    code: str


class _Entry:
    """An automaton with its words as ids, and where to begin once its anchor is seen."""

    __slots__ = (
        "code",
        "farthest",
        "first",
        "first_words",
        "follow",
        "last",
        "nearest",
        "required",
        "slots",
    )

    def __init__(
        self,
        code: str,
        automaton: Automaton,
        anchor: Part,
        ids: Callable[[frozenset[str]], frozenset[int]],
    ) -> None:
        self.code = code
        self.nearest, self.farthest = anchor.nearest, anchor.farthest
        self.required = [ids(part.words) for part in automaton.parts if part is not anchor]
        self.slots = [None if slot is None else ids(slot) for slot in automaton.slots]
        self.first = automaton.first
        self.last = automaton.last
        self.follow = automaton.follow
        self.first_words = frozenset[int]().union(
            *(slot for state in self.first if (slot := self.slots[state]) is not None)
        )

    def ends(self, words: Sequence[int], start: int) -> Iterator[int]:
        """Yield the end of each match that begins at `start`, whose word it may begin with."""
        slots, follow = self.slots, self.follow
        states: Collection[int] = [
            state for state in self.first if words[start] in (slots[state] or ())
        ]
        position = start + 1
        while states:
            if not self.last.isdisjoint(states):
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


#: Automata by the words of their anchors.
_Anchors: TypeAlias = defaultdict[int, list[_Entry]]


class PatternIndex:
    """The compiled patterns of a lexicon, ready to be found.

    Parameters
    ----------
    patterns : mapping of str to iterable of Automaton
        What each code stands for.
    exceptions : mapping of str to iterable of Automaton
        For each code, the phrases in which its words mean something else.
    common_words : collection of str
        Words to be avoided as anchors because every note is full of them.

    Attributes
    ----------
    word_ids : dict of str to int
        The id of each word that a pattern names, and of the stop tokens; others are `UNKNOWN`.
    """

    def __init__(
        self,
        patterns: Mapping[str, Iterable[Automaton]],
        exceptions: Mapping[str, Iterable[Automaton]],
        common_words: Collection[str] = frozenset(),
    ) -> None:
        self.word_ids: dict[str, int] = dict.fromkeys(STOP_TOKENS, STOP)
        self._common_words = common_words
        self._ids = cache(self._number)
        self._anchors = self._by_anchor(patterns)
        self._exceptions = self._by_anchor(exceptions)

    def _by_anchor(self, patterns: Mapping[str, Iterable[Automaton]]) -> _Anchors:
        """File each automaton under the words of its anchor."""
        anchors: _Anchors = defaultdict(list)
        for code, automata in patterns.items():
            for entry, anchor in self._entries(code, automata):
                for word in self._ids(anchor.words):
                    anchors[word].append(entry)
        return anchors

    def _entries(self, code: str, automata: Iterable[Automaton]) -> Iterator[tuple[_Entry, Part]]:
        for automaton in automata:
            anchor = min(automaton.parts, key=self._cost)
            yield _Entry(code, automaton, anchor, self._ids), anchor

    def _cost(self, part: Part) -> int:
        """Return what anchoring there costs: words that turn up often, places to begin."""
        common = sum(word in self._common_words or not word[:1].isalnum() for word in part.words)
        words = len(part.words) + _COMMON_COST * common
        return words * (part.farthest - part.nearest + 1)

    def _number(self, words: frozenset[str]) -> frozenset[int]:
        return frozenset([self.word_ids.setdefault(word, len(self.word_ids) + 1) for word in words])

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
        present = set(words)
        found = _matches(self._anchors, words, present)
        if not found or not self._exceptions:
            return sorted(found)
        codes = {match.code for match in found}
        return sorted(without_exceptions(found, _matches(self._exceptions, words, present, codes)))


def _matches(
    anchors: _Anchors, words: Sequence[int], present: set[int], codes: set[str] | None = None
) -> set[Match]:
    """Return every match of the filed patterns, of all codes or of some."""
    possible = {
        word: [
            entry
            for entry in anchors[word]
            if (codes is None or entry.code in codes)
            and not any(part.isdisjoint(present) for part in entry.required)
        ]
        for word in present & anchors.keys()
    }
    found: set[Match] = set()
    for position, word in enumerate(words):
        for entry in possible.get(word, ()):
            begin = max(position - entry.farthest, 0)
            for start in range(begin, position - entry.nearest + 1):
                if words[start] in entry.first_words:
                    for end in entry.ends(words, start):
                        found.add(Match(start, end, entry.code))
    return found


def without_exceptions(found: Iterable[Match], exceptions: Collection[Match]) -> list[Match]:
    """Return the matches that no exception of the same code overlaps.

    Parameters
    ----------
    found : iterable of Match
        The matches.
    exceptions : collection of Match
        Where a code's words mean something else.
    """
    if not exceptions:
        return list(found)
    return [
        match
        for match in found
        if not any(
            match.code == other.code and match.start < other.end and other.start < match.end
            for other in exceptions
        )
    ]


def keep_most_specific(
    matches: Iterable[Match], categories: Mapping[str, str], ranks: Mapping[str, int]
) -> list[Match]:
    """Return the matches to report where several overlap.

    A match inside another gives way to it, whatever its category: the longer wording is the more
    specific. Within a category, partly overlapping matches give way to the longest; between
    categories both stay. Source: domain guidance, section 1, rule 3.

    Parameters
    ----------
    matches : iterable of Match
        Every match.
    categories : mapping of str to str
        The category of each code.
    ranks : mapping of str to int
        How grave each code is, 0 the gravest; it decides between matches on the same words.

    Returns
    -------
    list of Match
        In the order of start, end and code.
    """
    kept: list[Match] = []
    by_length = sorted(matches, key=lambda m: (m.start - m.end, ranks[m.code], m.start, m.code))
    for match in by_length:
        if not any(
            (other.start <= match.start and match.end <= other.end)
            or (
                categories[other.code] == categories[match.code]
                and other.start < match.end
                and match.start < other.end
            )
            for other in kept
        ):
            kept.append(match)
    return sorted(kept)
