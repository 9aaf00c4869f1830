"""OpenDocument files: opened as packages of XML, with one error for what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from zipfile import ZipFile

from lxml import etree

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import Source
from vbl_detect.readers.office_file import open_office_file
from vbl_detect.readers.word_text import Element

#: A part that is read whole unpacks to no more bytes than this.
LARGEST_PART = 1 << 29
_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = (b"encryption-data", b"encrypted-package")


@contextmanager
def open_odf_file(source: Source, *, suffix: str) -> Iterator[ZipFile]:
    """Open the package of an OpenDocument file within the block.

    Parameters
    ----------
    source : Source
        The file.
    suffix : str
        What it is saved as, for the remedy: ``".odt"``.

    Raises
    ------
    ReaderError
        If the file is protected by a password, of another kind, or damaged.
    """
    with (
        open_office_file(source, application="LibreOffice", suffix=suffix) as stream,
        ZipFile(stream) as package,
    ):
        names = package.namelist()
        manifest = _read(package, _MANIFEST, source) if _MANIFEST in names else b""
        if any(mark in manifest for mark in _ENCRYPTED) or "encrypted-package" in names:
            msg = (
                "the file is protected by a password; open it in LibreOffice, take the password "
                f"off and save it as {suffix}"
            )
            raise ReaderError(msg, path=source.name)
        yield package


def read_part(package: ZipFile, name: str, source: Source) -> Element:
    """Return the root of a part of the package.

    Parameters
    ----------
    package : ZipFile
        The package.
    name : str
        The part: ``"content.xml"``.
    source : Source
        The file.

    Raises
    ------
    ReaderError
        If it unpacks to more than `LARGEST_PART` bytes.
    """
    # No entities: a draft from outside is read, never obeyed.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(_read(package, name, source), parser)


def _read(package: ZipFile, name: str, source: Source) -> bytes:
    if package.getinfo(name).file_size > LARGEST_PART:
        msg = "the file unpacks to more than 500 MB of text; split it into smaller files"
        raise ReaderError(msg, path=source.name)
    return package.read(name)
