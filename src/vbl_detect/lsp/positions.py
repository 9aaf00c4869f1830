"""Places in a text as editors count them: lines from 0, and columns in units of an encoding.

pygls has a codec of its own, which ends lines at form feeds and other characters at which no editor
does; texts pasted from Word hold such characters.
"""

from __future__ import annotations

from bisect import bisect_right

from lsprotocol.types import Position, PositionEncodingKind, Range

from vbl_detect.fingerprints import line_starts

_ASTRAL = "\uffff"


class Positions:
    """The places in one text.

    Parameters
    ----------
    text : str
        The text.
    encoding : str
        What columns count: units of ``utf-16``, the protocol's default, ``utf-8`` or ``utf-32``.
    """

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        self._text = text
        self._encoding = str(encoding)
        self._starts = line_starts(text)

    def position(self, offset: int) -> Position:
        """Return the place of an offset, in code points.

        Parameters
        ----------
        offset : int
            From 0 up to the length of the text.
        """
        line = bisect_right(self._starts, offset) - 1
        return Position(line, self._units(self._text[self._starts[line] : offset]))

    def range(self, start: int, end: int) -> Range:
        """Return the places between two half-open offsets."""
        return Range(self.position(start), self.position(end))

    def line(self, number: int) -> Range:
        """Return the whole of a line, from 1, without what ends it; of the last one if too far."""
        start, end = self._bounds(number - 1)
        return self.range(start, end)

    def offset(self, position: Position) -> int:
        """Return the offset of a place; one beyond its line's end is that end."""
        start, end = self._bounds(position.line)
        units, offset = 0, start
        while offset < end and units < position.character:
            units += self._units(self._text[offset])
            offset += 1
        return offset

    def _bounds(self, line: int) -> tuple[int, int]:
        line = min(max(line, 0), len(self._starts) - 1)
        following = self._starts[line + 1 : line + 2] or [len(self._text)]
        start = self._starts[line]
        return start, start + len(self._text[start : following[0]].rstrip("\r\n"))

    def _units(self, text: str) -> int:
        if self._encoding == PositionEncodingKind.Utf32 or text.isascii():
            return len(text)
        if self._encoding == PositionEncodingKind.Utf8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(char > _ASTRAL for char in text)
