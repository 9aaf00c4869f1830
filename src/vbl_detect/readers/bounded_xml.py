"""XML of packages as streams that stop before one row, or one text, fills the memory."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO, Any
from xml.parsers import expat

from vbl_detect.errors import ReaderError

#: Bytes of XML between the ends of two rows; the longest note that is read takes half of it, and a
#: row of a real export a thousandth.
MOST_BETWEEN = 64 << 20
_PIECE = 1 << 16


class BoundedXml(io.BufferedIOBase):
    """A stream of XML that is read as the one below it is.

    What makes rows of XML holds a row until it ends: a row without end is a memory without end.

    Parameters
    ----------
    stream : binary file
        What to read.
    ends : callable
        Tells of the name of an element that ends, without its prefix, and of its depth, from 1,
        whether nothing of it is held any more.
    fault : callable
        Makes the error to raise, from the attribute ``r`` of the last row and the last cell begun
        and the number of ends so far.

    Raises
    ------
    ReaderError
        When read, if there are more than `MOST_BETWEEN` bytes between two such ends.
    ValueError
        When read, if entities are declared, as no office program does.
    """

    def __init__(
        self,
        stream: IO[bytes],
        ends: Callable[[str, int], bool],
        fault: Callable[[str | None, str | None, int], ReaderError],
    ) -> None:
        self._stream = stream
        self._ends = ends
        self._fault = fault
        self._places: dict[str, str | None] = {}
        self._depth = self._count = self._read = self._end = 0
        self._parser: Any = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin_element
        self._parser.EndElementHandler = self._end_element
        self._parser.EntityDeclHandler = self._refuse_entities

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes, at most `size` of them."""
        if size is not None and size >= 0:
            return self._look_at(self._stream.read(size))
        pieces = []
        while piece := self._look_at(self._stream.read(_PIECE)):
            pieces.append(piece)
        return b"".join(pieces)

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def close(self) -> None:
        """Close the stream below."""
        self._stream.close()
        super().close()

    def _look_at(self, piece: bytes) -> bytes:
        if self._parser is None or not piece:
            return piece
        try:
            self._parser.Parse(piece)
        except expat.ExpatError:
            # What is wrong is for the reader to tell, who gets the same bytes.
            self._parser = None
            return piece
        self._read += len(piece)
        if self._read - self._end > MOST_BETWEEN:
            raise self._fault(self._places.get("row"), self._places.get("c"), self._count)
        return piece

    def _begin_element(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in {"row", "c"}:
            self._places[name] = attributes.get("r")

    def _end_element(self, name: str) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if self._ends(name, self._depth):
            self._count += 1
            self._end = self._parser.CurrentByteIndex
            self._places.clear()
        self._depth -= 1

    def _refuse_entities(self, *_: object) -> None:
        raise ValueError("entities are declared")
