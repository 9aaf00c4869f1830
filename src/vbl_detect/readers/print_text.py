"""Printed lines put together again: wrapped lines to paragraphs, parted words to words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from vbl_detect.readers.print_out import Line, Page, rows_of, without_running
from vbl_detect.readers.print_tables import Block, blocks_of, table_edges

#: A gap between paragraphs is wider than between lines by this factor, and a heading is larger.
_WIDER, _LARGER = 1.3, 1.15
#: What begins a line of its own: a bullet, a number in a list, a date, a label.
_BEGINS = re.compile(
    r"[-*\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s"
    r"|[\[(]?\#?\d{1,4}(?:[/.-]\d{1,2}|[\])] )"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_ENDED = re.compile(r"[.!?:;][\"'\u201d\u2019)\]]*$")
_PARTED = re.compile(r"(?<![\w-])([A-Za-z]+(?:-[A-Za-z]+)*)-$")
_FIRST_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_SOFT_HYPHEN = "\u00ad"
#: Words that keep a hyphen behind them, and before them: "self-esteem", "fifteen-year-old".
_BEFORE_HYPHEN = frozenset(
    "self well ill non co pre ex anti mid high low long short part full half multi victim child "
    "age one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen year drug school inter semi step e peer on off".split()
)
_BEHIND_HYPHEN = frozenset(
    "old year related based led like free blaming harm harming esteem aged up in out off by risk "
    "taking seeking making known being to on wise centred specific".split()
)
_SEPARATOR = "\t"
#: A line of text, but not of a table's cell, that has fewer letters was ended by its writer.
_NARROWEST = 45


class _PlacedLine(NamedTuple):
    """A line and its page."""

    line: Line
    page: int


class _Join(NamedTuple):
    """What is needed to join lines: right edge, usual gap, fewest letters of a wrapped line."""

    right: float
    gap: float
    narrowest: int


def text_of(pages: Sequence[Page]) -> tuple[str, tuple[int, ...]]:
    r"""Return the text of a printed file, and where in it each page starts.

    Parameters
    ----------
    pages : sequence of Page
        The pages, numbered from 1.

    Returns
    -------
    (str, tuple of int)
        Paragraphs joined by ``"\n"``; an offset for each page, that of the next for an empty one.
    """
    rows = without_running([rows_of(page.lines) for page in pages])
    known = {edge for kept in rows for edge in table_edges(kept)}
    blocks = [
        (page.number, block)
        for page, kept in zip(pages, rows, strict=True)
        for block in blocks_of(kept, page.rules, known)
    ]
    words = frozenset(
        word.lower()
        for page in pages
        for line in page.lines
        # The first and the last of a line may be parts of words.
        for word in _WORD.findall(line.text)[1:-1]
    )
    parts: list[str] = []
    begins: dict[int, int] = {}
    length = 0
    for paragraph in _paragraphs(blocks, words):
        for page, offset in paragraph.pages:
            begins.setdefault(page, length + offset)
        parts.append(paragraph.text)
        length += len(paragraph.text) + 1
    text = "\n".join(parts)
    starts = []
    following = len(text)
    for number in range(len(pages), 0, -1):
        following = min(begins.get(number, following), following)
        starts.append(following)
    return text, (0, *starts[-2::-1])


class _Paragraph(NamedTuple):
    text: str
    pages: list[tuple[int, int]]


def _paragraphs(blocks: Sequence[tuple[int, Block]], words: frozenset[str]) -> Iterator[_Paragraph]:
    plain: list[_PlacedLine] = []
    row: list[list[_PlacedLine]] = []
    for page, block in blocks:
        placed = [[_PlacedLine(line, page) for line in column] for column in block.columns]
        if len(placed) == len(row) > 1 and block.goes_on:
            row = [above + below for above, below in zip(row, placed, strict=True)]
            continue
        if row:
            yield _table_row(row, words)
        row = placed if len(placed) > 1 else []
        if row:
            yield from _joined(plain, words, _NARROWEST)
            plain = []
        else:
            plain += placed[0]
    if row:
        yield _table_row(row, words)
    yield from _joined(plain, words, _NARROWEST)


def _table_row(row: Sequence[list[_PlacedLine]], words: frozenset[str]) -> _Paragraph:
    cells = [list(_joined(column, words)) for column in row]
    longest = max(cells, key=lambda cell: sum(len(part.text) for part in cell))
    text = ""
    pages: list[tuple[int, int]] = []
    for cell in cells:
        for number, part in enumerate(cell):
            text += "" if not text else "\n" if number else _SEPARATOR
            if cell is longest:
                pages += [(page, len(text) + offset) for page, offset in part.pages]
            text += part.text
    pages[:1] = [(pages[0][0], 0)]
    return _Paragraph(text, pages)


def _joined(
    lines: Sequence[_PlacedLine], words: frozenset[str], narrowest: int = 0
) -> Iterator[_Paragraph]:
    """Yield the paragraphs of lines that stand below each other."""
    if not lines:
        return
    gaps = [
        after.line.top - before.line.top
        for before, after in pairwise(lines)
        if before.page == after.page and after.line.top > before.line.top
    ]
    gap = median(sorted(gaps)[: len(gaps) // 2 + 1]) if gaps else 0.0
    join = _Join(max(placed.line.right for placed in lines), gap, narrowest)
    text, pages = lines[0].line.text, [(lines[0].page, 0)]
    for before, after in pairwise(lines):
        if _goes_on(before, after, join):
            text = _continued(text, after.line.text, words)
            if after.page != before.page:
                pages.append((after.page, len(text) - len(after.line.text)))
        else:
            yield _Paragraph(text, pages)
            text, pages = after.line.text, [(after.page, 0)]
    yield _Paragraph(text, pages)


def _goes_on(before: _PlacedLine, after: _PlacedLine, join: _Join) -> bool:
    """Tell whether a line goes on with the paragraph of the line before it."""
    one, other = before.line, after.line
    heights = sorted((one.bottom - one.top, other.bottom - other.top))
    if _BEGINS.match(other.text) or heights[1] > _LARGER * heights[0]:
        return False
    has_ended = _ENDED.search(one.text) is not None
    if before.page != after.page and (has_ended or other.text[0].islower()):
        return not has_ended
    if before.page == after.page and other.top - one.top > _WIDER * join.gap:
        return False
    return one.text.endswith(("-", _SOFT_HYPHEN)) or _is_full(one, other, join)


def _is_full(one: Line, other: Line, join: _Join) -> bool:
    """Tell whether a line had no room for the first word of the other."""
    letter = (other.right - other.left) / len(other.text)
    first = other.text.split(None, 1)[0]
    has_room = one.right + (len(first) + 1) * letter <= join.right
    return len(one.text) >= join.narrowest and not has_room


def _continued(text: str, line: str, words: frozenset[str]) -> str:
    if text.endswith(_SOFT_HYPHEN):
        return text[:-1] + line
    parted, tail = _PARTED.search(text), _FIRST_WORD.match(line)
    if parted is None or tail is None:
        # A hyphen before a capital or a figure is a dash or a name's: "Hale-Smith".
        return text + ("" if text.endswith("-") and not text.endswith(" -") else " ") + line
    head, rest = parted[1].lower(), tail[0]
    return (text if _keeps_hyphen(head, rest, words) else text[:-1]) + line


def _keeps_hyphen(head: str, rest: str, words: frozenset[str]) -> bool:
    """Tell whether a word with a hyphen was parted there, or a word without one."""
    if head + rest in words:
        return False
    if f"{head}-{rest}" in words:
        return True
    last, first = head.rpartition("-")[2], rest.partition("-")[0]
    if last in _BEFORE_HYPHEN or first in _BEHIND_HYPHEN:
        return True
    return last in words and first in words
