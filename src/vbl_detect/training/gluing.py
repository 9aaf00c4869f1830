"""Labelled notes set together into long texts, as entries stand in a log."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from vbl_detect.gold import GoldNote, GoldSpan

_Note = TypeVar("_Note")

#: Notes that are set into one text.
MOST_TOGETHER = 5
SEPARATORS = ("\n", "\n\n", " ")


def glued(notes: Sequence[GoldNote], chance: random.Random) -> list[GoldNote]:
    """Return notes in a random order, set together into texts of two to `MOST_TOGETHER`.

    Parameters
    ----------
    notes : sequence of GoldNote
        The notes; of an odd number the last may stay alone.
    chance : random.Random
        Chooses the order, how many stand together, and what stands between.
    """
    groups = in_groups(chance.sample(notes, len(notes)), chance)
    return [_joined(group, chance.choice(SEPARATORS)) for group in groups]


def in_groups(notes: Sequence[_Note], chance: random.Random) -> Iterator[Sequence[_Note]]:
    """Yield notes as they stand, two to `MOST_TOGETHER` of them in a group; the last may be alone.

    Parameters
    ----------
    notes : sequence
        The notes, in any form.
    chance : random.Random
        Chooses how many stand together.
    """
    start = 0
    while start < len(notes):
        taken = chance.randint(2, MOST_TOGETHER)
        yield notes[start : start + taken]
        start += taken


def _joined(notes: Sequence[GoldNote], separator: str) -> GoldNote:
    spans: list[GoldSpan] = []
    at = 0
    for note in notes:
        spans += [replace(s, start=s.start + at, end=s.end + at) for s in note.spans]
        at += len(note.text) + len(separator)
    text = separator.join(note.text for note in notes)
    return replace(notes[0], id="+".join(n.id for n in notes), text=text, spans=tuple(spans))
