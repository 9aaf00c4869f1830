"""Patterns found in a note, indexed by what is rarest in them.

Thousands of patterns tried one after the other cost about 200 times the tokenizer. Here each
pattern is filed under an anchor that every match of it holds: the words of one part, or two words
side by side. Only where its anchor stands in the note is a pattern tried, from as far before it as
the anchor can lie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from vbl_detect.lexicon import Automaton, Joint, Part
from vbl_detect.matching.common import COMMON_WORDS
from vbl_detect.matching.entry import STOP, Entry, Match
from vbl_detect.matching.overlaps import without_exceptions

#: Tokens that no gap reaches across.
STOP_TOKENS = frozenset({".", "!", "?", ";", ":", "...", "\u2026", "\u2022"})

#: Weights are counts in so many tokens.
_ALL = 100_000
#: What a word weighs that is not among the common ones, and a common one that has no count.
_UNCOMMON, _COMMON = 1, 200
#: A part that weighs no more is anchor enough; a pair would be rarer, but takes more memory.
_RARE = 20
#: A pair of more combinations is no anchor.
_MOST_PAIRS = 2_000


class _Filed(NamedTuple):
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


class _Anchor:
    """What is filed under a word.

    Attributes
    ----------
    codes : list of str
        The rows of which the word is a match by itself.
    alone : list of (frozenset of int, int, int, _Filed)
        Patterns that the word is rare enough for: words of which one must stand near it besides,
        where that may be (half-open, relative to the anchor), and the pattern.
    by_next : dict of int to list of _Filed
        The other patterns, by the next word.
    """

    __slots__ = ("alone", "by_next", "codes")

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.alone: list[tuple[frozenset[int], int, int, _Filed]] = []
        self.by_next: defaultdict[int, list[_Filed]] = defaultdict(list)


_Anchors: TypeAlias = dict[int, _Anchor]


class PatternIndex:
    """The compiled patterns of a lexicon, ready to be found.

    Parameters
    ----------
    patterns : mapping of str to iterable of Automaton
        What each code stands for.
    exceptions : mapping of str to iterable of Automaton
        For each code, the phrases in which its words mean something else.
    common_words : mapping of str to int, or collection of str
        Words to be avoided as anchors because every note is full of them, if known with how many
        of 100,000 tokens they are.

    Attributes
    ----------
    word_ids : dict of str to int
        The id of each word that a pattern names, and of the stop tokens; others are `UNKNOWN`.
    """

    def __init__(
        self,
        patterns: Mapping[str, Iterable[Automaton]],
        exceptions: Mapping[str, Iterable[Automaton]],
        common_words: Mapping[str, int] | Collection[str] = COMMON_WORDS,
    ) -> None:
        self.word_ids: dict[str, int] = dict.fromkeys(STOP_TOKENS, STOP)
        self._weights: Mapping[str, int] = (
            common_words
            if isinstance(common_words, Mapping)
            else dict.fromkeys(common_words, _COMMON)
        )
        self._ids = cache(self._number)
        self._weight = cache(self._weigh)
        self._anchors = self._by_anchor(patterns)
        self._exceptions = {
            code: self._by_anchor({code: automata}) for code, automata in exceptions.items()
        }

    def _by_anchor(self, patterns: Mapping[str, Iterable[Automaton]]) -> _Anchors:
        """File each automaton under the words of its anchor."""
        anchors: defaultdict[int, _Anchor] = defaultdict(_Anchor)
        for code, automata in patterns.items():
            for automaton in automata:
                self._file(Entry(code, automaton, self._ids), automaton, anchors)
        return dict(anchors)

    def _file(self, entry: Entry, automaton: Automaton, anchors: defaultdict[int, _Anchor]) -> None:
        part = min(automaton.parts, key=self._cost)
        joint = min(automaton.joints, key=self._joint_cost, default=None)
        if len(entry.slots) == 1:
            for word in self._ids(part.words):
                anchors[word].codes.append(entry.code)
        elif joint is not None and self._joint_cost(joint) < self._cost(part) > _RARE:
            filed = _Filed(entry, joint.nearest, joint.farthest)
            next_words = self._ids(joint.next_words)
            for word in self._ids(joint.words):
                by_next = anchors[word].by_next
                for next_word in next_words:
                    by_next[next_word].append(filed)
        else:
            filed = _Filed(entry, part.nearest, part.farthest)
            near = self._near(part, automaton.parts)
            for word in self._ids(part.words):
                anchors[word].alone.append((*near, filed))

    def _near(self, part: Part, parts: Sequence[Part]) -> tuple[frozenset[int], int, int]:
        """Return the rarest other part than the anchor, and where it may stand beside it."""

        def cost(other: Part) -> float:
            width = other.farthest - other.nearest + part.farthest - part.nearest + 1
            return self._weight(other.words) * width

        other = min((other for other in parts if other is not part), key=cost, default=part)
        low, high = other.nearest - part.farthest, other.farthest - part.nearest + 1
        return self._ids(other.words), low, high

    def _cost(self, part: Part) -> float:
        """Return what anchoring there costs: words that turn up often, places to begin."""
        return self._weight(part.words) * (part.farthest - part.nearest + 1)

    def _joint_cost(self, joint: Joint) -> float:
        if len(joint.words) * len(joint.next_words) > _MOST_PAIRS:
            return _ALL
        both = self._weight(joint.words) * self._weight(joint.next_words) / _ALL
        return both * (joint.farthest - joint.nearest + 1)

    def _weigh(self, words: frozenset[str]) -> int:
        """Return how often one of some words turns up."""
        weight = self._weights.get
        return sum([weight(word, _UNCOMMON) for word in words])

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
        found = _matches(self._anchors, words)
        if not found:
            return []
        exceptions: set[Match] = set()
        for code in {match.code for match in found} & self._exceptions.keys():
            exceptions |= _matches(self._exceptions[code], words)
        return sorted(without_exceptions(found, exceptions))


def _matches(anchors: _Anchors, words: Sequence[int]) -> set[Match]:
    """Return every match of the filed patterns."""
    found: set[Match] = set()
    for position, anchor in enumerate(map(anchors.get, words)):
        if anchor is None:
            continue
        for code in anchor.codes:
            found.add(Match(position, position + 1, code))
        tried: Sequence[_Filed] = ()
        if anchor.by_next and position + 1 < len(words):
            tried = anchor.by_next.get(words[position + 1], ())
        for needs, low, high, filed in anchor.alone:
            first = position + low
            if not needs.isdisjoint(words[first if first > 0 else 0 : position + high]):
                tried = [*tried, filed]
        for entry, nearest, farthest in tried:
            for start in range(max(position - farthest, 0), position - nearest + 1):
                if words[start] in entry.first_words:
                    found.update(
                        [Match(start, end, entry.code) for end in entry.ends(words, start)]
                    )
    return found
