"""OpenDocument texts, as LibreOffice writes them, all changes accepted: one note a document."""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import ZipFile

from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.odf_file import open_odf_file, read_part
from vbl_detect.readers.odf_text import Asides, paragraphs_of
from vbl_detect.readers.paragraphs import note_of
from vbl_detect.readers.word_text import local_name
from vbl_detect.records import Note

_STYLES = "styles.xml"


def read(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:  # noqa: ARG001 - every reader's signature
    """Yield the one note of an OpenDocument text; none if there is no text in it.

    The order is that of Word documents: the body, tables where they stand, then headers, footers,
    footnotes, endnotes and comments. Inserted text is read, deleted text is not.

    Parameters
    ----------
    source : Source
        The file.
    options : ReadOptions
        None concerns documents.
    listener : ReadListener
        Hears when the file is done.

    Raises
    ------
    ReaderError
        If the file is protected by a password, of another kind, or damaged.
    """
    with open_odf_file(source, suffix=".odt") as package:
        note = note_of(_paragraphs(package, source), source)
    if note is not None:
        yield note
    listener.progress(1.0)


def _paragraphs(package: ZipFile, source: Source) -> Iterator[str]:
    asides = Asides()
    (body,) = read_part(package, "content.xml", source).iterfind("{*}body")
    yield from paragraphs_of(body, asides)
    yield from _headers_and_footers(package, source, asides)
    for aside in (*asides.footnotes, *asides.endnotes, *asides.comments):
        yield from paragraphs_of(aside, Asides())


def _headers_and_footers(package: ZipFile, source: Source, asides: Asides) -> Iterator[str]:
    """Yield headers, then footers; what left, first and other pages share comes once."""
    if _STYLES not in package.namelist():
        return
    texts: dict[str, dict[str, None]] = {"header": {}, "footer": {}}
    for page in read_part(package, _STYLES, source).iterfind("{*}master-styles/{*}master-page"):
        for part in page:
            kind = local_name(part).partition("-")[0]
            if kind in texts:
                texts[kind].update(dict.fromkeys(paragraphs_of(part, asides)))
    for paragraphs in texts.values():
        yield from paragraphs
