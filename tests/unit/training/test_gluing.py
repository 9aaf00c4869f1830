"""Labelled notes set together into long texts."""

import random

from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.training.gluing import MOST_TOGETHER, glued


def note(number):
    text = f"Entry {number}. She chose to go."
    start = text.index("chose to go")
    span = GoldSpan(
        start=start,
        end=start + len("chose to go"),
        category="risk-and-choice",
        context="asserted",
        borderline=False,
    )
    return GoldNote(id=str(number), note_type="other", text=text, spans=(span,))


def test_notes_stand_together_and_none_is_lost():
    notes = [note(number) for number in range(40)]

    found = glued(notes, random.Random(2))

    assert all(2 <= len(one.spans) <= MOST_TOGETHER for one in found[:-1])
    marked = [one.text[span.start : span.end] for one in found for span in one.spans]
    assert marked == ["chose to go"] * 40
    assert sorted(id_ for one in found for id_ in one.id.split("+")) == sorted(n.id for n in notes)
    assert glued(notes, random.Random(2)) == found


def test_nothing_makes_nothing():
    assert glued([], random.Random(1)) == []
