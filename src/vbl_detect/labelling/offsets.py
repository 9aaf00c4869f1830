"""Offsets as labelling tools count them, and line breaks as they show them.

The project counts Unicode code points, as Python does. Tools that run in a browser may count
UTF-16 code units (an emoji is two) or grapheme clusters (a letter with its accents is one).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, get_args

import regex

Unit = Literal["code-points", "utf-16", "graphemes"]
UNITS: tuple[Unit, ...] = get_args(Unit)

_CLUSTER = regex.compile(r"\X")
_LAST_OF_ONE_UNIT = 0xFFFF


class Ruler:
    """Converts offsets in one text between code points and another unit.

    Parameters
    ----------
    text : str
        The text.
    unit : {"code-points", "utf-16", "graphemes"}
        What the tool counts.
    """

    def __init__(self, text: str, unit: Unit) -> None:
        self._length = len(text)
        # For each position of the tool, the code point that stands there; empty: they are the same.
        self._points: Sequence[int] = ()
        #: Code points at which the tool cannot place an offset.
        self._inside: frozenset[int] = frozenset()
        if unit == "utf-16" and not text.isascii():
            widths = [2 if ord(character) > _LAST_OF_ONE_UNIT else 1 for character in text]
            self._points = [p for p, width in enumerate(widths) for _ in range(width)]
            self._points.append(self._length)
            starts = accumulate(widths, initial=0)
            self._units = list(starts)
        elif unit == "graphemes" and (not text.isascii() or "\r" in text):
            self._points = [*(found.start() for found in _CLUSTER.finditer(text)), self._length]
            self._inside = frozenset(range(self._length)) - frozenset(self._points)
            self._units = [bisect_left(self._points, point) for point in range(self._length + 1)]

    def of_tool(self, start: int, end: int) -> tuple[int, int]:
        """Return a stretch as the tool counts it; one that begins or ends inside a cluster grows.

        Parameters
        ----------
        start, end : int
            Half-open, in code points.
        """
        if not self._points:
            return start, end
        first = self._units[start] - (start in self._inside)
        return first, self._units[end]

    def of_text(self, start: int, end: int) -> tuple[int, int] | None:
        """Return a stretch in code points; None if the tool's offsets do not fit the text.

        Parameters
        ----------
        start, end : int
            Half-open, as the tool counts.
        """
        if not self._points:
            return (start, end) if 0 <= start < end <= self._length else None
        if not 0 <= start < end < len(self._points):
            return None
        found = self._points[start], self._points[end]
        halves = any(i and self._points[i] == self._points[i - 1] for i in (start, end))
        return None if halves else found


def counts_alike(text: str) -> bool:
    """Tell whether all units give the same offsets in a text."""
    return text.isascii() or all(
        found.end() - found.start() == 1 and ord(found[0]) <= _LAST_OF_ONE_UNIT
        for found in _CLUSTER.finditer(text)
    )


class Breaks:
    r"""The text without the ``\r`` of its ``\r\n``, which tools show as an empty line or drop.

    Parameters
    ----------
    at : sequence of int
        Offsets in the whole text at which the carriage returns stand, in order.

    Attributes
    ----------
    at : tuple of int
        The same.
    """

    def __init__(self, at: Sequence[int]) -> None:
        self.at = tuple(at)
        self._shown_at = [place - number for number, place in enumerate(self.at)]

    @classmethod
    def of(cls, text: str) -> Breaks:
        """Return the breaks of a whole text."""
        return cls([found.start() for found in regex.finditer("\r(?=\n)", text)])

    def shown(self, text: str) -> str:
        """Return the text as the tool shows it."""
        gone = set(self.at)
        if not gone:
            return text
        return "".join(character for place, character in enumerate(text) if place not in gone)

    def whole(self, shown: str) -> str:
        """Return the whole text again."""
        pieces, last = [], 0
        for place in self._shown_at:
            pieces += [shown[last:place], "\r"]
            last = place
        return "".join((*pieces, shown[last:]))

    def to_shown(self, offset: int) -> int:
        """Return an offset of the whole text in the text shown."""
        return offset - bisect_left(self.at, offset)

    def to_whole(self, offset: int, *, end: bool = False) -> int:
        """Return an offset of the text shown in the whole text.

        Parameters
        ----------
        offset : int
            The offset.
        end : bool
            Whether a stretch ends there, so that it stops before a break and not inside it.
        """
        before = bisect_left(self._shown_at, offset + (not end))
        return offset + before
