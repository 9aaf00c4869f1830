import pytest

from tests.unit.context.readings import at, read
from vbl_detect.context.pronouns import resolve_pronoun
from vbl_detect.context.subjects import subject_of

PEOPLE = {
    "girl": ("victim", "f"),
    "boy": ("victim", "m"),
    "suspect": ("suspect", "any"),
    "mum": ("family", "f"),
    "men": ("suspect", "m", "many"),
    "male": ("adult", "m"),
    "log": ("document", "any"),
    "police": ("police", "any"),
}


@pytest.mark.parametrize(
    ("text", "pronoun", "role"),
    [
        ("The girl met the suspect. He drove.", "He", "suspect"),
        ("The girl met the suspect. She left.", "She", "victim"),
        ("The boy met mum. She left.", "She", "family"),
        ("The suspect drove the boy. The boy slept. He left.", "He", "victim"),
        ("The men came. They drove.", "They", "suspect"),
    ],
)
def test_a_pronoun_stands_for_the_nearest_of_its_gender_and_number(text, pronoun, role):
    reading = read(text, PEOPLE)
    position, _ = at(reading, f"{pronoun} ")

    assert resolve_pronoun(reading, position).role == role


def test_a_pronoun_with_nobody_named_is_the_person_at_risk():
    reading = read("She left.", PEOPLE)

    assert resolve_pronoun(reading, 0) is None


def test_a_pronoun_of_the_other_gender_is_somebody_else():
    reading = read("The girl left. She ran. She hid. He followed.", PEOPLE)
    position, _ = at(reading, "He ")

    assert resolve_pronoun(reading, position).role == "suspect"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The suspect is STREETWISE.", "suspect"),
        ("The suspect, a driver (40), is STREETWISE.", "suspect"),
        ("The suspect drove and is STREETWISE.", "suspect"),
        ("The male (16) is STREETWISE.", "victim"),
        ("The suspect drove and the girl is STREETWISE.", "victim"),
        ("Mum (39) is STREETWISE.", "family"),
        ("Mum expects her to be STREETWISE.", None),
        ("The girl, unlike the suspect, is STREETWISE.", "victim"),
        ("A man with the girl ran to the suspect's STREETWISE friend.", "suspect"),
        ("The girl met the suspect, who is STREETWISE.", "suspect"),
        ("Police saw that STREETWISE.", None),
        ("Log: STREETWISE.", None),
        ("STREETWISE and late.", None),
    ],
)
def test_the_subject_is_found_in_the_clause_or_before_it(text, role):
    reading = read(text, PEOPLE)
    subject = subject_of(reading, *at(reading, "STREETWISE"))

    assert (subject and subject.role) == role


def test_whom_the_words_name_inside_does_not_decide():
    reading = read("She sees a BOYFRIEND SUSPECT again.", PEOPLE)

    assert subject_of(reading, *at(reading, "BOYFRIEND SUSPECT")) is None
