"""Labelled notes: what careful readers marked, read from JSON Lines.

The record is that of the annotation guidelines: ``id``, ``note_type``, ``text`` and ``spans``,
each span ``{start, end, category, context, borderline}``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from vbl_detect.errors import ReaderError
from vbl_detect.files import numbered_lines
from vbl_detect.records import CONTEXTS, Context


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSpan:
    """A stretch of wording that an annotator marked.

    Attributes
    ----------
    start, end : int
        Half-open offsets in code points of the note's text.
    category : str
        The category's slug.
    context : str
        One of the six contexts.
    borderline : bool
        Whether two careful readers could disagree; such a span counts neither for nor against.
    """

    start: int
    end: int
    category: str
    context: Context
    borderline: bool = False

    @property
    def counts(self) -> bool:
        """Whether a tool should report it: asserted and not borderline."""
        return self.context == "asserted" and not self.borderline


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldNote:
    """A labelled note."""

    id: str
    note_type: str
    text: str
    spans: tuple[GoldSpan, ...]


def read_gold(path: Path) -> list[GoldNote]:
    """Read labelled notes.

    Parameters
    ----------
    path : Path
        A JSON Lines file in UTF-8.

    Raises
    ------
    ReaderError
        At the first line that is no labelled note; the message names it.
    """
    return [gold_note(line, str(path), number) for number, line in numbered_lines(path)]


def read_texts(path: Path) -> list[str]:
    """Read ordinary prose: texts without labels.

    Parameters
    ----------
    path : Path
        A JSON Lines file in UTF-8 whose records have a key ``text``; other keys are passed over.

    Raises
    ------
    ReaderError
        At the first line that is no such record; the message names it.
    """
    texts: list[str] = []
    for number, line in numbered_lines(path):
        try:
            texts.append(str(json.loads(line)["text"]))
        except (ValueError, KeyError, TypeError) as error:
            message = "this is no JSON object with a key text; mend or remove the line"
            raise ReaderError(message, path=str(path), row=number) from error
    return texts


def gold_note(line: str, path: str, number: int) -> GoldNote:
    """Return the labelled note of one line; keys it does not know are passed over.

    Parameters
    ----------
    line : str
        A JSON object.
    path, number : str, int
        The file and the line, counted from 1, for the message.

    Raises
    ------
    ReaderError
        If the line is no labelled note.
    """
    try:
        record = json.loads(line)
        text = record["text"]
        spans = tuple(GoldSpan(**span) for span in record["spans"])
        note = GoldNote(id=record["id"], note_type=record["note_type"], text=text, spans=spans)
        _check_types(note)
    except (ValueError, KeyError, TypeError) as error:
        message = (
            "this is no labelled note, which is a JSON object with id, note_type, text and spans; "
            "mend the line, or make the file with 'vbl-detect label import'"
        )
        raise ReaderError(message, path=path, row=number) from error
    for span in spans:
        if not 0 <= span.start < span.end <= len(text) or span.context not in CONTEXTS:
            message = (
                f"the span {span.start}-{span.end} ({span.context}) lies outside the text of "
                f"{len(text)} characters or has an unknown context; mend it"
            )
            raise ReaderError(message, path=path, row=number)
    return note


def fingerprint(notes: Iterable[GoldNote]) -> str:
    """Return the SHA-256 by which a model's ``meta.json`` knows the notes it was fitted on.

    Parameters
    ----------
    notes : iterable of GoldNote
        All notes of a file, in its order.
    """
    content = json.dumps([asdict(note) for note in notes], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _check_types(note: GoldNote) -> None:
    words = [note.id, note.note_type, note.text, *(span.category for span in note.spans)]
    offsets = [offset for span in note.spans for offset in (span.start, span.end)]
    if not all(isinstance(word, str) for word in words) or any(type(o) is not int for o in offsets):
        raise TypeError
