"""The file of answers that a page of exercises exports."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vbl_detect.errors import ReaderError
from vbl_detect.exercises.marking import Answer, AnswerSpan
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
    """

    pack: str
    name: str
    answers: tuple[Answer, ...]


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
        message = f"the file cannot be read: {error.strerror}; check the path"
        raise ReaderError(message, path=str(path)) from error
    except (ValueError, KeyError, TypeError) as error:
        message = "this is no file of answers; export it again from the page of exercises"
        raise ReaderError(message, path=str(path)) from error


def _answer_file(record: dict[str, Any]) -> AnswerFile:
    if record["schema_version"] != SCHEMA_VERSION:
        raise ValueError
    answers = tuple(_answer(answer) for answer in record["answers"])
    return AnswerFile(pack=str(record["pack"]), name=str(record["name"]), answers=answers)


def _answer(record: dict[str, Any]) -> Answer:
    spans = tuple(AnswerSpan(**span) for span in record["spans"])
    for span in spans:
        if not 0 <= span.start < span.end or span.context not in CONTEXTS:
            raise ValueError
    return Answer(id=str(record["id"]), spans=spans)
