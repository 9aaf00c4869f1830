"""The text in the XML of an OpenDocument file, with its tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vbl_detect.readers.word_text import Element, attribute, local_name

_PARAGRAPHS = {"p", "h"}
# Deleted text, declarations, drawings' descriptions, and what the program does not show as text.
_LEFT_OUT = {
    "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms", "scripts",
    "event-listeners", "covered-table-cell", "creator", "date", "date-string", "title", "desc",
    "note-citation", "ruby-text", "placeholder", "script", "object", "object-ole", "image",
    "index-title-template", "table-of-content-source",
}  # fmt: skip
_CHARACTERS = {"tab": "\t", "line-break": "\n"}
#: White space that belongs to the XML's layout; runs of spaces alone are the writer's.
_LAYOUT = re.compile(r" *[\t\r\n][ \t\r\n]*")
#: Written-out spaces in one element; more are no one's intention.
_MOST_SPACES = 10_000


@dataclass
class Asides:
    """What hangs on the text and is read after it: each a list of elements that hold paragraphs."""

    footnotes: list[Element] = field(default_factory=list)
    endnotes: list[Element] = field(default_factory=list)
    comments: list[Element] = field(default_factory=list)


def paragraphs_of(story: Element, asides: Asides) -> Iterator[str]:
    """Yield the text of each paragraph and heading, in the order of the document.

    A text box follows the paragraph it hangs on.

    Parameters
    ----------
    story : Element
        What holds the paragraphs: a body, a header, a text box, a cell.
    asides : Asides
        Takes footnotes, endnotes and comments.
    """
    for child in story:
        name = local_name(child)
        if name in _PARAGRAPHS:
            boxes: list[Element] = []
            yield "".join(_texts(child, boxes, asides))
            for box in boxes:
                yield from paragraphs_of(box, asides)
        elif name == "annotation":
            asides.comments.append(child)
        elif name and name not in _LEFT_OUT:
            yield from paragraphs_of(child, asides)


def _texts(element: Element, boxes: list[Element], asides: Asides) -> Iterator[str]:
    yield _LAYOUT.sub(" ", element.text or "")
    for child in element:
        name = local_name(child)
        if name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "s":
            yield " " * _spaces(child)
        elif name == "note":
            is_endnote = attribute(child, "note-class") == "endnote"
            (asides.endnotes if is_endnote else asides.footnotes).append(child)
        elif name == "annotation":
            asides.comments.append(child)
        elif name == "text-box":
            boxes.append(child)
        elif name and name not in _LEFT_OUT:
            yield from _texts(child, boxes, asides)
        yield _LAYOUT.sub(" ", child.tail or "")


def _spaces(element: Element) -> int:
    count = attribute(element, "c") or "1"
    return min(int(count), _MOST_SPACES) if count.isascii() and count.isdecimal() else 1
