"""The delimiter of a text table, judged by how evenly it cuts the first rows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

#: The delimiters known, the better first where two cut a table equally well: a tab hardly ever
#: stands in prose, a comma often does.
DELIMITERS = ("\t", "|", ";", ",")

#: What parts the fields of a table of one column: nothing that stands in text.
NO_DELIMITER = "\x1f"

# A delimiter must cut at least this share of the rows into the same number of fields.
_EVEN_ENOUGH = 0.5
_DECLARED = re.compile(r'"?sep=(.)"?\s*')


def declared_delimiter(line: str) -> str | None:
    """Return the delimiter that a first line such as ``sep=;`` declares to Excel, or None.

    Parameters
    ----------
    line : str
        The first line of the file.
    """
    match = _DECLARED.fullmatch(line)
    return match[1] if match else None


def find_delimiter(lines: Sequence[str], *, complete: bool) -> str:
    """Return the delimiter of a table: one of `DELIMITERS`, or `NO_DELIMITER` for one column.

    Parameters
    ----------
    lines : sequence of str
        The first lines, with their line ends.
    complete : bool
        Whether these are all lines of the file; if not, the last row may be cut off.
    """
    best, evenness = NO_DELIMITER, _EVEN_ENOUGH
    for delimiter in DELIMITERS:
        share = _evenness(lines, delimiter, complete=complete)
        if share > evenness:
            best, evenness = delimiter, share
    if best == NO_DELIMITER:
        cut = (one for one in DELIMITERS if _cuts_header(lines, one, complete=complete))
        return next(cut, NO_DELIMITER)
    return best


def _cuts_header(lines: Sequence[str], delimiter: str, *, complete: bool) -> bool:
    """Tell whether the header has fields that no row lacks, though notes hold more delimiters.

    So it is where an export forgot to quote its notes; each of its uneven rows is a problem then.
    """
    header, *rows = _rows(lines, delimiter, complete=complete) or [[]]
    names = [name.strip() for name in header]
    return (
        len(names) > 1
        and bool(rows)
        and all(name == cell and name for name, cell in zip(names, header, strict=True))
        and all(len(row) >= len(names) for row in rows)
    )


def _evenness(lines: Sequence[str], delimiter: str, *, complete: bool) -> float:
    rows = _rows(lines, delimiter, complete=complete)
    counts = Counter(map(len, rows))
    if counts.total() == counts[1]:
        return 0.0
    del counts[1]
    return max(counts.values()) / len(rows)


def _rows(lines: Sequence[str], delimiter: str, *, complete: bool) -> list[list[str]]:
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    if not complete and len(rows) > 1:
        rows.pop()
    return rows
