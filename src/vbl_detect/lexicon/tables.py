"""Reading one CSV of the lexicon as a person edits it: every row with the line it stands on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vbl_detect.files import why_unread
from vbl_detect.lexicon.faults import Fault

#: In a user's own folder, this takes a built-in row out: as the severity of a term, as the effect
#: of a context rule.
OFF = "off"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: the line it starts on, from 1, and its trimmed cells by column."""

    line: int
    cells: dict[str, str]


def read_table(
    path: Path, required: Sequence[str], optional: Sequence[str] = ()
) -> tuple[list[TableRow], list[Fault]]:
    """Read a table; what cannot be read becomes a fault, and the rest is read all the same.

    Parameters
    ----------
    path : Path
        A CSV in UTF-8, with or without a byte order mark, comma or semicolon separated (a
        spreadsheet under a continental locale writes semicolons).
    required, optional : sequence of str
        The columns it must have, and those it may have.

    Returns
    -------
    tuple of list of TableRow and list of Fault
        Rows with at least one filled cell, and every fault found.
    """
    name = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return [], [Fault(name, 1, why_unread(path, error))]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "a character is not UTF-8; save the file as 'CSV UTF-8'"
        return [], [Fault(name, line, message)]
    header_line = text.partition("\n")[0]
    delimiter = ";" if header_line.count(";") > header_line.count(",") else ","
    cut: list[tuple[int, list[str]]] = []
    try:
        cut.extend(_cut(text, delimiter))
    except csv.Error as error:
        message = f"what follows cannot be cut into rows ({error}); check the quotes"
        return [], [Fault(name, cut[-1][0] if cut else 1, message)]
    header = [cell.strip() for cell in cut[0][1]] if cut else []
    if not any(column in header for column in required):
        message = (
            f"this is no table of the lexicon: its first line names none of the columns "
            f"{', '.join(required)}; write them there, or take the file out of the folder"
        )
        return [], [Fault(name, 1, message)]
    faults = _header_faults(name, header, required, optional)
    if any(column not in header for column in required):
        return [], faults
    rows: list[TableRow] = []
    for line, cells in cut[1:]:
        if any(cell.strip() for cell in cells):
            if len(cells) != len(header):
                message = f"{len(cells)} cells where the header has {len(header)}; check the quotes"
                faults.append(Fault(name, line, message))
            padded = [*cells, *[""] * len(header)]
            values = {c: v.strip() for c, v in zip(header, padded, strict=False)}
            rows.append(TableRow(line, values))
    return rows, faults


def _cut(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row with the line that it begins on."""
    line = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def _header_faults(
    name: str, header: Sequence[str], required: Sequence[str], optional: Sequence[str]
) -> list[Fault]:
    known = (*required, *optional)
    faults = [
        Fault(name, 1, f"unknown column {column!r}; the columns are {', '.join(known)}")
        for column in header
        if column not in known
    ]
    faults += [
        Fault(name, 1, f"the column {column!r} is missing; add it")
        for column in required
        if column not in header
    ]
    faults += [
        Fault(name, 1, f"the column {column!r} stands twice; remove one")
        for column in dict.fromkeys(header)
        if header.count(column) > 1
    ]
    return faults
