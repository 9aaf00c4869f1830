"""doccano: JSON Lines with ``label`` triples, or with ``entities`` and ``relations``.

What is not a label travels in the column ``vbl``, which doccano keeps as metadata and gives back.
doccano counts UTF-16 code units, or grapheme clusters in projects with "Count grapheme clusters as
one character" (its issue 2290). It exports one file a member, or ``all.jsonl`` if the members label
together.

Source: doccano's ``data_import`` and ``data_export`` pipelines, version 1.8.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from vbl_detect.errors import ReaderError
from vbl_detect.labelling.carrying import Carried, carried, restored
from vbl_detect.labelling.names import all_labels, label_of, span_of
from vbl_detect.labelling.offsets import Ruler, Unit, counts_alike
from vbl_detect.labelling.records import Brought, Labelled, json_lines, read_objects

TOOL = "doccano"
DEFAULT_UNIT: Unit = "utf-16"
_LABELS = ("label", "labels", "entities")
_TOGETHER = "all"
_KEYS = "1234567890"
#: Colours that black text can be read on, by category (ColorBrewer, Set3).
_COLOURS = (
    "#8dd3c7", "#ffffb3", "#bebada", "#fb8072", "#80b1d3",
    "#fdb462", "#b3de69", "#fccde5", "#d9d9d9", "#ccebc5",
)  # fmt: skip


def to_doccano(notes: Iterable[Labelled], *, prelabel: bool, unit: Unit | None) -> str:
    """Return notes as doccano imports them: format JSONL, column ``text``, labels ``label``.

    Parameters
    ----------
    notes : iterable of Labelled
        The notes.
    prelabel : bool
        Whether a note nobody has labelled gets the tool's labels to begin with.
    unit : {"code-points", "utf-16", "graphemes"}, optional
        What the doccano project counts; None: UTF-16 code units.
    """
    chosen = unit or DEFAULT_UNIT
    return json_lines(_task(note, chosen, prelabel=prelabel) for note in notes)


def _task(note: Labelled, unit: Unit, *, prelabel: bool) -> dict[str, Any]:
    parcel = carried(note, TOOL, prelabel=prelabel)
    ruler = Ruler(parcel.text, unit)
    marked = [(*ruler.of_tool(s.start, s.end), label_of(s)) for s in parcel.spans]
    back = dict(note.extra.get(TOOL) or {})
    task = {"text": parcel.text, **back}
    if "entities" in back:
        task["entities"] = _entities(marked, back["entities"])
    else:
        task["label"] = [list(one) for one in marked]
    return task | {"vbl": {**parcel.letter, "offsets": unit}}


def _entities(
    marked: Sequence[tuple[int, int, str]], before: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return labels with the numbers that relations know them by."""
    ids = {(e["start_offset"], e["end_offset"], e["label"]): e["id"] for e in before}
    new = count(max(ids.values(), default=0) + 1)
    return [
        {
            "id": ids[one] if one in ids else next(new),
            "label": one[2],
            "start_offset": one[0],
            "end_offset": one[1],
        }
        for one in marked
    ]


def from_doccano(path: Path, *, unit: Unit | None) -> Brought:
    """Return the notes of a file that doccano exported.

    Parameters
    ----------
    path : Path
        A ``.jsonl`` of its export.
    unit : {"code-points", "utf-16", "graphemes"}, optional
        What the project counts; None: what the notes were exported for.

    Raises
    ------
    ReaderError
        If a line is no such note, a label is none of ours, or offsets do not fit the text.
    """
    annotator = None if path.stem.lower() == _TOGETHER else path.stem
    return Brought(
        [_note(task, annotator, unit, str(path), number) for number, task in read_objects(path)]
    )


def _note(
    task: Mapping[str, Any], annotator: str | None, unit: Unit | None, path: str, number: int
) -> Labelled:
    text = task.get("text", task.get("data"))
    key = next((key for key in _LABELS if isinstance(task.get(key), list)), None)
    if not isinstance(text, str) or key is None:
        message = "this is no note from a doccano sequence labelling project (text, label)"
        raise ReaderError(message, path=path, row=number)
    letter = task.get("vbl") if isinstance(task.get("vbl"), dict) else None
    marked = [_triple(label, path, number) for label in task[key]]
    chosen = unit or (letter or {}).get("offsets")
    if chosen is None:
        if marked and not counts_alike(text):
            message = (
                "the note holds characters that doccano may count as one or as two; say what the "
                'project counts: --offsets graphemes if its setting "Count grapheme clusters as '
                'one character" is on, else --offsets utf-16'
            )
            raise ReaderError(message, path=path, row=number)
        chosen = DEFAULT_UNIT
    ruler = Ruler(text, chosen)
    spans = []
    for start, end, label in marked:
        found = ruler.of_text(start, end)
        span = None if found is None else span_of(label, *found)
        if found is None:
            message = (
                f"the label {start}-{end} does not fit the text if {chosen} are counted; give "
                "--offsets as the doccano project counts"
            )
            raise ReaderError(message, path=path, row=number)
        if span is None:
            message = f"the label {label!r} is none of ours, such as adultification/quoted; mend it"
            raise ReaderError(message, path=path, row=number)
        spans.append(span)
    known = {"text", "vbl", *(() if key == "entities" else (key,))}
    rest = {k: v for k, v in task.items() if k not in known}
    return restored(
        Carried(text=text, spans=tuple(spans), letter=letter or {}),
        tool=TOOL,
        own_id=task.get("id", number),
        annotator=annotator,
        rest=rest,
        place=(path, number),
    )


def _triple(label: object, path: str, number: int) -> tuple[int, int, str]:
    parts: Sequence[object] = ()
    if isinstance(label, dict):
        parts = [label.get(key) for key in ("start_offset", "end_offset", "label")]
    elif isinstance(label, list):
        parts = label
    match parts:
        case [int(start), int(end), str(name)]:
            return start, end, name
    message = "a label is no [start, end, name]; export with the labels' names (JSONL)"
    raise ReaderError(message, path=path, row=number)


def doccano_labels(categories: Iterable[str]) -> str:
    """Return the labels for doccano's page Labels, Import; keys for the asserted ones."""
    slugs = list(categories)
    labels = [
        {
            "text": label,
            "suffix_key": _KEYS[place] if place < min(len(slugs), len(_KEYS)) else None,
            "background_color": _COLOURS[place % len(slugs) % len(_COLOURS)],
            "text_color": "#000000",
        }
        for place, label in enumerate(all_labels(slugs))
    ]
    return json.dumps(labels, indent=1) + "\n"
