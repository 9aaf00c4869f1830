"""Labelled notes set together into long texts, as entries stand in a log."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from vbl_detect.gold import GoldNote, GoldSpan

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
    left = chance.sample(notes, len(notes))
    texts: list[GoldNote] = []
    while left:
        taken = chance.randint(2, MOST_TOGETHER)
        texts.append(_joined(left[:taken], chance.choice(SEPARATORS)))
        left = left[taken:]
    return texts


def _joined(notes: Sequence[GoldNote], separator: str) -> GoldNote:
    spans: list[GoldSpan] = []
    at = 0
    for note in notes:
        spans += [replace(s, start=s.start + at, end=s.end + at) for s in note.spans]
        at += len(note.text) + len(separator)
    text = separator.join(note.text for note in notes)
    return replace(notes[0], id="+".join(n.id for n in notes), text=text, spans=tuple(spans))
