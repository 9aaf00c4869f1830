"""Other names, genders and places must not move what counts."""

import csv
import re
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from vbl_detect.gold import read_gold
from vbl_detect.marks import counted_marks, findings_in

TABLES = Path(__file__).parents[1] / "data" / "names"
#: At most this share of the counted findings may come or go.
BOUND = 0.03
#: Gender moves more than that today: it is a known failure, held to this share meanwhile.
GENDER_BOUND = 0.07
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: After "her" one of these, or anything but a word, shows an object, which is "him".
AFTER_OBJECT = frozenset(
    "a about after again against all alone an and any as at away back because before but by down "
    "during for from home how if in into is it just later more no not now of off on once or out "
    "over safe she he so than that the then there this though through to today tomorrow tonight "
    "too until up was what when where which while who why with without yesterday".split()
)


def table(name):
    with (TABLES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


NAMES = table("names.csv")
ORIGINS = sorted({row["origin"] for row in NAMES} - {"arabic"})


def other_names(origin, *, other_gender=False):
    """Map each name to one of an origin, the last four of each gender in turn."""
    chosen = {
        gender: [r["name"] for r in NAMES if (r["origin"], r["gender"]) == (origin, gender)][-4:]
        for gender in "fm"
    }
    swapped = {}
    for number, row in zip(count(), NAMES, strict=False):
        gender = row["gender"] if not other_gender else "fm"["mf".index(row["gender"])]
        swapped[row["name"]] = chosen[gender][number % 4]
    return swapped


def other_places():
    return {row["place"]: row["other"] for row in table("places.csv")}


def other_genders():
    return {row["word"]: row["other"] for row in table("genders.csv")}


def like(word, model):
    """Return a word in the capitals of another."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if model[0].isupper() else word


def swap(text, exact, lower):
    """Return a text with words changed, and where each stretch between changes has gone.

    `exact` holds names as they are written, `lower` words in any capitals.
    """
    pieces, moves, last, length = [], [(0, 0)], 0, 0
    for found in WORD.finditer(text):
        word = found[0]
        base, apostrophe, ending = word.partition("'") if "'" in word else word.partition("’")
        key = word.lower().replace("’", "'")
        if key == "her" and lower:
            following = WORD.match(text, found.end() + 1)
            is_object = following is None or following[0].lower() in AFTER_OBJECT
            new = like("him" if is_object else "his", word)
        elif key in lower:
            new = like(lower[key], word)
        elif base in exact:
            new = exact[base] + apostrophe + ending
        elif base.lower() in lower:
            new = like(lower[base.lower()], base) + apostrophe + ending
        else:
            continue
        pieces += [text[last : found.start()], new]
        length += found.start() - last + len(new)
        last = found.end()
        moves.append((last, length))
    return "".join((*pieces, text[last:])), moves


def moved(position, moves):
    """Return where a position stands after a swap; inside a changed word, near its end."""
    before, after = max((move for move in moves if move[0] <= position), default=(0, 0))
    return after + position - before


NAME_SWAPS = {
    **{f"{origin} names": (other_names(origin), {}) for origin in ORIGINS},
    "places": (other_places(), {}),
}
GENDER_SWAPS = {
    "genders": (other_names("british", other_gender=True), other_genders()),
    "genders, names and places": (
        {**other_names("south-asian", other_gender=True), **other_places()},
        other_genders(),
    ),
}
SWAPS = {**NAME_SWAPS, **GENDER_SWAPS}


@pytest.fixture(scope="module")
def notes(corpus_dir):
    return read_gold(corpus_dir / "dev.jsonl")


@pytest.fixture(scope="module")
def counted(notes, full_nlp):
    return counted_marks(findings_in((note.text for note in notes), full_nlp))


@pytest.fixture(scope="module")
def share_changed(notes, counted, full_nlp):
    """Return the share of counted findings that come or go when words are swapped."""

    @cache
    def measure(name):
        swapped = [swap(note.text, *SWAPS[name]) for note in notes]
        after = counted_marks(findings_in((text for text, _ in swapped), full_nlp))
        changed = total = 0
        for marks, others, (_, moves) in zip(counted, after, swapped, strict=True):
            here = [(moved(mark.start, moves), moved(mark.end, moves)) for mark in marks]
            there = [(mark.start, mark.end) for mark in others]
            changed += unmatched(here, there) + unmatched(there, here)
            total += len(marks)
        share = changed / total
        print(f"{name}: {changed} of {total} counted findings change")  # noqa: T201 - with -rP

        return share

    return measure


@pytest.mark.slow
@pytest.mark.parametrize("name", NAME_SWAPS)
def test_what_counts_stays_when_names_and_places_change(name, share_changed):
    assert share_changed(name) <= BOUND


@pytest.mark.slow
@pytest.mark.xfail(reason="known failure: gender words move the classifier", strict=True)
@pytest.mark.parametrize("name", GENDER_SWAPS)
def test_what_counts_stays_when_genders_change(name, share_changed):
    assert share_changed(name) <= BOUND


@pytest.mark.slow
@pytest.mark.parametrize("name", GENDER_SWAPS)
def test_what_counts_when_genders_change_gets_no_worse(name, share_changed):
    assert share_changed(name) <= GENDER_BOUND


def unmatched(stretches, others):
    return sum(
        not any(start < last and first < end for first, last in others) for start, end in stretches
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She left her bag with her mother.", "He left his bag with his father."),
        ("Staff rang her. HER phone was off.", "Staff rang him. HIS phone was off."),
        ("I asked her to stay; he’s her boyfriend.", "I asked him to stay; she's his girlfriend."),
        ("The girl's friend met him there.", "The boy's friend met her there."),
    ],
)
def test_gendered_words_are_swapped_with_care(text, expected):
    assert swap(text, {}, other_genders())[0] == expected


def test_names_are_swapped_whole_and_positions_follow():
    text, moves = swap("Ali saw Alison and Ali's car.", {"Ali": "Bogdan"}, {})

    assert text == "Bogdan saw Alison and Bogdan's car."
    assert moved("Ali saw Alison".index("Alison"), moves) == text.index("Alison")


def test_names_of_each_origin_and_gender_are_enough():
    for origin in ORIGINS:
        for gender in "fm":
            same = [r for r in NAMES if (r["origin"], r["gender"]) == (origin, gender)]
            assert len(same) >= 4, (origin, gender)
