"""An index as text, to be kept in a file: plain JSON, one line a word set, pattern and anchor.

Reading it back parses the first line alone; the others are parsed when a note first needs them,
which for one note is a few hundred out of some twenty thousand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Any

from vbl_detect.matching.anchors import Anchor, Anchors, Company
from vbl_detect.matching.entry import Entry
from vbl_detect.matching.index import Exceptions, Filed, PatternIndex

#: Stands for the words of a state in a gap, which reads any.
_ANY = -1


class _WordSets(dict[frozenset[int], int]):
    """Numbers sets of words in the order in which they are first asked for."""

    def __missing__(self, words: frozenset[int]) -> int:
        self[words] = len(self)
        return self[words]


def dump_index(index: PatternIndex) -> str:
    """Return an index as text.

    Parameters
    ----------
    index : PatternIndex
        An index that `build_index` returned.
    """
    sets = _WordSets()
    anchors: list[str] = []

    def table(of: Anchors) -> list[tuple[int, int]]:
        """Return the words of anchors, each with the number of the line about it."""
        first = len(anchors)
        there = [(word, anchor) for word, anchor in of.items() if anchor is not None]
        anchors.extend(_line(_anchor_row(anchor, sets)) for _, anchor in there)
        return [(word, number) for number, (word, _) in enumerate(there, first)]

    tables = {
        "anchors": table(index.anchors),
        "exceptions": {
            code: (table(of.anchors), of.longest) for code, of in index.exceptions.items()
        },
    }
    patterns = [
        _line(_pattern_row(index.patterns[number], sets)) for number in range(len(index.patterns))
    ]
    words = [_line(sorted(one)) for one in sets]
    head = {
        "word_ids": index.word_ids,
        **tables,
        "lines": [len(words), len(patterns), len(anchors)],
    }
    return "\n".join([_line(head), *words, *patterns, *anchors])


def load_index(text: str) -> PatternIndex:
    """Return the index that `dump_index` wrote.

    Parameters
    ----------
    text : str
        The text, unchanged.
    """
    head, *lines = text.split("\n")
    content = json.loads(head)
    edges = [0, *accumulate(content["lines"])]
    words, patterns, anchors = (lines[start:end] for start, end in pairwise(edges))

    @cache
    def word_set(number: int) -> frozenset[int]:
        return frozenset(json.loads(words[number]))

    def pattern(number: int) -> Filed:
        code, nearest, farthest, near, slots, first, last, follow = json.loads(patterns[number])
        sets = [None if slot == _ANY else word_set(slot) for slot in slots]
        companies = tuple(Company(word_set(of), low, high) for of, low, high in near)
        return Filed(Entry(code, sets, first, last, follow), nearest, farthest, companies)

    def anchor(number: int) -> Anchor:
        found = Anchor()
        found.codes, alone, by_next = json.loads(anchors[number])
        found.alone = {Company(word_set(near), low, high): of for near, low, high, of in alone}
        found.by_next = dict(by_next)
        return found

    return PatternIndex(
        content["word_ids"],
        _StoredAnchors(content["anchors"], anchor),
        {
            code: Exceptions(
                _StoredAnchors(table, anchor), frozenset([word for word, _ in table]), longest
            )
            for code, (table, longest) in content["exceptions"].items()
        },
        _StoredPatterns(pattern, len(patterns)),
    )


class _StoredAnchors(Anchors):
    """Anchors that are read when they are first asked for."""

    def __init__(self, numbers: Iterable[tuple[int, int]], read: Callable[[int], Anchor]) -> None:
        super().__init__()
        self._numbers = dict(numbers)
        self._read = read

    def __missing__(self, word: int) -> Anchor | None:
        number = self._numbers.get(word)
        self[word] = None if number is None else self._read(number)
        return self[word]


class _StoredPatterns(dict[int, Filed]):
    """Patterns that are read when they are first asked for."""

    def __init__(self, read: Callable[[int], Filed], length: int) -> None:
        super().__init__()
        self._read, self._length = read, length

    def __missing__(self, number: int) -> Filed:
        self[number] = self._read(number)
        return self[number]

    def __len__(self) -> int:
        return self._length


def _anchor_row(anchor: Anchor, sets: _WordSets) -> Sequence[Any]:
    alone = [(sets[near], low, high, of) for (near, low, high), of in anchor.alone.items()]
    return anchor.codes, alone, list(anchor.by_next.items())


def _pattern_row(filed: Filed, sets: _WordSets) -> Sequence[Any]:
    entry = filed.entry
    slots = [_ANY if slot is None else sets[slot] for slot in entry.slots]
    near = [(sets[words], low, high) for words, low, high in filed.companies]
    states = sorted(entry.first), sorted(entry.last)
    return entry.code, filed.nearest, filed.farthest, near, slots, *states, entry.follow


def _line(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    return json.dumps(value, separators=(",", ":"))
