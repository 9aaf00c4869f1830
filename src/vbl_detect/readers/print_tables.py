"""Tables told from text on a printed page, and their rows told apart.

A column is a place where pieces of several lines begin and which no line crosses. A table's rows
are parted by rules drawn between them, else by wider gaps, else by the dates they begin with.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from vbl_detect.readers.print_out import Line, Row, Rule


class Block(NamedTuple):
    """Lines that belong together, by column: a table's row, or one line of text.

    `goes_on` tells that the row began on the page before.
    """

    columns: list[list[Line]]
    goes_on: bool = False


class _Run(NamedTuple):
    """Rows, half-open, beside which a column begins."""

    edge: float
    first: int
    last: int


#: Places nearer than this, in points, are the same.
_SAME_PLACE = 2.0
#: A column begins in this many rows, or in fewer if it stands well apart from what is left of it.
_MANY, _FEW, _APART, _WELL_APART = 3, 2, 5.0, 12.0
#: Columns of one table stand beside each other for this share of it.
_BESIDE = 0.6
#: A rule between rows spans this share of the table.
_RULE_SHARE = 0.6
#: The gap between rows is wider than between lines by this factor.
_WIDER = 1.2
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?\b|\d{1,2} [A-Z][a-z]{2}")


def table_edges(rows: Sequence[Row]) -> list[float]:
    """Return where the columns of a page's longest table begin, the first aside; none without.

    Parameters
    ----------
    rows : sequence of Row
        The rows of print.
    """
    table = _find_table(rows, ())
    return [] if table is None else table[0]


def blocks_of(
    rows: Sequence[Row], rules: Sequence[Rule], known: Collection[float] = ()
) -> Iterator[Block]:
    """Yield the lines of a page and the rows of its tables, from the top down.

    Parameters
    ----------
    rows : sequence of Row
        The rows of print.
    rules : sequence of Rule
        What is drawn on the page.
    known : collection of float
        Where columns begin on other pages; a few lines are then enough to tell them here.
    """
    table = _find_table(rows, known)
    if table is None:
        for row in rows:
            yield Block([[_joined(row)]])
        return
    edges, first, last = table
    yield from blocks_of(rows[:first], rules, known)
    yield from _table_rows(rows[first:last], edges, rules)
    yield from blocks_of(rows[last:], rules, known)


def _joined(row: Sequence[Line]) -> Line:
    """Return the pieces of a printed line as one."""
    return Line(
        " ".join(line.text for line in row),
        row[0].left,
        max(line.right for line in row),
        min(line.top for line in row),
        max(line.bottom for line in row),
    )


def _find_table(
    rows: Sequence[Row], known: Collection[float]
) -> tuple[list[float], int, int] | None:
    """Return where the columns of the longest table begin, and its rows, half-open."""
    runs = [
        *(run for edge in _edges(rows) for run in _runs(rows, edge, _MANY)),
        *(run for edge in known for run in _runs(rows, edge, 1)),
    ]
    if not runs:
        return None
    longest = max(runs, key=lambda run: (run.last - run.first, -run.edge))
    least = _BESIDE * (longest.last - longest.first)
    beside = [
        run for run in runs if min(run.last, longest.last) - max(run.first, longest.first) >= least
    ]
    first, last = max(run.first for run in beside), min(run.last for run in beside)
    edges = _apart(run.edge for run in beside)
    while first < last and not _reaches(rows[first], edges[0]):
        first += 1
    while last > first and not _reaches(rows[last - 1], edges[0]):
        last -= 1
    return (edges, first, last) if last > first else None


def _reaches(row: Row, edge: float) -> bool:
    return row[-1].left >= edge - _SAME_PLACE


def _edges(rows: Sequence[Row]) -> list[float]:
    """Return the places at which more than one piece begins."""
    lefts = sorted(line.left for row in rows for line in row)
    edges: list[float] = []
    for before, after in pairwise(lefts):
        if after - before <= _SAME_PLACE and (not edges or before - edges[-1] > _SAME_PLACE):
            edges.append(before)
    return edges


def _apart(edges: Iterable[float]) -> list[float]:
    """Return places in order, of those next to each other the first."""
    apart: list[float] = []
    for edge in sorted(edges):
        if not apart or edge - apart[-1] > _SAME_PLACE:
            apart.append(edge)
    return apart


def _runs(rows: Sequence[Row], edge: float, least: int) -> Iterator[_Run]:
    """Yield the longest runs of rows that no piece crosses at an edge, if a column begins there.

    `least` is the number of rows in which a piece must begin there.
    """
    first = 0
    crossed = [*(any(_crosses(line, edge) for line in row) for row in rows), True]
    for number, is_crossed in enumerate(crossed):
        if not is_crossed:
            continue
        part = rows[first:number]
        begin = sum(any(abs(line.left - edge) <= _SAME_PLACE for line in row) for row in part)
        gaps = [edge - line.right for row in part for line in row if line.left < edge - _SAME_PLACE]
        if gaps and (begin >= least or (begin >= _FEW and min(gaps) >= _WELL_APART)):
            yield _Run(edge, first, number)
        first = number + 1


def _crosses(line: Line, edge: float) -> bool:
    return line.left < edge - _SAME_PLACE and line.right > edge - _APART


def _table_rows(
    rows: Sequence[Row], edges: Sequence[float], rules: Sequence[Rule]
) -> Iterator[Block]:
    columns = _columns(rows, edges)
    for number, band in enumerate(_bands(columns, rules)):
        cells = [
            [line for line in column if band[0] <= _middle(line) < band[1]] for column in columns
        ]
        filled = [cell for cell in cells if cell]
        if filled:
            yield Block(cells, goes_on=number == 0 and not cells[0])


def _columns(rows: Sequence[Row], edges: Sequence[float]) -> list[list[Line]]:
    """Return the lines of each column, from the top down."""
    columns: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for row in rows:
        cells: dict[int, list[Line]] = {}
        for line in row:
            place = sum(line.left >= edge - _SAME_PLACE for edge in edges)
            cells.setdefault(place, []).append(line)
        for place, pieces in cells.items():
            columns[place].append(_joined(pieces))
    return columns


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _bands(columns: Sequence[list[Line]], rules: Sequence[Rule]) -> list[tuple[float, float]]:
    """Return from where to where each row of the table reaches, half-open."""
    lines = [line for column in columns for line in column]
    cuts = _ruled(lines, rules) or _parted(columns) or _dated(columns)
    edges = [float("-inf"), *sorted(cuts), float("inf")]
    return list(pairwise(edges))


def _ruled(lines: Sequence[Line], rules: Sequence[Rule]) -> list[float]:
    """Return where rules part rows."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    top, bottom = min(map(_middle, lines)), max(map(_middle, lines))
    cuts: list[float] = []
    within = sorted(rule for rule in rules if top < rule.top < bottom)
    while within:
        same = [rule for rule in within if rule.top - within[0].top <= _SAME_PLACE]
        within = within[len(same) :]
        covered, reached = 0.0, left
        for rule in sorted(same, key=lambda rule: rule.left):
            start, end = max(rule.left, reached), min(rule.right, right)
            covered += max(end - start, 0.0)
            reached = max(reached, end)
        if covered >= _RULE_SHARE * (right - left):
            cuts.append(same[0].top)
    return cuts


