"""The text in the XML of a Word document, with its tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

#: An XML element; lxml keeps its own class to itself.
Element = etree._Element

# Deleted text, properties, and what Word does not show as text.
_LEFT_OUT = {
    "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr",
    "trPr", "tcPr", "tblGrid", "sdtPr", "sdtEndPr", "annotationRef", "rt",
}  # fmt: skip
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}


def paragraphs_of(story: Element) -> Iterator[str]:
    """Yield the text of each paragraph, in the order of the document.

    A text box follows the paragraph it hangs on. A paragraph whose end is deleted runs on into
    the next, as it does once the change is accepted.

    Parameters
    ----------
    story : Element
        What holds the paragraphs: the root of a document, a header, a text box.
    """
    run_on = ""
    boxes: list[Element] = []
    for paragraph in _paragraphs(story):
        text = run_on + "".join(_texts(paragraph, boxes))
        run_on = ""
        if _end_is_deleted(paragraph):
            run_on = text
            continue
        yield text
        for box in boxes:
            yield from paragraphs_of(box)
        boxes.clear()
    if run_on:
        yield run_on
    for box in boxes:
        yield from paragraphs_of(box)


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace; ``""`` for a comment.

    Files in the strict variant of the standard differ in their namespaces only.

    Parameters
    ----------
    element : Element
        Any node of the tree.
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """Return an attribute by its name without a namespace, or None.

    Parameters
    ----------
    element : Element
        An element.
    name : str
        The attribute's local name.
    """
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def _paragraphs(element: Element) -> Iterator[Element]:
    for child in element:
        name = local_name(child)
        if name == "p":
            yield child
        elif name == "AlternateContent":
            yield from _paragraphs(_shown_alternative(child))
        elif name not in _LEFT_OUT and not _is_deleted_row(child) and not _is_placeholder(child):
            yield from _paragraphs(child)


def _texts(element: Element, boxes: list[Element]) -> Iterator[str]:
    """Yield the pieces of a paragraph's text; its text boxes are put aside in `boxes`."""
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "sym":
            yield _symbol(child)
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "AlternateContent":
            yield from _texts(_shown_alternative(child), boxes)
        elif name not in _LEFT_OUT and not _is_placeholder(child):
            yield from _texts(child, boxes)


def _symbol(element: Element) -> str:
    try:
        return chr(int(attribute(element, "char") or "", 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _shown_alternative(element: Element) -> Element:
    """Return the choice, or the fallback if there is no choice: both hold the same text."""
    for child in element:
        if local_name(child) == "Choice":
            return child
    return element


def _is_deleted_row(element: Element) -> bool:
    if local_name(element) != "tr":
        return False
    return any(
        local_name(mark) == "del"
        for child in element
        if local_name(child) == "trPr"
        for mark in child
    )


def _is_placeholder(element: Element) -> bool:
    """Tell whether this is a form's field that still shows its prompt, "Click here to enter"."""
    if local_name(element) != "sdt":
        return False
    return any(
        local_name(mark) == "showingPlcHdr"
        for child in element
        if local_name(child) == "sdtPr"
        for mark in child
    )


def _end_is_deleted(paragraph: Element) -> bool:
    return any(
        local_name(mark) in {"del", "moveFrom"}
        for properties in paragraph
        if local_name(properties) == "pPr"
        for run in properties
        if local_name(run) == "rPr"
        for mark in run
    )
