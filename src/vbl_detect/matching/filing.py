"""Patterns filed under what is rarest in them, so that an index can find them.

Thousands of patterns tried one after the other cost about 200 times the tokenizer. Here each
pattern is filed under an anchor that every match of it holds: the words of one part, or two words
side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from vbl_detect.lexicon import Automaton, Joint, Part
from vbl_detect.matching.anchors import Anchors, Company
from vbl_detect.matching.common import COMMON_WORDS
from vbl_detect.matching.entry import STOP, Entry
from vbl_detect.matching.index import STOP_TOKENS, Exceptions, Filed, PatternIndex

#: Weights are counts in so many tokens.
_ALL = 100_000
#: What a word weighs that is not among the common ones, and a common one that has no count.
_UNCOMMON, _COMMON = 1, 200
#: A part that weighs no more is anchor enough; a pair would be rarer, but takes more memory.
_RARE = 20
#: A pair of more combinations is no anchor.
_MOST_PAIRS = 2_000
#: A pattern is tried where so many parts of it stand near the anchor; nearly all that fail at all
#: fail at the rarest two.
_MOST_COMPANIES = 2


def build_index(
    patterns: Mapping[str, Iterable[Automaton]],
    exceptions: Mapping[str, Collection[Automaton]],
    common_words: Mapping[str, int] | Collection[str] = COMMON_WORDS,
) -> PatternIndex:
    """Return the index of compiled patterns.

    Parameters
    ----------
    patterns : mapping of str to iterable of Automaton
        What each code stands for.
    exceptions : mapping of str to collection of Automaton
        For each code, the phrases in which its words mean something else.
    common_words : mapping of str to int, or collection of str
        Words to be avoided as anchors because every note is full of them, if known with how many
        of 100,000 tokens they are.
    """
    filing = _Filing(common_words)
    anchors = filing.by_anchor(patterns)
    by_code = {code: filing.exceptions(code, of) for code, of in exceptions.items() if of}
    return PatternIndex(filing.word_ids, anchors, by_code, filing.patterns)


class _Filing:
    """Files automata under their anchors, and numbers their words."""

    def __init__(self, common_words: Mapping[str, int] | Collection[str]) -> None:
        self.word_ids: dict[str, int] = dict.fromkeys(STOP_TOKENS, STOP)
        self.patterns: list[Filed] = []
        self._weights: Mapping[str, int] = (
            common_words
            if isinstance(common_words, Mapping)
            else dict.fromkeys(common_words, _COMMON)
        )
        self._ids = cache(self._number)
        self._weight = cache(self._weigh)

    def by_anchor(self, patterns: Mapping[str, Iterable[Automaton]]) -> Anchors:
        """File each automaton under the words of its anchor."""
        anchors = Anchors()
        for code, automata in patterns.items():
            for automaton in automata:
                self._file(Entry.of(code, automaton, self._ids), automaton, anchors)
        return anchors

    def exceptions(self, code: str, automata: Iterable[Automaton]) -> Exceptions:
        """File the phrases in which a row's words mean something else."""
        first = len(self.patterns)
        anchors = self.by_anchor({code: automata})
        longest = max([filed.entry.longest() for filed in self.patterns[first:]], default=1)
        words = frozenset([word for word, anchor in anchors.items() if anchor is not None])
        return Exceptions(anchors, words, longest)

    def _file(self, entry: Entry, automaton: Automaton, anchors: Anchors) -> None:
        part = min(automaton.parts, key=self._cost)
        joint = min(automaton.joints, key=self._joint_cost, default=None)
        if len(entry.slots) == 1:
            for word in self._ids(part.words):
                anchors.at(word).codes.append(entry.code)
        elif joint is not None and self._joint_cost(joint) < self._cost(part) > _RARE:
            next_words = self._ids(joint.next_words)
            for word in self._ids(joint.words):
                by_next = anchors.at(word).by_next
                for next_word in next_words:
                    by_next.setdefault(next_word, []).append(len(self.patterns))
            others = [p for p in automaton.parts if p.words not in (joint.words, joint.next_words)]
            companies = self._companies(joint, others)
            self.patterns.append(Filed(entry, joint.nearest, joint.farthest, companies))
        else:
            others = [other for other in automaton.parts if other is not part]
            near, *further = self._companies(part, others or [part])
            for word in self._ids(part.words):
                anchors.at(word).alone.setdefault(near, []).append(len(self.patterns))
            self.patterns.append(Filed(entry, part.nearest, part.farthest, tuple(further)))

    def _companies(self, anchor: Part | Joint, parts: Iterable[Part]) -> tuple[Company, ...]:
        """Return the rarest parts of a pattern, and where they may stand beside its anchor."""

        def cost(part: Part) -> float:
            width = part.farthest - part.nearest + anchor.farthest - anchor.nearest + 1
            return self._weight(part.words) * width

        return tuple(
            Company(
                self._ids(part.words),
                part.nearest - anchor.farthest,
                part.farthest - anchor.nearest + 1,
            )
            for part in sorted(parts, key=cost)[:_MOST_COMPANIES]
        )

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
