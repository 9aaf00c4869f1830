"""PDF files that hold text, such as a printed log or a report, by pdfminer.six: one note a file."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTCurve, LTPage, LTTextLine
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.pdf_streams import UnpacksToTooMuchError, bounded_streams
from vbl_detect.readers.print_out import Line, Page, Rule
from vbl_detect.readers.print_text import text_of
from vbl_detect.records import Note

#: A file begins with its mark, or with little else.
_MARK, _MARK_WITHIN = b"%PDF-", 1024
#: What stands for a letter whose font does not tell which it is.
_UNKNOWN = "(cid:"
_MANY_UNKNOWN = 0.2
#: Letters joined in print, which no word is written with.
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft",
    0xFB06: "st",
}  # fmt: skip
_PAGES_SHOWN = 10
#: Letters farther apart than so many widths are pieces of a line, to be joined again or not.
_GAP = 1.2
#: In points; what is shorter is a mark, not a rule.
_SHORTEST_RULE = 10.0


def read(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:  # noqa: ARG001 - every reader's signature
    r"""Yield the one note of a PDF file.

    Its text is put together again as it was before it was printed: running headers, footers and
    page numbers are left out, lines are joined into paragraphs and words that a line break parts
    into words; the rows of a table follow each other, its cells parted by tabs. The paragraphs are
    joined by ``"\n"``. A finding's paragraph is the number of its page.

    Parameters
    ----------
    source : Source
        The file.
    options : ReadOptions
        None concerns documents.
    listener : ReadListener
        Hears of pages without text.

    Raises
    ------
    ReaderError
        If the file is protected by a password, of another kind, damaged, or scanned.
    """
    pages = _pages(source)
    unread = [page.number for page in pages if not page.lines]
    if len(unread) == len(pages):
        msg = (
            "there is no text in this PDF, only pictures of it; make it readable with a program "
            "for text recognition (OCR), or export the record as text"
        )
        raise ReaderError(msg, path=source.name)
    text, starts = text_of(pages)
    _tell(source, listener, text, unread)
    if text:
        yield Note(text=text, path=source.name, paragraph=1, paragraph_starts=starts)
    listener.progress(1.0)


def _tell(source: Source, listener: ReadListener, text: str, unread: list[int]) -> None:
    if text.count(_UNKNOWN) * len(_UNKNOWN) > _MANY_UNKNOWN * len(text):
        msg = "its fonts do not tell which letters they show; print the record to PDF again"
        raise ReaderError(msg, path=source.name)
    if unread:
        shown = ", ".join(map(str, unread[:_PAGES_SHOWN]))
        more = len(unread) - _PAGES_SHOWN
        listener.warning(
            f"{source.name}: {'page' if len(unread) == 1 else 'pages'} {shown}"
            f"{f' and {more} more' if more > 0 else ''} hold no text; what is scanned there is "
            "not read"
        )


def _pages(source: Source) -> list[Page]:
    with source.path.open("rb") as stream:
        head = stream.read(_MARK_WITHIN)
        if not head:
            raise ReaderError("the file is empty; save it again", path=source.name)
        if _MARK not in head:
            msg = "this is no PDF file; open it in the program it is from and print it to PDF"
            raise ReaderError(msg, path=source.name)
        stream.seek(0)
        try:
            with _silent(), bounded_streams():
                parameters = LAParams(char_margin=_GAP, boxes_flow=None, all_texts=True)
                pages = [
                    Page(number, list(_lines(page)), list(_rules(page)))
                    for number, page in enumerate(extract_pages(stream, laparams=parameters), 1)
                ]
        except (PDFPasswordIncorrect, PDFEncryptionError) as error:
            msg = "the file is protected by a password; take the password off and save it again"
            raise ReaderError(msg, path=source.name) from error
        except UnpacksToTooMuchError as error:
            msg = (
                "the file unpacks to more than any record that is printed; print it to PDF again, "
                "in several parts"
            )
            raise ReaderError(msg, path=source.name) from error
        except (OSError, MemoryError):
            raise
        except Exception as error:
            # A damaged file may break the library anywhere, with any of Python's errors.
            raise ReaderError(_DAMAGED, path=source.name) from error
    if not pages:
        raise ReaderError(_DAMAGED, path=source.name)
    return pages


_DAMAGED = "the file is damaged; print or save it as PDF again"


@contextmanager
def _silent() -> Iterator[None]:
    """Keep the library from telling on standard error what it thinks of a file."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _lines(page: LTPage) -> Iterator[Line]:
    for item in _items(page):
        if isinstance(item, LTTextLine):
            # Lines set flush have gaps for several spaces between their words.
            text = " ".join(item.get_text().translate(_LIGATURES).replace("\0", "").split())
            if text:
                yield Line(text, item.x0, item.x1, page.y1 - item.y1, page.y1 - item.y0)


def _rules(page: LTPage) -> Iterator[Rule]:
    for item in _items(page):
        # A line and a box are curves to the library.
        if isinstance(item, LTCurve) and item.x1 - item.x0 > _SHORTEST_RULE:
            for edge in {item.y0, item.y1}:
                yield Rule(page.y1 - edge, item.x0, item.x1)


def _items(page: LTPage) -> Iterator[object]:
    waiting: list[object] = [page]
    while waiting:
        item = waiting.pop()
        yield item
        if isinstance(item, Iterable) and not isinstance(item, LTTextLine):
            waiting.extend(item)
