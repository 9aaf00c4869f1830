"""Label Studio: a JSON list of tasks with annotations and predictions.

A span is a region: its category a label, its context and whether it is borderline choices for the
region, joined by the region's ``id``. Offsets are code points since 2022 (``charsToCodePoints`` of
its editor), UTF-16 code units before; the selected words come with each region and tell which.

Source: https://labelstud.io/guide/task_format, and the editor's ``RichTextRegion.js``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from vbl_detect.counts import how_many
from vbl_detect.errors import ReaderError
from vbl_detect.files import read_utf8
from vbl_detect.labelling.carrying import Carried, carried, restored
from vbl_detect.labelling.label_studio_regions import read_regions, results_of
from vbl_detect.labelling.names import BORDERLINE, all_labels
from vbl_detect.labelling.offsets import Ruler, Unit
from vbl_detect.labelling.records import Brought, Labelled
from vbl_detect.records import CONTEXTS

TOOL = "label-studio"
DEFAULT_UNIT: Unit = "code-points"
_OURS = {"text", "note", "note_type", "vbl"}


def to_label_studio(notes: Iterable[Labelled], *, prelabel: bool, unit: Unit | None) -> str:
    """Return notes as Label Studio imports them.

    Parameters
    ----------
    notes : iterable of Labelled
        The notes.
    prelabel : bool
        Whether the tool's labels are shown as predictions.
    unit : {"code-points", "utf-16", "graphemes"}, optional
        What the Label Studio in use counts; None: code points.
    """
    tasks = [_task(note, unit or DEFAULT_UNIT, prelabel=prelabel) for note in notes]
    return json.dumps(tasks, indent=1) + "\n"


def _task(note: Labelled, unit: Unit, *, prelabel: bool) -> dict[str, Any]:
    parcel = carried(note, TOOL, prelabel=prelabel)
    back = note.extra.get(TOOL) or {}
    letter = dict(parcel.letter)
    scores = [one.score for one in note.predictions if one.score is not None]
    task: dict[str, Any] = {
        **back.get("task", {}),
        "data": {
            **back.get("data", {}),
            "text": parcel.text,
            "note": note.id,
            "note_type": note.note_type,
            "vbl": {**letter, "offsets": unit},
        },
    }
    ruler = Ruler(parcel.text, unit)
    results = results_of(parcel.text, parcel.spans, ruler, back.get("regions", ()))
    if note.spans is not None:
        annotation = {**back.get("annotation", {}), "result": results + back.get("results", [])}
        task["annotations"] = [annotation]
    elif prelabel and note.predictions:
        prediction: dict[str, Any] = {"model_version": "vbl-detect", "result": results}
        task["predictions"] = [prediction | ({"score": max(scores)} if scores else {})]
    return task


def from_label_studio(path: Path, *, unit: Unit | None) -> Brought:
    """Return the annotations of a file that Label Studio exported as JSON.

    Parameters
    ----------
    path : Path
        The export; JSON-MIN has not all that is needed.
    unit : {"code-points", "utf-16", "graphemes"}, optional
        What its offsets count; None: what fits the words that stand with them.

    Raises
    ------
    ReaderError
        If it is no such file, or offsets or labels do not fit.
    """
    cancelled = waiting = plain = 0
    notes: list[Labelled] = []
    for number, task in enumerate(_tasks(path), start=1):
        place = (str(path), number)
        annotations = task.get("annotations") or task.get("completions") or []
        if not isinstance(annotations, list) or not all(isinstance(a, dict) for a in annotations):
            raise ReaderError("annotations is no list; export as JSON", path=place[0], row=number)
        kept = [one for one in annotations if not one.get("was_cancelled")]
        cancelled += len(annotations) - len(kept)
        waiting += not annotations
        for annotation in kept:
            note, without_context = _note(task, annotation, unit, place)
            plain += without_context
            notes.append(note)
    remarks = (
        ("left out, skipped", cancelled, "annotation"),
        ("left out, without an annotation", waiting, "task"),
        ("taken as asserted, since no context was chosen", plain, "span"),
    )
    return Brought(notes, [f"{what}: {how_many(n, thing)}" for what, n, thing in remarks if n])


def _tasks(path: Path) -> list[dict[str, Any]]:
    try:
        tasks = json.loads(read_utf8(path))
    except (ValueError, RecursionError):
        tasks = None
    if isinstance(tasks, dict):
        tasks = [tasks]
    if not isinstance(tasks, list) or not all(
        isinstance(task, dict) and isinstance(task.get("data"), dict) for task in tasks
    ):
        message = "this is no export of Label Studio as JSON (tasks with data); export it as JSON"
        raise ReaderError(message, path=str(path))
    return tasks


def _note(
    task: Mapping[str, Any],
    annotation: Mapping[str, Any],
    unit: Unit | None,
    place: tuple[str, int],
) -> tuple[Labelled, int]:
    data = task["data"]
    text = data.get("text")
    if not isinstance(text, str):
        raise ReaderError("the task has no data.text; map it", path=place[0], row=place[1])
    found = read_regions(text, annotation.get("result") or [], unit, place)
    letter = data.get("vbl")
    rest = {
        "task": {k: v for k, v in task.items() if k not in {"data", "annotations", "completions"}},
        "data": {key: value for key, value in data.items() if key not in _OURS},
        "annotation": {key: value for key, value in annotation.items() if key != "result"},
        "results": found.others,
        "regions": found.ids,
    }
    note = restored(
        Carried(
            text=text, spans=tuple(found.spans), letter=letter if isinstance(letter, dict) else {}
        ),
        tool=TOOL,
        own_id=data.get("note", task.get("id", place[1])),
        annotator=_annotator(annotation.get("completed_by")),
        rest={key: value for key, value in rest.items() if value},
        place=place,
    )
    return note, found.without_context


def _annotator(completed_by: object) -> str | None:
    if isinstance(completed_by, dict):
        completed_by = completed_by.get("email") or completed_by.get("id")
    return None if completed_by is None else str(completed_by)


def label_studio_config(categories: Iterable[str]) -> str:
    """Return the labelling interface for a project's Settings, Labeling Interface, Code."""
    plain = [label for label in all_labels(categories) if "/" not in label]
    labels = "\n".join(f"    <Label value={quoteattr(label)}/>" for label in plain)
    contexts = "\n".join(
        f"      <Choice value={quoteattr(name)}"
        + (' selected="true"/>' if name == "asserted" else "/>")
        for name in CONTEXTS
    )
    return f"""<View>
  <Header value="$note_type"/>
  <Labels name="category" toName="text" showInline="true">
{labels}
  </Labels>
  <Text name="text" value="$text" granularity="symbol"/>
  <View visibleWhen="region-selected">
    <Header value="Whose wording, and about whom?"/>
    <Choices name="context" toName="text" perRegion="true" choice="single-radio" required="true">
{contexts}
    </Choices>
    <Choices name="{BORDERLINE}" toName="text" perRegion="true" choice="multiple">
      <Choice value="{BORDERLINE}" hint="Two careful readers could disagree"/>
    </Choices>
  </View>
</View>
"""
