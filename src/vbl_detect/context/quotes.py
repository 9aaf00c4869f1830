"""Where a note quotes: quotation marks paired, and told from apostrophes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

#: No quotation in a note runs longer than this many characters; an opening mark whose partner is
#: farther away was a slip, or a measure in inches.
LONGEST_QUOTE = 1_500

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
#: Lines that an e-mail quotes from an earlier one.
_QUOTED_LINES = re.compile(r"(?m)^[ \t]*>[^\n]*(?:\n[ \t]*>[^\n]*)*")
# The mark comes first, so that the search can skip to it.
_OPENING_SINGLE = re.compile(
    r"['\u2018](?<![\w.,!?].)(?=[^\W_])(?!(?:em|til|till|cos|cause|bout|tis|un|n)\b)"
)
_CLOSING_SINGLE = re.compile(r"['\u2019](?<=[\w.,!?\u2026].)(?!\w)")


class Quote(NamedTuple):
    """What stands between two quotation marks: half-open offsets in code points."""

    start: int
    end: int


def find_quotes(text: str) -> list[Quote]:
    """Return what the note quotes, without the marks, in order.

    Double quotes may hold several sentences and lines; none reaches across a blank line. A single
    mark opens only before a word and closes only after one, so that apostrophes are passed over.
    Lines of an e-mail that begin with ">" are quoted too.

    Parameters
    ----------
    text : str
        The note, exactly as read.
    """
    edges = [0, *(gap.start() for gap in _BLANK_LINE.finditer(text)), len(text)]
    quotes: list[Quote] = []
    if ">" in text:
        quotes += (Quote(*lines.span()) for lines in _QUOTED_LINES.finditer(text))
    for start, end in pairwise(edges):
        block = text[start:end]
        doubles = [*_curly(block), *_straight(block)]
        singles = [
            single
            for single in _single(block)
            if not any(double.start <= single.start < double.end for double in doubles)
        ]
        quotes += (Quote(q.start + start, q.end + start) for q in (*doubles, *singles))
    return sorted(quotes)


def _curly(block: str) -> Iterator[Quote]:
    position = block.find("\u201c")
    while position >= 0:
        closing = block.find("\u201d", position)
        if closing < 0:
            closing = block.find('"', position)
        # A quotation of several paragraphs is closed in the last one only.
        end = closing if 0 <= closing <= position + LONGEST_QUOTE else len(block)
        yield Quote(position + 1, end)
        position = block.find("\u201c", end)


def _straight(block: str) -> Iterator[Quote]:
    opening: int | None = None
    mark = block.find('"')
    while mark >= 0:
        opens = mark + 1 < len(block) and not block[mark + 1].isspace()
        closes = mark > 0 and not block[mark - 1].isspace()
        if opening is None:
            opening = mark if opens and not (closes and block[mark - 1].isalnum()) else None
        elif closes and mark - opening <= LONGEST_QUOTE:
            yield Quote(opening + 1, mark)
            opening = None
        elif opens:
            opening = mark
        mark = block.find('"', mark + 1)


def _single(block: str) -> Iterator[Quote]:
    last = 0
    for opening in _OPENING_SINGLE.finditer(block):
        if opening.start() < last:
            continue
        closing = _closing(block, opening.end())
        if closing is not None:
            yield Quote(opening.end(), closing)
            last = closing


def _closing(block: str, start: int) -> int | None:
    """Return where a single quotation that opened before `start` closes."""
    plural: int | None = None
    for mark in _CLOSING_SINGLE.finditer(block, start, start + LONGEST_QUOTE):
        # "the girls' phones": a plural's apostrophe, unless no other mark closes the quotation.
        if block[mark.start() - 1] == "s" and re.match(r" [a-z]", block[mark.end() :]):
            plural = plural if plural is not None else mark.start()
            continue
        far = plural is not None and "\n" in block[plural : mark.start()]
        return plural if far else mark.start()
    return plural
