"""Who is "she" and who is "he": told by the note, and the same for boys as for girls."""

import re

import pytest

from tests.unit.context.readings import read
from vbl_detect.context.appositions import join_appositions

PEOPLE = {
    "girl": ("victim", "f"),
    "boy": ("victim", "m"),
    "child": ("victim", "any"),
    "suspect": ("suspect", "any"),
    "fallon": ("victim", "any"),
    "grey": ("suspect", "m"),
}
OTHER = {"she": "he", "he": "she", "her": "him", "him": "her", "girl": "boy", "boy": "girl"}
#: Text, gender of the person at risk, and the one that only somebody else has.
NOTES = [
    ("she left.", "f", None),
    ("the girl met him. he drove.", "f", "m"),
    ("the child hid. she ran. the suspect drove. he left.", "f", "m"),
    ("she rang. she was cold. he came.", "f", "m"),
    ("she rang. he came.", None, None),
    ("the van left.", None, None),
]


@pytest.mark.parametrize(("text", "clear", "other"), NOTES)
def test_the_gender_at_risk_is_told_by_words_and_pronouns(text, clear, other):
    assert read(text, PEOPLE).genders == (clear, other)


@pytest.mark.parametrize(("text", "clear", "other"), NOTES)
def test_a_note_with_all_genders_swapped_tells_the_other(text, clear, other):
    text = re.sub(r"\w+", lambda word: OTHER.get(word[0], word[0]), text)
    others = {"f": "m", "m": "f", None: None}

    assert read(text, PEOPLE).genders == (others[clear], others[other])


def test_a_suspect_whose_gender_is_told_leaves_the_other_to_the_person_at_risk():
    reading = read("Grey came. He drove off and she hid.", PEOPLE)

    assert reading.genders == ("f", "m")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The suspect is Ms Fallon. Fallon left.", "suspect"),
        ("The suspect, Fallon (36), left. Fallon left.", "suspect"),
        ("The suspect, Fallon (14), left. Fallon left.", "victim"),
        ("The suspect, Fallon's uncle, left. Fallon left.", "victim"),
        ("The suspect left. Fallon left.", "victim"),
        ("The suspect is a child of ten.", "victim"),
        ("I suspect a crush. Fallon left.", "victim"),
    ],
)
def test_a_name_beside_a_word_for_a_suspect_is_the_suspect_s(text, role):
    assert read(text, PEOPLE).mentions[-1].role == role


def test_an_age_and_sex_behind_a_person_are_theirs():
    reading = read("Child 29 left.", {"child": ("victim", "any"), "29": ("suspect", "f")})

    (child,) = reading.mentions
    assert (child.role, child.gender, child.end - child.start) == ("victim", "f", 2)
    assert join_appositions([], [], str) == []
