"""What Spark workers do in a scan: one reads a file into notes, others judge them.

Both pass rows on in the order of the scan: number of the file, number of the row in it, number of
the finding. What the readers say travels as rows of their own between those of the notes, so that
the driver hears it as it would in a scan on one machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from vbl_detect.detection import batches
from vbl_detect.errors import ReaderError, UsageError
from vbl_detect.readers import ReadListener, ReadOptions
from vbl_detect.readers.base import Source
from vbl_detect.readers.reading import read_source
from vbl_detect.records import Extent, Finding, Masked, Note, Part
from vbl_detect.selection import Selection
from vbl_detect.spark.pipelines import Pipeline
from vbl_detect.spark.worker import judged

READ_SCHEMA = "file int, number bigint, kind string, text string, content string"
JUDGED_SCHEMA = "file int, number bigint, finding int, kind string, content string"
#: Rows and characters that one frame of notes has at most.
_MOST_ROWS, _MOST_CHARACTERS = 1_000, 4_000_000

_Row = tuple[int, int, str, str | None, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """The function that reads files; it gets their numbers in a column ``id``.

    Attributes
    ----------
    files : tuple of (str, str)
        Where each file is, and what the user calls it.
    options : ReadOptions
        How to read it.
    """

    files: tuple[tuple[str, str], ...]
    options: ReadOptions

    def __call__(self, frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """Yield notes, what the readers say, and how many notes there were, in `READ_SCHEMA`."""
        columns = ["file", "number", "kind", "text", "content"]
        for frame in frames:
            for file in frame["id"].tolist():
                rows: list[_Row] = []
                characters = 0
                for row in self._rows(int(file)):
                    rows.append(row)
                    characters += len(row[3] or "")
                    if len(rows) == _MOST_ROWS or characters > _MOST_CHARACTERS:
                        yield pd.DataFrame(rows, columns=columns)
                        rows, characters = [], 0
                yield pd.DataFrame(rows, columns=columns)

    def _rows(self, file: int) -> Iterator[_Row]:
        path, name = self.files[file]
        said = _Saying()
        number = notes = 0
        try:
            for note in read_source(Source(Path(path), name), self.options, said):
                for kind, content in said.taken():
                    yield file, number, kind, None, content
                    number += 1
                yield file, number, "note", note.text, _note_as_json(note)
                number, notes = number + 1, notes + 1
        except UsageError as error:
            said.rows.append(("usage", str(error)))
        said.rows.append(("end", str(notes)))
        for kind, content in said.taken():
            yield file, number, kind, None, content
            number += 1


class _Saying(ReadListener):
    """Keeps what a reader says until it is taken."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str]] = []

    def taken(self) -> Iterator[tuple[str, str]]:
        rows, self.rows = self.rows, []
        return iter(rows)

    def notice(self, message: str) -> None:
        self.rows.append(("notice", message))

    def warning(self, message: str) -> None:
        self.rows.append(("warning", message))

    def problem(self, error: ReaderError) -> None:
        place: dict[str, Any] = {"path": error.path, "sheet": error.sheet, "row": error.row}
        message = str(error).removeprefix(str(ReaderError("", **place)))
        self.rows.append(("problem", json.dumps({"message": message, **place})))


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingNotes:
    """The function that judges what `Reading` gives.

    Attributes
    ----------
    pipeline : Pipeline
        What to judge with.
    selection, min_score, mask
        As for `detect`.
    """

    pipeline: Pipeline
    selection: Selection
    min_score: float | None
    mask: bool

    def __call__(self, frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """Yield findings and whatever else is no note, in `JUDGED_SCHEMA`."""
        columns = ["file", "number", "finding", "kind", "content"]
        for frame in frames:
            rows = list(frame.itertuples(index=False, name=None))
            others = [
                (file, number, 0, kind, content)
                for file, number, kind, _, content in rows
                if kind != "note"
            ]
            yield pd.DataFrame(others, columns=columns)
            for found in self._found([row for row in rows if row[2] == "note"]):
                yield pd.DataFrame(found, columns=columns)

    def _found(self, rows: Sequence[_Row]) -> Iterator[list[tuple[int, int, int, str, str]]]:
        before = 0
        notes = (_note_of(str(text), content) for _, _, _, text, content in rows)
        for batch in batches(notes):
            found = judged(
                batch,
                self.pipeline.load(),
                selection=self.selection,
                min_score=self.min_score,
                mask=self.mask,
            )
            yield [
                (*rows[before + place][:2], number, *_as_content(what, batch[place]))
                for number, (place, what) in enumerate(found)
            ]
            before += len(batch)


def _as_content(what: Finding | str, note: Note) -> tuple[str, str]:
    if isinstance(what, Finding):
        return "finding", _finding_as_json(what)
    place = {"path": note.path, "sheet": note.sheet, "row": note.row}
    return "problem", json.dumps({"message": what, **place})


def _note_as_json(note: Note) -> str:
    content = {f.name: getattr(note, f.name) for f in fields(Note) if f.name != "text"}
    return json.dumps({**content, "parts": [asdict(part) for part in note.parts]})


def _note_of(text: str, content: str) -> Note:
    values = json.loads(content)
    values["parts"] = tuple(Part(**part) for part in values["parts"])
    values["paragraph_starts"] = tuple(values["paragraph_starts"])
    return Note(text=text, **values)


def _finding_as_json(finding: Finding) -> str:
    content = {f.name: getattr(finding, f.name) for f in fields(Finding)}
    for name in ("extent", "masked"):
        content[name] = None if content[name] is None else asdict(content[name])
    return json.dumps(content)


def finding_of(content: str) -> Finding:
    """Return a finding as it was in the worker.

    Parameters
    ----------
    content : str
        What `JudgingNotes` made of it.
    """
    values = json.loads(content)
    for name, record in (("extent", Extent), ("masked", Masked)):
        values[name] = None if values[name] is None else record(**values[name])
    return Finding(**values)
