"""The header row of a table: where it stands, and a name of its own for every column.

Exports often start with a title, a date and a blank row; some have no header at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from statistics import median_high

from vbl_detect.readers.cells import cell_text
from vbl_detect.readers.column_names import (
    TEXT_NAMES,
    Promise,
    id_rank,
    plain_name,
    promise_of_text,
)

#: A row and its number as the spreadsheet shows it.
NumberedRow = tuple[int, Sequence[object]]

_ROWS_SEARCHED = 30
_LABEL_LENGTH = 60
_LABEL_WORDS = 8
_NUMBER_OR_DATE = re.compile(r"[-+£$€]?[\d.,:/\s%-]+(?:am|pm)?", re.IGNORECASE)
_DATE_TIME = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T\s].*")
_LETTERS, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")


def find_header(rows: Sequence[NumberedRow], wanted: Collection[str] = ()) -> int | None:
    """Return the index in `rows` of the header row, or None if the table has none.

    Parameters
    ----------
    rows : sequence of (int, sequence of object)
        The first rows of the table.
    wanted : collection of str
        Column names the user asked for: a row that holds one is the header.
    """
    filled = [_filled(cells) for _, cells in rows]
    if not any(filled):
        return None
    # The usual width: neither titles nor a row with too many fields spoil it.
    width = median_high(count for count in filled if count)
    wide = [
        i
        for i in range(min(len(rows), _ROWS_SEARCHED))
        if filled[i] * 2 >= width and filled[i] >= min(width, 2)
    ]
    if not wide:
        return None
    keys = {name.casefold().strip() for name in wanted}
    for i in wide:
        if any(cell_text(cell).casefold().strip() in keys for cell in rows[i][1]):
            return i
    labels = [i for i in wide if _are_labels(rows[i][1], [cells for _, cells in rows[i + 1 :]])]
    for i in labels:
        # Only titles stand above a header, and they fill fewer cells.
        below_titles = all(filled[above] < filled[i] for above in wide if above < i)
        if below_titles and any(map(_is_recognised, rows[i][1])):
            return i
    if wide[0] not in labels or (width == 1 and not _promises_text(rows[wide[0]][1])):
        # One column under an unknown name may as well have none: a name read as a note does no
        # harm, a note taken for a name is lost.
        return None
    return wide[0]


def unique_names(cells: Sequence[object]) -> list[str]:
    """Return the names in a header row, each made unique: ``Notes``, ``Notes (2)``, ``column 3``.

    Parameters
    ----------
    cells : sequence of object
        The header row; white space within a name becomes one space.
    """
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(cells, start=1):
        # A byte order mark is left within the file where exports were joined.
        name = " ".join(cell_text(cell).replace("\ufeff", " ").split()) or f"column {position}"
        for unique in _variants(name):
            if unique not in taken:
                taken.add(unique)
                names.append(unique)
                break
    return names


def _variants(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1


def _filled(cells: Sequence[object]) -> int:
    return sum(1 for cell in cells if cell_text(cell).strip())


def _is_recognised(cell: object) -> bool:
    text = cell_text(cell)
    if len(text) > _LABEL_LENGTH:
        return False
    return plain_name(text) in TEXT_NAMES or id_rank(text) is not None


def _promises_text(cells: Sequence[object]) -> bool:
    return any(promise_of_text(cell_text(cell)) >= Promise.LIKELY for cell in cells)


def _are_labels(cells: Sequence[object], below: Sequence[Sequence[object]]) -> bool:
    """Tell whether all filled cells of a row could be names of columns."""
    return not any(
        _is_data(text, [row[i] for row in below if i < len(row)])
        for i, cell in enumerate(cells)
        if (text := cell_text(cell).strip())
    )


def _is_data(text: str, below: Sequence[object]) -> bool:
    words = text.split()
    if len(text) > _LABEL_LENGTH or len(words) > _LABEL_WORDS:
        return True
    if text[-1] in ".!?" and len(words) > 2:  # noqa: PLR2004 - a sentence; "Ref." and "Ref no." are names
        return True
    if _NUMBER_OR_DATE.fullmatch(text) or _DATE_TIME.fullmatch(text):
        return True
    if not _DIGITS.search(text):
        return False
    # "AB12" above "AB13" and "AB14" is one more reference, "Q1" above figures is a name.
    shapes = Counter(_shape(other) for cell in below if (other := cell_text(cell).strip()))
    return shapes[_shape(text)] * 2 > shapes.total() > 0


def _shape(text: str) -> str:
    return _DIGITS.sub("9", _LETTERS.sub("a", text))
