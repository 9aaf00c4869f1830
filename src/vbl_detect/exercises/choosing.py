"""Choose exercises: by what they teach, evenly, and the same ones for the same seed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable

from vbl_detect.exercises.records import Exercise


def choose(
    exercises: Iterable[Exercise],
    number: int,
    *,
    seed: int = 1,
    focus: Collection[str] = (),
    difficulties: Collection[int] = (),
    note_types: Collection[str] = (),
) -> list[Exercise]:
    """Return exercises that fit, spread evenly over what they teach, in an order of the seed's.

    The choice hangs on seed and ids alone: an exercise added to the bank moves few others.

    Parameters
    ----------
    exercises : iterable of Exercise
        What there is to choose from.
    number : int
        How many at most.
    seed : int
        Another number, another choice.
    focus, difficulties, note_types : collection
        What may be taught, how hard, in which notes; empty: everything.
    """
    fit = [
        exercise
        for exercise in exercises
        if (not focus or exercise.focus in focus)
        and (not difficulties or exercise.difficulty in difficulties)
        and (not note_types or exercise.note.note_type in note_types)
    ]
    fit.sort(key=lambda exercise: _lot(seed, exercise.id))
    turns: defaultdict[str, int] = defaultdict(int)
    ranked: list[tuple[int, int, Exercise]] = []
    for position, exercise in enumerate(fit):
        ranked.append((turns[exercise.focus], position, exercise))
        turns[exercise.focus] += 1
    chosen = sorted(ranked, key=lambda entry: entry[:2])[:number]
    return [exercise for _, _, exercise in sorted(chosen, key=lambda entry: entry[1])]


def _lot(seed: int, name: str) -> str:
    return hashlib.sha256(f"{seed} {name}".encode()).hexdigest()
