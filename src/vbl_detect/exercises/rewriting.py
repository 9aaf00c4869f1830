"""Exercises in which a stretch of a note is written anew, made from those with phrases to mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, TypeAlias

from vbl_detect.exercises.records import Exercise
from vbl_detect.sentences import sentence_bounds

#: What a person does in an exercise: marks phrases, or rewrites the sentences that hold them.
Task: TypeAlias = Literal["mark", "rewrite"]

_SUFFIX = "-rewrite"


def rewritings(exercises: Iterable[Exercise]) -> list[Exercise]:
    """Return the exercises of which a rewriting task can be made, each as one.

    That is where every agreed phrase is the author's own wording: there is something to mend.

    Parameters
    ----------
    exercises : iterable of Exercise
        Exercises with phrases to mark; one that is a rewriting task already stays as it is.
    """
    made = []
    for exercise in exercises:
        spans = exercise.note.spans
        if exercise.rewrite is not None:
            made.append(exercise)
        elif spans and all(span.counts for span in spans):
            note = replace(exercise.note, id=f"{exercise.id}{_SUFFIX}")
            made.append(replace(exercise, note=note, rewrite=_stretch(exercise)))
    return made


def with_words(exercise: Exercise, words: str) -> tuple[str, int, int]:
    """Return the note with a person's words in the place of the stretch, and where they stand.

    Parameters
    ----------
    exercise : Exercise
        A rewriting task.
    words : str
        What the person wrote.

    Returns
    -------
    tuple of (str, int, int)
        The text, and the words' half-open offsets in it.
    """
    start, end = exercise.rewrite or (0, len(exercise.note.text))
    text = exercise.note.text
    return f"{text[:start]}{words}{text[end:]}", start, start + len(words)


def _stretch(exercise: Exercise) -> tuple[int, int]:
    """Return the sentences that hold the agreed phrases, without the space after them."""
    text = exercise.note.text
    first = min(span.start for span in exercise.note.spans)
    last = max(span.end for span in exercise.note.spans)
    held = [(start, end) for start, end in sentence_bounds(text) if start < last and first < end]
    start, end = min([first, *(s for s, _ in held)]), max([last, *(e for _, e in held)])
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), end - len(stretch) + len(stretch.rstrip())
