"""Exercises for analysts: notes with an agreed answer, chosen from the bank, and marked."""

from vbl_detect.exercises.answers import AnswerFile, read_answers
from vbl_detect.exercises.choosing import choose
from vbl_detect.exercises.marking import Answer, AnswerSpan, ExerciseMarks, SpanMark, mark
from vbl_detect.exercises.records import (
    CLEAN,
    DIFFICULTIES,
    Exercise,
    as_record,
    read_exercises,
)

__all__ = [
    "CLEAN",
    "DIFFICULTIES",
    "Answer",
    "AnswerFile",
    "AnswerSpan",
    "Exercise",
    "ExerciseMarks",
    "SpanMark",
    "as_record",
    "choose",
    "mark",
    "read_answers",
    "read_exercises",
]
