"""Words that were typed, found in the note."""

import pytest

from vbl_detect.exercises import read_exercises
from vbl_detect.quiz.locating import chosen, places, sentences
from vbl_detect.resources import exercise_bank

TEXT = "She\u2019s \u201cstreetwise\u201d \u2013 very.\r\n\r\n"
TEXT += "She puts  herself\nat risk. 😀 Streetwise again."


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("she's", ["She’s"]),
        ("PUTS HERSELF AT RISK.", ["puts  herself\nat risk"]),
        ("puts ... risk", ["puts  herself\nat risk"]),
        ("puts…risk", ["puts  herself\nat risk"]),
        ("reetwis", ["streetwise", "Streetwise"]),
        ('"streetwise" - very', ["streetwise” – very"]),
        ("(.*)", []),
        ("...", []),
        ("risk ... puts", []),
        ("", []),
    ],
)
def test_words_are_found_whole_whatever_their_spaces_capitals_and_marks(typed, found):
    assert [TEXT[start:end] for start, end in places(TEXT, typed)] == found


def test_sentences_hold_every_word_and_no_space_around():
    told = [TEXT[start:end] for start, end in sentences(TEXT)]

    assert all(one == one.strip() != "" for one in told)
    assert "".join(told).replace(" ", "").replace("\n", "") == "".join(TEXT.split())
    assert sentences("") == sentences(" \r\n") == []


def test_every_agreed_phrase_of_the_bank_is_found_as_typed():
    for exercise in read_exercises(exercise_bank()):
        text = exercise.note.text
        for span in exercise.note.spans:
            place = (span.start, span.end)
            found = places(text, text[span.start : span.end])
            assert any(s <= place[0] and place[1] <= e for s, e in found), exercise.id


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1", "risk"), (" RC ", "risk"), ("non", "engage"), ("r", None), ("", None), ("4", None),
        ("9" * 5_000, None), ("²", None), ("rel", "relation"),
    ],
)  # fmt: skip
def test_a_choice_is_made_by_number_letters_or_an_only_beginning(typed, value):
    names = {
        "risk": ("RC", "Risk and choice"),
        "relation": ("CR", "Relationship"),
        "engage": ("NE", "Non-engagement"),
    }

    assert chosen(typed, names) == value
