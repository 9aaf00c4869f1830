"""Exercises for analysts: notes with an agreed answer, chosen from the bank, and marked."""

from vbl_detect.exercises.answers import AnswerFile, as_json, read_answers
from vbl_detect.exercises.choosing import choose
from vbl_detect.exercises.marking import Answer, AnswerSpan, ExerciseMarks, SpanMark, mark
from vbl_detect.exercises.records import (
    CLEAN,
    DIFFICULTIES,
    Exercise,
    as_record,
    read_exercises,
)
from vbl_detect.exercises.rewriting import Task, rewritings, with_words

__all__ = [
    "CLEAN",
    "DIFFICULTIES",
    "Answer",
    "AnswerFile",
    "AnswerSpan",
    "Exercise",
    "ExerciseMarks",
    "SpanMark",
    "Task",
    "as_json",
    "as_record",
    "choose",
    "mark",
    "read_answers",
    "read_exercises",
    "rewritings",
    "with_words",
]
