"""Adding to a suppressions file and taking out of it; whatever else stands there stays."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import tomlkit

from vbl_detect import files
from vbl_detect.errors import SuppressionError
from vbl_detect.suppression.sidecar import TABLE, header_lines, parse_sidecar, read_text

_HEAD = "# Accepted wording; 'vbl-detect suppress audit' says what is unused or has ended.\n"
_BLANK_LINE = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An acceptance to be written down; the attributes are the file's keys."""

    finding_id: str
    code: str | None = None
    path: str | None = None
    anchor: str | None = None
    phrase: str | None = None
    reason: str
    author: str
    expires: date


def add_entries(path: Path, new: Iterable[NewEntry], today: date) -> list[str]:
    """Write acceptances into a suppressions file, which is made if it is not there.

    Parameters
    ----------
    path : Path
        The file.
    new : iterable of NewEntry
        What to write. One that is there already, for the same draft, is renewed in its place.
    today : date
        The present day.

    Returns
    -------
    list of str
        The fingerprints that were there already.

    Raises
    ------
    SuppressionError
        If the file has faults.
    """
    text = read_text(path) if path.exists() else _HEAD
    earlier = {(one.finding_id, one.path): one for one in parse_sidecar(text, path, today).entries}
    numbers = {key: number for number, key in enumerate(earlier)}
    document = tomlkit.parse(text.rstrip("\n") + _BLANK_LINE)
    renewed = []
    for entry in new:
        values = {key: getattr(entry, key) for key in entry.__slots__}
        values = {key: value for key, value in values.items() if value is not None}
        key = (entry.finding_id, entry.path)
        if key in numbers:
            renewed.append(entry.finding_id)
            document[TABLE][numbers[key]].update(values)
            continue
        table = tomlkit.table()
        table.update(values)
        table.add(tomlkit.nl())
        if TABLE not in document:
            document.append(TABLE, tomlkit.aot())
        document[TABLE].append(table)
    _write(path, tomlkit.dumps(document).strip("\n") + "\n", today)
    return renewed


def remove_entries(path: Path, lines: Collection[int], today: date) -> None:
    """Take acceptances out of a suppressions file, with the comment right above each.

    Parameters
    ----------
    path : Path
        The file.
    lines : collection of int
        The lines of their headers, from 1.
    today : date
        The present day.
    """
    text = read_text(path)
    kept = without_entries(text, lines)
    tables = tomllib.loads(text).get(TABLE, [])
    expected = [
        table for line, table in zip(header_lines(text), tables, strict=True) if line not in lines
    ]
    if tomllib.loads(kept).get(TABLE, []) != expected:
        raise SuppressionError(
            f"{path}: these acceptances cannot be told apart safely; take them out by hand"
        )
    _write(path, kept, today)


def without_entries(text: str, lines: Collection[int]) -> str:
    """Return the text of a suppressions file without some of its acceptances.

    A comment belongs to what it touches, above or below; one between blank lines stays.

    Parameters
    ----------
    text : str
        The file's text, its lines ended by a line feed.
    lines : collection of int
        The lines of their headers, from 1.
    """
    # tomlkit counts the comment above a table to the table before, and would remove it with that.
    rows = text.split("\n")
    headers = [line - 1 for line in header_lines(text)]
    starts = [_first_comment_above(rows, header) for header in headers]
    gone: set[int] = set()
    for header, start, limit in zip(headers, starts, [*starts[1:], len(rows)], strict=True):
        if header + 1 in lines:
            values = [at for at in range(header, limit) if not _is_blank_or_comment(rows[at])]
            end = values[-1] + 1
            while end < limit and _is_comment(rows[end]):
                end += 1
            gone.update(range(start, end))
            if end < len(rows) and not rows[end].strip():
                gone.add(end)
    kept = "\n".join(row for at, row in enumerate(rows) if at not in gone)
    return kept.rstrip("\n") + "\n" if kept.strip() else ""


def _first_comment_above(rows: list[str], header: int) -> int:
    start = header
    while start > 0 and _is_comment(rows[start - 1]):
        start -= 1
    return start


def _is_comment(row: str) -> bool:
    return row.lstrip().startswith("#")


def _is_blank_or_comment(row: str) -> bool:
    return not row.strip() or _is_comment(row)


def _write(path: Path, text: str, today: date) -> None:
    parse_sidecar(text, path, today)
    windows = path.exists() and b"\r\n" in path.read_bytes()
    with files.replacing(path) as temporary:
        temporary.write_text(text, "utf-8", newline="\r\n" if windows else "\n")
