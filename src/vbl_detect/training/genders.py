"""Labelled notes with women and men exchanged, so that gender does not tell what blames.

Half of what a tagger reads in each pass is exchanged (`training.tagger`); without that, one counted
finding in eight came or went when she became he.
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files

from vbl_detect.gold import GoldNote

_WORD = re.compile(r"[^\W\d_]+")
#: After "her", one of these or the end of a clause shows the person, which is "him"; else "his".
_AFTER_HER = frozenset(
    "a about after again against all alone an and any around as at away back because before behind "
    "being but by down during each either every for from further has he how i if in inside into is "
    "it just last later like more next no not now of off on once or out outside over past safely "
    "she since so some that the their then there they this though through to today together "
    "tomorrow tonight too towards under unless until up upon via was we when where whether which "
    "while who whom why with within without yesterday yet you".split()
)


@cache
def _others() -> dict[str, str]:
    lines = (files("vbl_detect.training") / "genders.csv").read_text("utf-8").splitlines()
    return {row["word"]: row["other"] for row in csv.DictReader(lines)}


def exchanged(note: GoldNote) -> GoldNote:
    """Return a note with its women as men and its men as women, labels moved along.

    Parameters
    ----------
    note : GoldNote
        The note; words that ``genders.csv`` does not pair stay, names among them.
    """
    pieces: list[str] = []
    starts: list[tuple[int, int]] = [(0, 0)]
    last = length = 0
    for found in _WORD.finditer(note.text):
        other = _other(found, note.text)
        if other is not None:
            pieces += [note.text[last : found.start()], other]
            length += found.start() - last + len(other)
            last = found.end()
            starts.append((last, length))
    pieces.append(note.text[last:])

    def moved(position: int) -> int:
        before, after = next(pair for pair in reversed(starts) if pair[0] <= position)
        return after + position - before

    spans = tuple(replace(s, start=moved(s.start), end=moved(s.end)) for s in note.spans)
    return replace(note, text="".join(pieces), spans=spans)


def _other(found: re.Match[str], text: str) -> str | None:
    word = found[0]
    if word.lower() == "her":
        return _like("him" if _is_person(text, found.end()) else "his", word)
    others = _others()
    # A name is one in capitals only: "will", "mark" and "rose" are words.
    other = others.get(word) or others.get(word.lower())
    if other is None and word.isupper() and len(word) > 1:
        other = others.get(word.capitalize())
    return None if other is None else _like(other, word)


def _is_person(text: str, end: int) -> bool:
    """Tell whether the "her" that ends there is a person ("told her that"), not a possessor."""
    following = _WORD.match(text, end + 1) if text[end : end + 1].isspace() else None
    return following is None or following[0].lower() in _AFTER_HER


def _like(word: str, model: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if model[0].isupper() else word
