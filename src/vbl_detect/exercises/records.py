"""The exercise: a labelled note, why its answer is the answer, and better wording."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vbl_detect.errors import ReaderError
from vbl_detect.files import numbered_lines
from vbl_detect.gold import GoldNote, gold_note

#: From plain wording to wording that careful readers stop at.
DIFFICULTIES = (1, 2, 3)
#: The focus of an exercise whose note holds nothing to mark.
CLEAN = "clean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A note to be marked, and its answer.

    Attributes
    ----------
    note : GoldNote
        The note with the spans that are the answer.
    difficulty : int
        1 to 3.
    focus : str
        The category's slug it teaches, or ``clean``.
    why, better : str
        Why the answer is the answer, and better wording or what is good in the note.
    rewrite : tuple of (int, int), optional
        The stretch of the note that is to be rewritten, half-open in code points; None: phrases are
        to be marked.
    """

    note: GoldNote
    difficulty: int
    focus: str
    why: str
    better: str
    rewrite: tuple[int, int] | None = None

    @property
    def id(self) -> str:
        """The note's id."""
        return self.note.id


def read_exercises(path: Path) -> list[Exercise]:
    """Read exercises.

    Parameters
    ----------
    path : Path
        JSON Lines in UTF-8: labelled notes with ``difficulty``, ``focus``, ``why`` and ``better``,
        and ``rewrite`` where a stretch is to be rewritten.

    Raises
    ------
    ReaderError
        At the first line that is no exercise; the message names it.
    """
    return [_exercise(line, str(path), number) for number, line in numbered_lines(path)]


def as_record(exercise: Exercise) -> dict[str, Any]:
    """Return an exercise as `read_exercises` reads it.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    """
    note = exercise.note
    return {
        "id": note.id,
        "note_type": note.note_type,
        "difficulty": exercise.difficulty,
        "focus": exercise.focus,
        "text": note.text,
        "spans": [asdict(span) for span in note.spans],
        "why": exercise.why,
        "better": exercise.better,
        **({} if exercise.rewrite is None else {"rewrite": list(exercise.rewrite)}),
    }


def _exercise(line: str, path: str, number: int) -> Exercise:
    note = gold_note(line, path, number)
    record = json.loads(line)
    difficulty = record.get("difficulty")
    if difficulty not in DIFFICULTIES:
        message = f"the difficulty {difficulty!r} is not 1, 2 or 3; mend it"
        raise ReaderError(message, path=path, row=number)
    told = {key: record.get(key) for key in ("focus", "why", "better")}
    for key, value in told.items():
        if not isinstance(value, str) or not value.strip():
            message = f"the exercise {note.id} has no {key}; write it"
            raise ReaderError(message, path=path, row=number)
    rewrite = record.get("rewrite")
    if rewrite is not None and not _is_stretch(rewrite, len(note.text)):
        message = f"the exercise {note.id} names no stretch of its text under rewrite; mend it"
        raise ReaderError(message, path=path, row=number)
    return Exercise(
        note=note,
        difficulty=difficulty,
        rewrite=None if rewrite is None else (rewrite[0], rewrite[1]),
        **told,
    )


def _is_stretch(value: object, length: int) -> bool:
    match value:
        case [int(start), int(end)]:
            return 0 <= start < end <= length
    return False
