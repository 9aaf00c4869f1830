"""Choose exercises: by what they teach, evenly, and the same ones for the same seed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Literal, TypeAlias

from vbl_detect.exercises.records import Exercise
from vbl_detect.exercises.rewriting import rewritings

#: What a pack or a quiz is made of: phrases to mark, sentences to rewrite, or both.
TaskChoice: TypeAlias = Literal["mark", "rewrite", "both"]


def of_task(exercises: Sequence[Exercise], task: TaskChoice) -> list[Exercise]:
    """Return exercises of one kind, or of both.

    Parameters
    ----------
    exercises : sequence of Exercise
        What there is.
    task : {"mark", "rewrite", "both"}
        The kind.
    """
    to_mark = [exercise for exercise in exercises if exercise.rewrite is None]
    if task == "mark":
        return to_mark
    to_rewrite = rewritings(exercises)
    return to_rewrite if task == "rewrite" else [*to_mark, *to_rewrite]


def fitting(
    exercises: Sequence[Exercise],
    task: TaskChoice,
    *,
    focus: Collection[str] = (),
    difficulties: Collection[int] = (),
    note_types: Collection[str] = (),
) -> list[Exercise]:
    """Return the exercises that fit what is wanted, in the order in which they came.

    Parameters
    ----------
    exercises : sequence of Exercise
        What there is.
    task : {"mark", "rewrite", "both"}
        The kind.
    focus, difficulties, note_types : collection
        What may be taught, how hard, in which notes; empty: everything.
    """
    return [
        exercise
        for exercise in of_task(exercises, task)
        if not focus or exercise.focus in focus
        if not difficulties or exercise.difficulty in difficulties
        if not note_types or exercise.note.note_type in note_types
    ]


def choose(exercises: Iterable[Exercise], number: int, *, seed: int = 1) -> list[Exercise]:
    """Return some exercises, spread evenly over what they teach, in an order of the seed's.

    The choice hangs on seed and ids alone: an exercise added to the bank moves few others.

    Parameters
    ----------
    exercises : iterable of Exercise
        What there is to choose from.
    number : int
        How many at most.
    seed : int
        Another number, another choice.
    """
    in_lots = sorted(exercises, key=lambda exercise: _lot(seed, exercise.id))
    turns: defaultdict[str, int] = defaultdict(int)
    ranked: list[tuple[int, int, Exercise]] = []
    for position, exercise in enumerate(in_lots):
        ranked.append((turns[exercise.focus], position, exercise))
        turns[exercise.focus] += 1
    chosen = sorted(ranked, key=lambda entry: entry[:2])[:number]
    return [exercise for _, _, exercise in sorted(chosen, key=lambda entry: entry[1])]


def _lot(seed: int, name: str) -> str:
    return hashlib.sha256(f"{seed} {name}".encode()).hexdigest()
