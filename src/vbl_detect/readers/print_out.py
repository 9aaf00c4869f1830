"""A printed page's lines in rows, without those that run through all pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Line(NamedTuple):
    """A piece of printed line; places in points from the page's left and upper edges."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


class Rule(NamedTuple):
    """A line drawn across a page, or an edge of a box."""

    top: float
    left: float
    right: float


class Page(NamedTuple):
    """A page's number, from 1, with its lines and rules in any order."""

    number: int
    lines: Sequence[Line]
    rules: Sequence[Rule] = ()


#: What stands side by side on one page, from left to right.
Row = tuple[Line, ...]


#: Lines that overlap by this share of the lower one's height stand in one row.
_SAME_ROW = 0.5
#: A row runs through the pages if it stands on this share of them, and on two at least.
_RUNNING_SHARE, _LEAST_PAGES = 0.4, 2
#: Running rows are parted from the text by a gap so much wider than that between lines.
_PARTED = 1.2
_MOST_RUNNING_ROWS = 8
_PAGE_NUMBER = re.compile(
    r"\b(?:page|pg\.?|p\.?)\s*\d+(?:\s*(?:of|/)\s*\d+)?|\b\d+\s*(?:of|/)\s*\d+\s*$|^\W*\d{1,4}\W*$",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(
    r"\W*(?:(?:page|pg|p)\.?\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE
)
_PAGE_N_OF_M = re.compile(r"\W*page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Return the lines of a page as rows, from the top down.

    Parameters
    ----------
    lines : sequence of Line
        In any order.
    """
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        if rows and _overlap(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [tuple(sorted(row, key=lambda line: line.left)) for row in rows]


def _overlap(one: Line, other: Line) -> bool:
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return common >= _SAME_ROW * min(one.bottom - one.top, other.bottom - other.top)


def without_running(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """Return the pages without running headers and footers, and without page numbers.

    A row is one if its words, page numbers aside, stand at the same place of several pages, only
    such rows are nearer to the page's edge, and a gap parts them from the text.

    Parameters
    ----------
    pages : sequence of list of Row
        The rows of each page.
    """
    counts: Counter[tuple[str, int]] = Counter()
    for rows in pages:
        edges = {*rows[:_MOST_RUNNING_ROWS], *rows[-_MOST_RUNNING_ROWS:]}
        counts.update({(_key(row), round(row[0].top)) for row in edges})
    least = max(_LEAST_PAGES, len(pages) * _RUNNING_SHARE)

    def runs(row: Row) -> bool:
        if all(_NUMBER_ALONE.fullmatch(line.text) for line in row):
            return True
        key, place = _key(row), round(row[0].top)
        return sum(counts[key, place + step] for step in (-1, 0, 1)) >= least

    return [_trimmed(rows, runs) for rows in pages]


def _trimmed(rows: list[Row], runs: Callable[[Row], bool]) -> list[Row]:
    gap = _usual_gap(rows)
    first = _running(rows, runs, gap)
    last = _running(rows[first:][::-1], runs, gap)
    return rows[first : len(rows) - last]


def _running(rows: Sequence[Row], runs: Callable[[Row], bool], gap: float) -> int:
    """Return how many rows at the edge of a page run through the pages."""
    count = 0
    for number, row in enumerate(rows[:_MOST_RUNNING_ROWS], 1):
        if not runs(row):
            break
        is_last = number == len(rows)
        is_parted = is_last or abs(rows[number][0].top - row[0].top) > _PARTED * gap
        if is_parted or all(_PAGE_N_OF_M.fullmatch(line.text) for line in row):
            count = number
    return count


def _usual_gap(rows: Sequence[Row]) -> float:
    gaps = sorted(after[0].top - before[0].top for before, after in pairwise(rows))
    return gaps[len(gaps) // 3] if gaps else 0.0


def _key(row: Row) -> str:
    return "\t".join(_PAGE_NUMBER.sub("#", line.text) for line in row)
