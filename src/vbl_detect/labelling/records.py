"""A note on its way to a labelling tool or back: labelled, labelled beforehand, or not yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from vbl_detect.errors import ReaderError
from vbl_detect.files import numbered_lines
from vbl_detect.gold import GoldNote, GoldSpan, gold_note

_OWN = ("id", "note_type", "text", "spans", "annotator", "predictions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What the tool found in a note: a label that a person may keep, change or drop.

    Attributes
    ----------
    span : GoldSpan
        Where and what.
    score : float, optional
        The finding's score, 0 to 1.
    """

    span: GoldSpan
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A note with whatever is known of it.

    Attributes
    ----------
    id, note_type, text : str
        As in a labelled note.
    spans : tuple of GoldSpan, optional
        A reader's labels; None: nobody has labelled it yet.
    predictions : tuple of Prediction
        The tool's.
    annotator : str, optional
        The reader.
    extra : mapping of str to object
        Every other key, carried along; those of a labelling tool stand under the tool's name.
    """

    id: str
    note_type: str
    text: str
    spans: tuple[GoldSpan, ...] | None
    predictions: tuple[Prediction, ...] = ()
    annotator: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def as_record(self) -> dict[str, Any]:
        """Return the note as one JSON object; a labelled one is a labelled note."""
        record: dict[str, Any] = {"id": self.id, "note_type": self.note_type, "text": self.text}
        if self.spans is not None:
            record["spans"] = [asdict(span) for span in self.spans]
        if self.annotator is not None:
            record["annotator"] = self.annotator
        if self.predictions:
            record["predictions"] = [
                asdict(one.span) | {"score": one.score} for one in self.predictions
            ]
        return record | dict(self.extra)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a tool's export holds.

    Attributes
    ----------
    notes : list of Labelled
        The labelled notes, one for each reader of a note.
    remarks : list of str
        What was left out or taken for granted.
    """

    notes: list[Labelled]
    remarks: list[str] = field(default_factory=list)


def in_order(spans: Iterable[GoldSpan]) -> tuple[GoldSpan, ...]:
    """Return spans in order of place, then of label."""
    return tuple(sorted(spans, key=lambda s: (s.start, s.end, s.category, s.context, s.borderline)))


def read_labelled(path: Path) -> list[Labelled]:
    """Read labelled notes, or notes waiting to be labelled, with every key they have.

    Parameters
    ----------
    path : Path
        A JSON Lines file: labelled notes, or what ``label queue`` wrote.

    Raises
    ------
    ReaderError
        At the first line that is neither; the message names it.
    """
    return [as_labelled(record, str(path), number) for number, record in read_objects(path)]


def as_labelled(record: Mapping[str, Any], path: str, number: int) -> Labelled:
    """Return the note of one JSON object.

    Parameters
    ----------
    record : mapping
        The object.
    path, number : str, int
        The file and the line, counted from 1, for the message.

    Raises
    ------
    ReaderError
        If it is no such note.
    """
    checked = _checked(record, record.get("spans", []), path, number)
    predictions = record.get("predictions") or []
    if not isinstance(predictions, list) or not all(isinstance(p, dict) for p in predictions):
        raise ReaderError("predictions is no list of spans; mend it", path=path, row=number)
    scores = [one.get("score") for one in predictions]
    bare = [{k: v for k, v in one.items() if k in GoldSpan.__slots__} for one in predictions]
    found = _checked(record, bare, path, number).spans
    annotator = record.get("annotator")
    return Labelled(
        id=checked.id,
        note_type=checked.note_type,
        text=checked.text,
        spans=checked.spans if "spans" in record else None,
        predictions=tuple(
            Prediction(span=span, score=score if isinstance(score, (int, float)) else None)
            for span, score in zip(found, scores, strict=True)
        ),
        annotator=annotator if isinstance(annotator, str) else None,
        extra={key: value for key, value in record.items() if key not in _OWN},
    )


def _checked(record: Mapping[str, Any], spans: object, path: str, number: int) -> GoldNote:
    kept = {key: record[key] for key in ("id", "note_type", "text") if key in record}
    return gold_note(json.dumps({**kept, "spans": spans}), path, number)


def read_objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the JSON objects of a JSON Lines file with their line numbers.

    Parameters
    ----------
    path : Path
        The file, in UTF-8.

    Raises
    ------
    ReaderError
        At the first line that is no JSON object.
    """
    for number, line in numbered_lines(path):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            message = "this is no JSON object; mend or remove the line"
            raise ReaderError(message, path=str(path), row=number)
        yield number, record


def as_lines(notes: Iterable[Labelled]) -> str:
    """Return notes as JSON Lines."""
    return json_lines(note.as_record() for note in notes)


def json_lines(records: Iterable[Mapping[str, Any]]) -> str:
    """Return records as JSON Lines in ASCII, which every tool reads alike."""
    return "".join(json.dumps(record) + "\n" for record in records)
