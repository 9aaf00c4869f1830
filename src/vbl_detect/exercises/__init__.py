"""Exercises for analysts: notes with an agreed answer, chosen from the bank, and marked."""

from vbl_detect.exercises.answers import AnswerFile, as_json, read_answers
from vbl_detect.exercises.bank import (
    built_in,
    built_in_categories,
    check_note_types,
    foci,
    read_pack,
)
from vbl_detect.exercises.choosing import TaskChoice, choose, fitting, of_task
from vbl_detect.exercises.marking import Answer, AnswerSpan, ExerciseMarks, SpanMark, mark
from vbl_detect.exercises.records import (
    CLEAN,
    DIFFICULTIES,
    Exercise,
    as_record,
    read_exercises,
)
from vbl_detect.exercises.rewriting import rewritings, with_words

__all__ = [
    "CLEAN",
    "DIFFICULTIES",
    "Answer",
    "AnswerFile",
    "AnswerSpan",
    "Exercise",
    "ExerciseMarks",
    "SpanMark",
    "TaskChoice",
    "as_json",
    "as_record",
    "built_in",
    "built_in_categories",
    "check_note_types",
    "choose",
    "fitting",
    "foci",
    "mark",
    "of_task",
    "read_answers",
    "read_exercises",
    "read_pack",
    "rewritings",
    "with_words",
]
