"""Office files: what is wrong with one comes as one error with a remedy."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import Source

#: To how many bytes the parts that are held in memory may unpack, and those read as a stream.
MOST_UNPACKED = {".docx": 1 << 29, ".odt": 1 << 29, ".xlsx": 1 << 30, ".ods": 1 << 32}
MOST_STREAMED = 1 << 32
_STREAMED = "xl/worksheets/"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# All that openpyxl and python-docx raise on parts that are missing, cut off or out of order;
# the errors of XML parsers are syntax errors.
_DAMAGE = (
    AttributeError, BadZipFile, EOFError, LookupError, RuntimeError, SyntaxError, TypeError,
    ValueError, zlib.error,
)  # fmt: skip


@contextmanager
def open_office_file(source: Source, *, application: str, suffix: str) -> Iterator[BinaryIO]:
    """Open an Office file to be read by a library within the block.

    Parameters
    ----------
    source : Source
        The file.
    application, suffix : str
        What opens such a file and what it is saved as, for the remedy: ``"Excel"``, ``".xlsx"``.

    Raises
    ------
    ReaderError
        If the file is protected by a password, of another kind, or damaged.
    """
    with source.path.open("rb") as stream:
        fault = _other_kind(stream, application, suffix)
        if fault:
            raise ReaderError(fault, path=source.name)
        try:
            _refuse_bomb(stream, source, application, suffix)
            yield stream
        except (*_DAMAGE, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                # The disk's fault, not the file's: openpyxl's own errors have no number.
                raise
            msg = f"the file is damaged; open it in {application} and save it again as {suffix}"
            raise ReaderError(msg, path=source.name) from error


def unpacked_size(file: Path | BinaryIO) -> int:
    """Return to how many bytes an office file unpacks, as it tells itself; 0 for other files.

    Parameters
    ----------
    file : Path or binary file
        The file; what is wrong with it is for its reader to tell.
    """
    try:
        with ZipFile(file) as package:
            return sum(part.file_size for part in package.infolist())
    except (OSError, ValueError, NotImplementedError, BadZipFile):
        return 0


def _refuse_bomb(stream: BinaryIO, source: Source, application: str, suffix: str) -> None:
    """Refuse a package that unpacks to more than any real file of its kind."""
    with ZipFile(stream) as package:
        # No part unpacks to more than it says: what follows is not read.
        parts = package.infolist()
    stream.seek(0)
    streamed = sum(part.file_size for part in parts if part.filename.startswith(_STREAMED))
    held = sum(part.file_size for part in parts) - streamed
    for unpacked, most in ((held, MOST_UNPACKED[suffix]), (streamed, MOST_STREAMED)):
        if unpacked > most:
            msg = (
                f"the file unpacks to {unpacked >> 20:,} MB, more than the {most >> 20:,} MB that "
                f"are read; open it in {application} and split it"
            )
            raise ReaderError(msg, path=source.name)


def _other_kind(stream: BinaryIO, application: str, suffix: str) -> str | None:
    """Return what is wrong if this is no zip file, else None."""
    content = stream.read(len(_OLE))
    fault: str | None = None
    if not content:
        fault = "the file is empty; save it again"
    elif content == _OLE and _ENCRYPTED in stream.read():
        fault = (
            f"the file is protected by a password; open it in {application}, take the password "
            f"off and save it as {suffix}"
        )
    elif content == _OLE:
        fault = (
            f"this is an older {application} file under a new name; open it in {application} "
            f"and save it as {suffix}"
        )
    elif not content.startswith(b"PK"):
        fault = f"this is no {suffix} file; open it in {application} and save it as {suffix}"
    stream.seek(0)
    return fault
