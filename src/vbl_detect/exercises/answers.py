"""The file of answers that a page of exercises exports, and a quiz."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vbl_detect.errors import ReaderError
from vbl_detect.exercises.marking import Answer, AnswerSpan
from vbl_detect.files import unreadable
from vbl_detect.records import CONTEXTS

SCHEMA_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFile:
    """One person's answers to a pack.

    Attributes
    ----------
    pack : str
        The pack's id.
    name : str
        What the person typed when exporting; may be empty.
    answers : tuple of Answer
        One for each exercise answered.
    mode : str
        Of the pack: ``practice`` or ``assessment``.
    """

    pack: str
    name: str
    answers: tuple[Answer, ...]
    mode: str = "practice"


def as_json(file: AnswerFile) -> str:
    """Return a file of answers as `read_answers` reads it.

    Parameters
    ----------
    file : AnswerFile
        The answers.
    """
    record = {
        "schema_version": SCHEMA_VERSION,
        "pack": file.pack,
        "mode": file.mode,
        "name": file.name,
        "answers": [
            {
                "id": answer.id,
                "spans": [asdict(span) for span in answer.spans],
                **({} if answer.rewriting is None else {"rewriting": answer.rewriting}),
            }
            for answer in file.answers
        ],
    }
    return json.dumps(record, indent=1) + "\n"


def read_answers(path: Path) -> AnswerFile:
    """Read a file of answers.

    Parameters
    ----------
    path : Path
        JSON in UTF-8, as a page of exercises exports it.

    Raises
    ------
    ReaderError
        If it is no such file.
    """
    try:
        record = json.loads(path.read_text("utf-8-sig"))
        return _answer_file(record)
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = "this is no file of answers; save it again from the page of exercises or the quiz"
        raise ReaderError(message, path=str(path)) from error


def _answer_file(record: dict[str, Any]) -> AnswerFile:
    if record["schema_version"] != SCHEMA_VERSION:
        raise ValueError
    answers = tuple(_answer(answer) for answer in record["answers"])
    return AnswerFile(
        pack=str(record["pack"]),
        name=str(record["name"]),
        answers=answers,
        mode=str(record.get("mode", "practice")),
    )


def _answer(record: dict[str, Any]) -> Answer:
    spans = tuple(AnswerSpan(**span) for span in record["spans"])
    for span in spans:
        whole = type(span.start) is int and type(span.end) is int
        if not whole or not 0 <= span.start < span.end or span.context not in CONTEXTS:
            raise ValueError
    rewriting = record.get("rewriting")
    if not isinstance(rewriting, str | None):
        raise TypeError
    return Answer(id=str(record["id"]), spans=spans, rewriting=rewriting)
