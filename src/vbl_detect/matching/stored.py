"""An index as text, to be kept in a file: plain JSON, one line a word set, pattern and anchor.

Reading it back parses the first line alone; the other lines are parsed when a note first holds
their anchor, which for one note is a few hundred out of some twenty thousand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import accumulate, pairwise
from typing import Any

from vbl_detect.matching.entry import Entry
from vbl_detect.matching.index import Anchor, Anchors, Filed, PatternIndex

_GAP = -1


class _Numbered(dict[Any, int]):
    """Numbers things in the order in which they are first asked for."""

    def __missing__(self, key: Any) -> int:  # noqa: ANN401 - things of any kind
        self[key] = len(self)
        return self[key]


def dump_index(index: PatternIndex) -> str:
    """Return an index as text.

    Parameters
    ----------
    index : PatternIndex
        The index; it has no state but its patterns.
    """
    sets, filed = _Numbered(), _Numbered()
    anchors: list[str] = []

    def table(of: Anchors) -> list[tuple[int, int]]:
        places = []
        for word, anchor in of.items():
            if anchor is not None:
                places.append((word, len(anchors)))
                anchors.append(_line(_anchor_row(anchor, sets, filed)))
        return places

    head: dict[str, Any] = {
        "word_ids": index.word_ids,
        "anchors": table(index.anchors),
        "exceptions": {code: table(of) for code, of in index.exceptions.items()},
    }
    patterns = [_line(_filed_row(one, sets)) for one in filed]
    words = [_line(sorted(one)) for one in sets]
    head["lines"] = [len(words), len(patterns), len(anchors)]
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

    @cache
    def filed(number: int) -> Filed:
        code, nearest, farthest, slots, first, last, follow = json.loads(patterns[number])
        sets = [None if slot == _GAP else word_set(slot) for slot in slots]
        return Filed(Entry(code, sets, first, last, follow), nearest, farthest)

    def anchor(number: int) -> Anchor:
        found = Anchor()
        found.codes, alone, by_next = json.loads(anchors[number])
        found.alone = [(word_set(near), low, high, filed(n)) for near, low, high, n in alone]
        for word, numbers in by_next:
            found.by_next[word] = [filed(n) for n in numbers]
        return found

    return PatternIndex(
        content["word_ids"],
        _StoredAnchors(content["anchors"], anchor),
        {code: _StoredAnchors(table, anchor) for code, table in content["exceptions"].items()},
    )


class _StoredAnchors(Anchors):
    """Anchors that are read when they are first asked for."""

    def __init__(self, places: Iterable[tuple[int, int]], read: Callable[[int], Anchor]) -> None:
        super().__init__()
        self._places = dict(places)
        self._read = read

    def __missing__(self, word: int) -> Anchor | None:
        place = self._places.get(word)
        self[word] = None if place is None else self._read(place)
        return self[word]


def _anchor_row(anchor: Anchor, sets: Mapping[Any, int], filed: Mapping[Any, int]) -> list[Any]:
    return [
        anchor.codes,
        [[sets[near], low, high, filed[one]] for near, low, high, one in anchor.alone],
        [[word, [filed[one] for one in ones]] for word, ones in anchor.by_next.items()],
    ]


def _filed_row(filed: Filed, sets: Mapping[Any, int]) -> list[Any]:
    entry = filed.entry
    slots = [_GAP if slot is None else sets[slot] for slot in entry.slots]
    states = sorted(entry.first), sorted(entry.last)
    return [entry.code, filed.nearest, filed.farthest, slots, *states, entry.follow]


def _line(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
