"""The sheet on which a person decides what the readers could not: a CSV for a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from vbl_detect.annotators.differences import Place, sentence_around
from vbl_detect.annotators.panel import NOBODY
from vbl_detect.errors import ReaderError
from vbl_detect.files import unreadable
from vbl_detect.gold import GoldSpan
from vbl_detect.writers.values import looks_like_formula
from vbl_detect.writers.visible import visible, without_surrogates

_FIRST = ("item", "decision", "decided_by", "note", "differ_in", "phrase", "sentence")


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision on a place.

    Attributes
    ----------
    choice : str
        The reader whose marks hold, or ``none``: nothing is to be marked.
    decided_by : str
        Who decided; may be empty.
    """

    choice: str
    decided_by: str = ""


def key_of(place: Place) -> str:
    """Return the place's key, which changes when the note or anybody's marks there do."""
    marks = {reader: [asdict(s) for s in spans] for reader, spans in place.readings.items()}
    seen = json.dumps([place.note.id, place.note.text, place.start, place.end, marks])
    # A letter first, or a spreadsheet takes 12 digits with an e among them for a number.
    return "d" + hashlib.sha256(seen.encode()).hexdigest()[:12]


def as_sheet(
    to_decide: Sequence[Place], readers: Sequence[str], decisions: Mapping[str, Decision]
) -> str:
    """Return the sheet as CSV, what is decided already filled in.

    Parameters
    ----------
    to_decide : sequence of Place
        The rows.
    readers : sequence of str
        All readers; each has a column with the marks.
    decisions : mapping of str to Decision
        By key.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow([*_FIRST, *(_cell(f"marked by {reader}") for reader in readers)])
    for place in to_decide:
        decision = decisions.get(key_of(place), Decision(""))
        row = (
            key_of(place),
            decision.choice,
            decision.decided_by,
            place.note.id,
            ", ".join(place.kinds),
            place.phrase,
            place.note.text[slice(*sentence_around(place))],
            *(reading_in_words(place, reader) for reader in readers),
        )
        rows.writerow([_cell(text) for text in row])
    return out.getvalue()


def reading_in_words(place: Place, reader: str) -> str:
    """Return what a reader marked, such as ``adultification, asserted: "streetwise"``.

    Parameters
    ----------
    place : Place
        The place.
    reader : str
        The reader.
    """
    if reader not in place.readings:
        return "did not have this note"
    return "; ".join(_span(place, span) for span in place.readings[reader]) or "nothing marked"


def read_decisions(path: Path, to_decide: Sequence[Place]) -> dict[str, Decision]:
    """Read a sheet that somebody filled in, wholly or in part.

    Parameters
    ----------
    path : Path
        A CSV from `as_sheet`, saved again by any spreadsheet.
    to_decide : sequence of Place
        The places that are to be decided.

    Raises
    ------
    ReaderError
        If it is no such sheet, or a decision names no reader or no place; the message names the
        row.
    """
    known = {key_of(place): place for place in to_decide}
    decisions: dict[str, Decision] = {}
    for number, row in _rows(path):
        choice = (row["decision"] or "").strip().removeprefix("'")
        if not choice:
            continue
        key = (row["item"] or "").strip()
        if key not in known:
            message = (
                f"no place to decide has the item {key!r}: the labels have changed since the sheet "
                "was made; clear this row's decision, or make the sheet again"
            )
            raise ReaderError(message, path=str(path), row=number)
        names = {name.lower(): name for name in (*known[key].readings, NOBODY)}
        if choice.lower() not in names:
            message = (
                f"the decision {choice!r} is nobody's answer here; write one of "
                f"{', '.join(names.values())}"
            )
            raise ReaderError(message, path=str(path), row=number)
        decision = Decision(names[choice.lower()], (row.get("decided_by") or "").strip())
        if decisions.setdefault(key, decision) != decision:
            message = f"the item {key} is decided twice and differently; keep one row"
            raise ReaderError(message, path=str(path), row=number)
    return decisions


def _rows(path: Path) -> list[tuple[int, dict[str, str | None]]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # Excel's plain "CSV"
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    if not {"item", "decision"} <= set(rows.fieldnames or ()):
        message = (
            "this is no sheet of decisions: the columns item and decision are not there; give the "
            "CSV that --adjudicate wrote"
        )
        raise ReaderError(message, path=str(path))
    return list(enumerate(rows, start=2))


def _span(place: Place, span: GoldSpan) -> str:
    labels = f"{span.category}, {span.context}" + (", borderline" if span.borderline else "")
    return f'{labels}: "{visible(place.note.text[span.start : span.end])}"'


def _cell(text: str) -> str:
    text = without_surrogates(visible(text))
    return f"'{text}" if looks_like_formula(text) else text
