"""Labelled notes with women and men exchanged, so that gender does not tell what blames.

Four in ten of what a tagger reads in each pass is exchanged (`training.tagger`), names too.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from importlib.resources import files

from vbl_detect.classifier.genders import exchange
from vbl_detect.gold import GoldNote


@cache
def _names() -> dict[str, str]:
    lines = (files("vbl_detect.training") / "names.csv").read_text("utf-8").splitlines()
    return {row["name"]: row["other"] for row in csv.DictReader(lines)}


def exchanged(note: GoldNote) -> GoldNote:
    """Return a note with its women as men and its men as women, labels moved along.

    Parameters
    ----------
    note : GoldNote
        The note; words and names that no table pairs stay.
    """
    reading = exchange(note.text, _names())
    moved = reading.to_read([(s.start, s.end) for s in note.spans]).reshape(-1, 2).tolist()
    spans = tuple(
        replace(span, start=start, end=end)
        for span, (start, end) in zip(note.spans, moved, strict=True)
    )
    return replace(note, text=reading.text, spans=spans)
