"""How much a PDF file may unpack to: pdfminer.six itself unpacks whatever it is given."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from io import BytesIO

from pdfminer import pdftypes
from pdfminer.lzw import LZWDecoder, lzwdecode
from pdfminer.pdftypes import PDFObjRef
from pdfminer.runlength import rldecode

#: In bytes, for all streams of a file that are looked at; pictures are not. Three thousand printed
#: pages need as much, and minutes to read.
MOST_UNPACKED = 1 << 26


class UnpacksToTooMuchError(Exception):
    """A file whose streams unpack to more than `MOST_UNPACKED`."""


@dataclass
class _Budget:
    left: int

    def spend(self, content: bytes) -> bytes:
        self.left -= len(content)
        if self.left < 0:
            raise UnpacksToTooMuchError
        return content


_budget: ContextVar[_Budget | None] = ContextVar("budget", default=None)


@contextmanager
def bounded_streams() -> Iterator[None]:
    """Hold all that is unpacked within the block to `MOST_UNPACKED` bytes.

    Raises
    ------
    UnpacksToTooMuchError
        As soon as more would be unpacked.
    """
    # The library offers no limit. What stands in its place does as it did where no block is open,
    # so that other users of the library in this process notice nothing.
    vars(pdftypes).update(_IN_PLACE)
    setattr(PDFObjRef, "resolve", _resolve)  # noqa: B010 - types forbid the assignment
    token = _budget.set(_Budget(MOST_UNPACKED))
    try:
        yield
    finally:
        _budget.reset(token)


class _Unpacking:
    """A `zlib.decompressobj` that spends the budget."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes:
        budget = _budget.get()
        if budget is None:
            return self._inner.decompress(data)
        return budget.spend(self._inner.decompress(data, budget.left + 1))

    @property
    def complete(self) -> bool:
        return self._inner.eof


class _Zlib:
    """As much of the module `zlib` as the library uses."""

    error = zlib.error
    decompressobj = _Unpacking

    def decompress(self, data: bytes) -> bytes:
        unpacking = _Unpacking()
        content = unpacking.decompress(data)
        if not unpacking.complete:
            raise zlib.error("incomplete or truncated stream")
        return content


def _lzw(data: bytes) -> bytes:
    budget = _budget.get()
    if budget is None:
        return lzwdecode(data)
    return b"".join(map(budget.spend, LZWDecoder(BytesIO(data)).run()))


def _run_length(data: bytes) -> bytes:
    budget = _budget.get()
    content = rldecode(data)
    return content if budget is None else budget.spend(content)


def _resolve(reference: PDFObjRef, default: object = None) -> object:
    """Return what a reference leads to; one that leads back to itself, the library follows on."""
    seen = {reference.objid}
    found = _follow(reference, default)
    while isinstance(found, PDFObjRef):
        if found.objid in seen:
            return default
        seen.add(found.objid)
        found = _follow(found, default)
    return found


_follow = PDFObjRef.resolve
_IN_PLACE: Mapping[str, object] = {"zlib": _Zlib(), "lzwdecode": _lzw, "rldecode": _run_length}
