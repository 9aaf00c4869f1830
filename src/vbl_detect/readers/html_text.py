"""The text of an HTML page as a mail program shows it, quotations marked with ``>``."""

from __future__ import annotations

import re

from lxml import etree

from vbl_detect.readers.word_text import Element

_SKIPPED = {"head", "style", "script", "title", "template", "noscript", "object", "svg"}
_LINES = {
    "div", "li", "tr", "ul", "ol", "dl", "dt", "dd", "section", "article", "header", "footer",
    "center", "address", "hr", "form", "fieldset", "body", "table", "tbody",
}  # fmt: skip
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n{3,}")
_LINE, _PARAGRAPH = 1, 2


def text_of(html: str) -> str:
    """Return the text of a page; ``""`` if there is none.

    Parameters
    ----------
    html : str
        The page; markup that is wrong or missing is read as browsers do.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    content = html.replace("\0", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:  # nothing in it
        return ""
    page = _Page()
    if root is not None:
        page.add(root)
    return page.text()


class _Page:
    """The text of a page as it grows."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._breaks = _PARAGRAPH
        self._after_space = True

    def text(self) -> str:
        lines = "".join(self._pieces).split("\n")
        text = "\n".join(line.rstrip(" \t\u00a0") for line in lines)
        return _BLANK_LINES.sub("\n\n", text).strip("\n")

    def add(self, element: Element) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or _HIDDEN.search(element.get("style", "")):
            return
        edge = _PARAGRAPH if tag in _PARAGRAPHS else _LINE if tag in _LINES else 0
        self._break(edge)
        if tag == "br":
            self._write("\n")
        elif tag == "li":
            self._write("- ")
        if tag == "pre":
            self._write("".join(map(str, element.itertext())))
        elif tag == "blockquote":
            quoted = _Page()
            quoted._add_inside(element)
            self._write("\n".join(f"> {line}" for line in quoted.text().split("\n")))
        else:
            self._add_inside(element)
        if tag in ("td", "th"):
            self._write("\t")
        self._break(edge)

    def _add_inside(self, element: Element) -> None:
        self._add_text(element.text)
        for child in element:
            self.add(child)
            self._add_text(child.tail)

    def _add_text(self, text: str | None) -> None:
        folded = _SPACE.sub(" ", text or "")
        if self._after_space:
            folded = folded.lstrip(" ")
        self._write(folded)

    def _write(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._breaks = len(text) - len(text.rstrip("\n"))
            self._after_space = text[-1] in " \n\t"

    def _break(self, least: int) -> None:
        """End the line, or the paragraph, unless it has just ended."""
        if self._breaks < least:
            self._pieces.append("\n" * (least - self._breaks))
            self._breaks, self._after_space = least, True
