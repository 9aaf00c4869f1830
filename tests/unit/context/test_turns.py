import pytest

from tests.unit.context.readings import read, rule
from vbl_detect.context import TURN_ROLES, find_names, find_turns, first_child

PEOPLE = {"school": ("professional", "any"), "sw": ("professional", "any"), "girl": ("victim", "f")}
RESUMES = {"noted": rule("resumes")}


def turns(text):
    reading = read(text, PEOPLE, RESUMES)
    return {n: reading.words[m.start] for n, m in find_turns(reading, TURN_ROLES).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("School: she is late. She is rude.\nSW: agreed.", {0: "school", 1: "school", 2: "sw"}),
        ("School - she is late.", {0: "school"}),
        ("School (Ms Day): she is late.", {0: "school"}),
        ("School: she is late. The rest is mine.", {0: "school"}),
        ("School: late. It was noted so. Mine.\nSW: ok.", {0: "school", 3: "sw"}),
        ("School visited: she is late.", {}),
        ("Girl: she is late.", {}),
        ("School says she is late.", {}),
    ],
)
def test_a_labelled_turn_lasts_until_somebody_else_speaks(text, expected):
    assert turns(text) == expected


def names_in(words, sentence_starts):
    cased = [n for n, word in enumerate(words) if not word.islower()]
    child = first_child([word.lower() for word in words])
    return find_names(words, sentence_starts, set(), child, cased)


def test_names_stand_capitalised_inside_sentences():
    words = "Last seen with Jade and K . Jade ran .".split()

    assert [words[name.start] for name in names_in(words, {0, 7})] == ["Jade", "K", "Jade"]


def test_a_name_with_an_adult_s_age_is_a_suspect():
    words = "She left with Marlon ( 31 ) and Jade ( 15 ) .".split()

    assert [name.role for name in names_in(words, {0})] == ["suspect", "victim"]


def test_a_title_tells_the_gender_and_whom_a_note_without_a_child_before_is_about():
    after_child = "A boy ( 9 ) was with Ms Orrin , 48 , and Mr K .".split()
    before_child = "Seen today Mrs Odell ( 81 ) . Her boy is 9 .".split()

    assert [(m.role, m.gender) for m in names_in(after_child, {0})] == [
        ("suspect", "f"),
        ("victim", "m"),
    ]
    assert [(m.role, m.gender) for m in names_in(before_child, {0, 7})] == [("victim", "f")]


def test_a_note_in_capitals_names_nobody():
    assert names_in("SHE LEFT WITH MARLON TODAY".split(), {0}) == []
