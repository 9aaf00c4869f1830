"""Word documents as a reader sees them, all changes accepted: one note a document."""

from __future__ import annotations

from collections.abc import Iterator

from docx.opc.package import OpcPackage
from docx.opc.part import Part
from lxml import etree

from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.office_file import open_office_file
from vbl_detect.readers.paragraphs import note_of
from vbl_detect.readers.word_text import attribute, local_name, paragraphs_of
from vbl_detect.records import Note

# In the order in which they follow the body.
_PARTS = ("header", "footer", "footnotes", "endnotes", "comments")
_NOTES = {"footnote", "endnote", "comment"}
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}


def read(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:  # noqa: ARG001 - every reader's signature
    r"""Yield the one note of a Word document; none if there is no text in it.

    Its text is that of the paragraphs, joined by ``"\n"``; blank paragraphs are left out and not
    counted. The body comes first, tables where they stand, so that paragraph 3 is the third that
    a reader sees; then headers, footers, footnotes, endnotes and comments. Inserted text is read,
    deleted text is not.

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
    with open_office_file(source, application="Word", suffix=".docx") as stream:
        note = note_of(_paragraphs(OpcPackage.open(stream)), source)
    if note is not None:
        yield note
    listener.progress(1.0)


def _paragraphs(package: OpcPackage) -> Iterator[str]:
    # By the last word of the relation: what stands before it differs in the strict variant.
    (main,) = _related(package, "officeDocument")
    # No entities: a draft from outside is read, never obeyed.
    parser = etree.XMLParser(resolve_entities=False, remove_comments=True)
    for part in (main, *(part for kind in _PARTS for part in _related(main, kind))):
        root = etree.fromstring(part.blob, parser)
        for element in list(root):
            if local_name(element) in _NOTES and attribute(element, "type") in _SEPARATORS:
                root.remove(element)
        yield from paragraphs_of(root)


def _related(holder: OpcPackage | Part, kind: str) -> list[Part]:
    links = holder.rels.values()
    parts = {link.target_part for link in links if link.reltype.endswith(f"/{kind}")}
    # By number: header10.xml comes after header9.xml.
    return sorted(parts, key=lambda part: (len(part.partname), part.partname))
