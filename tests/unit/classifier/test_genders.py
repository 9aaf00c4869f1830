"""One reading for both genders."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbl_detect.classifier.genders import exchange, exchange_words, mostly_male

PAIRS = [
    ("She told him of her choice.", "He told her of his choice."),
    ("Mum collected her. He slept.", "Dad collected him. She slept."),
    ("HER SISTER CALLED HER", "HIS BROTHER CALLED HIM"),
    ("she's streetwise; it's hers", "he's streetwise; it's his"),
    ("Mia’s phone, her own", "Mia’s phone, his own"),
    ("The child chose to go.", "The child chose to go."),
    ("", ""),
]
WORDS = st.lists(st.sampled_from("she he her him his girl boy mum the ran to HER é 😀 . ,".split()))


def read(text):
    """Return a note as the classifier reads it, or None if that is as it is written."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return exchange(text) if mostly_male(words) else None


@pytest.mark.parametrize(("text", "other"), PAIRS)
def test_women_and_men_change_places(text, other):
    assert exchange(text).text == other


@pytest.mark.parametrize(
    ("text", "as_read"),
    [
        (
            "He chose to go. His mother rang her friend.",
            "She chose to go. Her father rang his friend.",
        ),
        ("She chose to go. The man drove her.", None),
        ("Boy, 14, streetwise.", "Girl, 14, streetwise."),
        ("He saw her.", "She saw him."),
        ("She saw him.", None),
        ("His mum, his sister and her friends.", "Her dad, her brother and his friends."),
        ("Child missing from placement.", None),
    ],
)
def test_a_note_mostly_about_a_boy_is_read_as_about_a_girl(text, as_read):
    reading = read(text)

    assert (None if reading is None else reading.text) == as_read


@given(WORDS)
def test_a_note_and_its_exchanged_copy_are_read_alike(words):
    """Save where a word for the other gender has two forms: he is asked whose and whom."""
    text = " ".join(word for word in words if word.lower() not in {"her", "him", "his"})
    other = exchange(text).text

    readings = {one.text if (one := read(each)) else each for each in (text, other)}

    assert len(readings) == 1


@given(WORDS)
def test_offsets_go_there_and_back(words):
    text = " ".join(words)
    reading = exchange(text)
    bounds = [(0, len(text))]
    for word in words:
        start = bounds[-1][1] + 1 if len(bounds) > 1 else 0
        bounds.append((start, start + len(word)))

    there = reading.to_read(bounds)

    assert np.array_equal(reading.to_written(there), bounds)
    assert there[0].tolist() == [0, len(reading.text)]
    assert [reading.text[a:b].lower() for a, b in there[1:].tolist()] == exchange_words(
        [word.lower() for word in words]
    )


def test_an_offset_within_a_changed_word_stays_within_it():
    reading = exchange("her grandmother rang")

    inside = reading.to_written(np.arange(len(reading.text) + 1))

    assert reading.text == "his grandfather rang"
    assert inside.tolist() == list(range(21))
    assert exchange("a boyfriend").to_read([2, 11]).tolist() == [2, 12]
    assert exchange("a girlfriend").to_written([2, 5, 11]).tolist() == [2, 5, 12]


def test_without_words_of_a_gender_a_note_is_about_neither():
    assert not mostly_male([])
    assert not mostly_male(["child", "missing"])
