"""What a Spark worker does with the rows it gets; nothing here imports PySpark.

A row that cannot be judged gives a row that says why, and never an exception: Spark would try the
task again, give the job up, and write the exception, perhaps with a note's text, into its logs.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from spacy.language import Language

from vbl_detect.detection import batches
from vbl_detect.entries import with_entries
from vbl_detect.hits import find_hits
from vbl_detect.hits import judged as what_is_judged
from vbl_detect.pipeline import find_matcher
from vbl_detect.records import FINDING_COLUMNS, Finding, Note
from vbl_detect.selection import Selection
from vbl_detect.spark.columns import ERROR, REFERENCE, TEXT, kept_name
from vbl_detect.spark.pipelines import Pipeline
from vbl_detect.verdicts import Judge

#: The key under which a note carries the position of its row in a frame.
_POSITION = "\0position"


class BadRowError(ValueError):
    """A row that is no note; the message says why, and holds nothing of it."""


def note_text(value: object, most: int) -> str:
    """Return the text of a cell.

    Parameters
    ----------
    value : object
        Text, or its bytes as UTF-8.
    most : int
        How many characters it may have.

    Raises
    ------
    BadRowError
        If it is none.
    """
    if isinstance(value, bytes | bytearray | memoryview):
        try:
            value = bytes(value).decode()
        except UnicodeDecodeError as error:
            raise BadRowError(
                f"the text is not UTF-8 (byte {error.start + 1}); convert it first"
            ) from None
    if isinstance(value, str):
        if len(value) > most:
            raise BadRowError(
                f"the text has {len(value):,} characters, more than the {most:,} that are judged; "
                "split it, or raise max_characters"
            )
        return value
    if _is_null(value):
        raise BadRowError("there is no text: it is null")
    raise BadRowError(f"the value is no text ({type(value).__name__}); cast the column first")


def judged(
    batch: Sequence[Note],
    nlp: Language,
    *,
    selection: Selection,
    min_score: float | None,
    mask: bool,
) -> Iterator[tuple[int, Finding | str]]:
    """Yield the findings of a batch, or why a note could not be judged, with the note's position.

    Parameters
    ----------
    batch : sequence of Note
        A few notes.
    nlp, selection, min_score, mask
        As for `detect_with_masks`.
    """
    verdicts = Judge.of(find_matcher(nlp).lexicon, selection, min_score, mask=mask)
    yield from _judged(list(enumerate(batch)), nlp, verdicts)


def _judged(
    notes: Sequence[tuple[int, Note]], nlp: Language, verdicts: Judge
) -> Iterator[tuple[int, Finding | str]]:
    found: list[tuple[int, Finding | str]] = []
    try:
        hits = find_hits([what_is_judged(note) for _, note in notes], nlp)
        for (number, note), of_note in zip(notes, hits, strict=True):
            found.extend((number, finding) for finding in verdicts.findings(note, of_note))
    except Exception as error:  # whatever it is, it is one note's fault alone
        if len(notes) == 1:
            yield notes[0][0], _without_message(error)
            return
        middle = len(notes) // 2
        yield from _judged(notes[:middle], nlp, verdicts)
        yield from _judged(notes[middle:], nlp, verdicts)
        return
    yield from found


def _without_message(error: Exception) -> str:
    """Name an error by kind and place: its message may hold the text of a note."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"judging failed ({type(error).__name__} in {place}); please report it without the note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """The function that `mapInPandas` runs on the workers.

    Attributes
    ----------
    pipeline : Pipeline
        What to judge with.
    selection, min_score, mask
        As for `detect`.
    split : bool
        Whether a note that holds a log is judged entry by entry.
    max_characters : int
        The most that a note may have.
    kept : tuple of str
        The kept columns' names in the source.
    """

    pipeline: Pipeline
    selection: Selection
    min_score: float | None
    split: bool
    mask: bool
    max_characters: int
    kept: tuple[str, ...]

    def __call__(self, frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """Yield frames of findings and faults, a batch of notes each."""
        for frame in frames:
            if len(frame):
                yield from self._judged(frame, self.pipeline.load())

    def _judged(self, frame: pd.DataFrame, nlp: Language) -> Iterator[pd.DataFrame]:
        rows = _Rows(
            texts=frame[TEXT].tolist(),
            references=[_text(value) for value in frame[REFERENCE].tolist()],
            kept=[frame[kept_name(number)].tolist() for number in range(len(self.kept))],
        )
        faults: list[tuple[int, Finding | str]] = []
        for batch in batches(self._notes(rows, faults)):
            found = judged(
                batch, nlp, selection=self.selection, min_score=self.min_score, mask=self.mask
            )
            yield self._frame([(batch[n].meta[_POSITION], what) for n, what in found], rows)
        yield self._frame(faults, rows)

    def _notes(self, rows: _Rows, faults: list[tuple[int, Finding | str]]) -> Iterator[Note]:
        """Yield the notes that can be judged, and keep of the other rows the reason."""
        for position, (value, reference) in enumerate(
            zip(rows.texts, rows.references, strict=True)
        ):
            try:
                text = note_text(value, self.max_characters)
            except BadRowError as error:
                faults.append((position, str(error)))
                continue
            meta = {_POSITION: position} | (self._meta(position, rows) if self.mask else {})
            note = Note(text=text, record_id=reference, meta=meta)
            yield with_entries(note) if self.split else note

    def _meta(self, position: int, rows: _Rows) -> dict[str, Any]:
        values = (_text(column[position]) for column in rows.kept)
        return dict(zip(self.kept, values, strict=True))

    def _frame(self, found: Sequence[tuple[int, Finding | str]], rows: _Rows) -> pd.DataFrame:
        lines = [
            self._fault_line(position, what, rows)
            if isinstance(what, str)
            else self._finding_line(position, what.hidden(), rows)
            for position, what in found
        ]
        kept = (kept_name(number) for number in range(len(self.kept)))
        return pd.DataFrame(lines, columns=[*FINDING_COLUMNS, *kept, ERROR], dtype=object)

    def _finding_line(self, position: int, finding: Finding, rows: _Rows) -> list[object]:
        own = (getattr(finding, name) for name in FINDING_COLUMNS)
        if self.mask:
            return [*own, *(finding.meta[name] for name in self.kept), None]
        return [*own, *(column[position] for column in rows.kept), None]

    def _fault_line(self, position: int, reason: str, rows: _Rows) -> list[object]:
        """Return a line with the reference and the kept columns alone."""
        reference, kept = rows.references[position], [column[position] for column in rows.kept]
        if self.mask:
            from vbl_detect.masking import NoteMask  # noqa: PLC0415 - only masking needs its lists

            hidden = NoteMask("")
            reference = None if reference is None else hidden.reference(reference)
            kept = [hidden.cell(*item) for item in self._meta(position, rows).items()]
        own = (reference if name == "record_id" else None for name in FINDING_COLUMNS)
        return [*own, *kept, reason]


class _Rows(NamedTuple):
    """A frame as lists: texts, references, and the values of each kept column."""

    texts: Sequence[object]
    references: Sequence[str | None]
    kept: Sequence[Sequence[object]]


def _text(value: object) -> str | None:
    """Return a value that travelled as text or bytes; null is None."""
    if isinstance(value, bytes | bytearray):
        return bytes(value).decode(errors="replace")
    return None if _is_null(value) else str(value)


def _is_null(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value  # noqa: PLR0124 - NaN