def _parted(columns: Sequence[list[Line]]) -> list[float]:
    """Return where wider gaps part the rows, if each row then has one cell in the first column."""
    longest = max(columns, key=lambda column: sum(len(line.text) for line in column))
    if longest is columns[0]:
        return []
    gaps = [after.top - before.top for before, after in pairwise(longest)]
    usual = min(gaps, default=0.0)
    cuts = [
        (before.bottom + after.top) / 2
        for before, after in pairwise(longest)
        if after.top - before.top > _WIDER * usual
    ]
    places = [sum(cut <= _middle(line) for cut in cuts) for line in _anchors(columns[0])]
    begins_before = len(cuts) + 1 - len(places)
    one_each = places == list(range(begins_before, len(cuts) + 1)) and begins_before in (0, 1)
    return cuts if one_each else []


def _dated(columns: Sequence[list[Line]]) -> list[float]:
    """Return where cells of the first column begin."""
    return [line.top - _SAME_PLACE for line in _anchors(columns[0])]


def _anchors(column: Sequence[Line]) -> list[Line]:
    """Return the lines of the first column that begin a cell: those with a date, else all."""
    dated = [line for line in column if _DATE.match(line.text)]
    first = column[:1] if column and column[0] not in dated else []
    return [*first, *dated] if dated else list(column)
