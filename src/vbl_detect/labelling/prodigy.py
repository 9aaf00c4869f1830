"""Prodigy: JSON Lines for ``spans.manual``, with tokens.

Tokens are cut at the edges of spans as well, so that no label has to move. What is no label travels
under ``vbl``; Prodigy's own keys (``_input_hash``, ``_task_hash``, ``_session_id``) are kept.

Source: https://prodi.gy/docs/api-interfaces, "spans_manual", and https://prodi.gy/docs/api-database.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import regex

from vbl_detect.counts import how_many
from vbl_detect.errors import ReaderError
from vbl_detect.gold import GoldSpan
from vbl_detect.labelling.carrying import Carried, carried, restored
from vbl_detect.labelling.names import all_labels, label_of, span_of
from vbl_detect.labelling.offsets import Ruler, Unit
from vbl_detect.labelling.records import Brought, Labelled, json_lines, read_objects

TOOL = "prodigy"
DEFAULT_UNIT: Unit = "code-points"
_TOKEN = regex.compile(r"[\w\p{M}]+|\X")
_OURS = {"text", "tokens", "spans", "vbl", "answer"}


def to_prodigy(notes: Iterable[Labelled], *, prelabel: bool, unit: Unit | None) -> str:
    """Return notes as ``prodigy spans.manual`` and ``db-in`` take them.

    Parameters
    ----------
    notes : iterable of Labelled
        The notes.
    prelabel : bool
        Whether a note nobody has labelled gets the tool's labels to begin with.
    unit : {"code-points", "utf-16", "graphemes"}, optional
        What offsets count; None: code points, as Prodigy does.
    """
    chosen = unit or DEFAULT_UNIT
    return json_lines(_task(note, chosen, prelabel=prelabel) for note in notes)


def _task(note: Labelled, unit: Unit, *, prelabel: bool) -> dict[str, Any]:
    parcel = carried(note, TOOL, prelabel=prelabel)
    ruler = Ruler(parcel.text, unit)
    tokens = _tokens(parcel.text, parcel.spans)
    first = {start: number for number, (start, _) in enumerate(tokens)}
    last = {end: number for number, (_, end) in enumerate(tokens)}
    spans = []
    for span in parcel.spans:
        start, end = ruler.of_tool(span.start, span.end)
        numbers = {"token_start": first[span.start], "token_end": last[span.end]}
        spans.append({"start": start, "end": end, **numbers, "label": label_of(span)})
    task: dict[str, Any] = {
        "text": parcel.text,
        "meta": {"note": note.id, "note_type": note.note_type},
        **(note.extra.get(TOOL) or {}),
        "tokens": [
            {"text": parcel.text[start:end], "id": number, "ws": _spaced(parcel.text, end, first)}
            | dict(zip(("start", "end"), ruler.of_tool(start, end), strict=True))
            for number, (start, end) in enumerate(tokens)
        ],
        "spans": spans,
        "vbl": {**parcel.letter, "offsets": unit},
    }
    return task if note.spans is None else task | {"answer": "accept"}


def _spaced(text: str, end: int, starts: Container[int]) -> bool:
    return text[end : end + 1] == " " and end not in starts


def _tokens(text: str, spans: Sequence[GoldSpan]) -> list[tuple[int, int]]:
    """Return half-open bounds; a single space after a token is no token, other space is."""
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    tokens: list[tuple[int, int]] = []
    for found in _TOKEN.finditer(text):
        inside = [at for at in range(found.start() + 1, found.end()) if at in starts | ends]
        tokens += pairwise([found.start(), *inside, found.end()])
    return [
        (start, end)
        for start, end in tokens
        if text[start:end] != " "
        or start in starts
        or end in ends
        or start == 0
        or text[start - 1].isspace()
    ]


def from_prodigy(path: Path, *, unit: Unit | None) -> Brought:
    """Return the accepted answers of ``prodigy db-out``.

    Parameters
    ----------
    path : Path
        Its JSON Lines.
    unit : {"code-points", "utf-16", "graphemes"}, optional
        What the offsets count; None: code points.

    Raises
    ------
    ReaderError
        If a line is no such task, or offsets or labels do not fit.
    """
    left = {"reject": 0, "ignore": 0}
    waiting = 0
    notes: list[Labelled] = []
    for number, task in read_objects(path):
        answer = task.get("answer")
        if answer in left:
            left[answer] += 1
        elif answer != "accept":
            waiting += 1
        else:
            notes.append(_note(task, unit or DEFAULT_UNIT, (str(path), number)))
    remarks = [f"left out, answered {a}: {how_many(n, 'task')}" for a, n in left.items() if n]
    if waiting:
        remarks.append(f"left out, without an answer: {how_many(waiting, 'task')}")
    return Brought(notes, remarks)


def _note(task: Mapping[str, Any], unit: Unit, place: tuple[str, int]) -> Labelled:
    path, number = place
    text, raw = task.get("text"), task.get("spans") or []
    if not isinstance(text, str) or not isinstance(raw, list):
        message = "this is no task of spans.manual (text, spans); mend or remove the line"
        raise ReaderError(message, path=path, row=number)
    ruler = Ruler(text, unit)
    spans = [_span(one, ruler, place) for one in raw]
    letter = task.get("vbl")
    who = task.get("_annotator_id") or task.get("_session_id")
    return restored(
        Carried(text=text, spans=tuple(spans), letter=letter if isinstance(letter, dict) else {}),
        tool=TOOL,
        own_id=(task.get("meta") or {}).get("note", task.get("_input_hash", number)),
        annotator=None if who is None else str(who),
        rest={key: value for key, value in task.items() if key not in _OURS},
        place=place,
    )


def _span(raw: object, ruler: Ruler, place: tuple[str, int]) -> GoldSpan:
    match raw:
        case {"start": int(start), "end": int(end), "label": str(label)}:
            where = ruler.of_text(start, end)
            span = None if where is None else span_of(label, *where)
            if span is not None:
                return span
            told = f"the span {start}-{end} ({label}) does not fit the text or is no label of ours"
        case _:
            told = "a span has no start, end and label"
    raise ReaderError(f"{told}; mend it", path=place[0], row=place[1])


def prodigy_labels(categories: Iterable[str]) -> str:
    """Return the labels for ``--label FILE``, one a line, those used most first."""
    return "".join(f"{label}\n" for label in all_labels(categories))
