"""Office files: what is wrong with one comes as one error with a remedy."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from zipfile import BadZipFile

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import Source

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
            yield stream
        except (*_DAMAGE, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                # The disk's fault, not the file's: openpyxl's own errors have no number.
                raise
            msg = f"the file is damaged; open it in {application} and save it again as {suffix}"
            raise ReaderError(msg, path=source.name) from error


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
