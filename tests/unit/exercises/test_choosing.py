"""Exercises chosen: the same for the same seed, evenly, and as asked for."""

from collections import Counter

import pytest

from vbl_detect.exercises import choose, fitting, read_exercises
from vbl_detect.resources import exercise_bank


@pytest.fixture(scope="module")
def bank():
    return read_exercises(exercise_bank())


def ids(exercises):
    return [exercise.id for exercise in exercises]


def test_a_seed_always_gives_the_same_in_whatever_order_the_bank_stands(bank):
    assert ids(choose(bank, 20, seed=4)) == ids(choose(bank[::-1], 20, seed=4))
    assert ids(choose(bank, 20, seed=4)) != ids(choose(bank, 20, seed=5))


def test_what_is_taught_is_spread_evenly(bank):
    counted = Counter(exercise.focus for exercise in choose(bank, 33))

    assert set(counted.values()) == {3}
    assert len(counted) == 11


def test_only_what_was_asked_for_is_chosen(bank):
    chosen = fitting(
        bank, "mark", focus={"adultification"}, difficulties={1, 2}, note_types={"cse-review"}
    )

    assert chosen
    assert {e.focus for e in chosen} == {"adultification"}
    assert {e.difficulty for e in chosen} <= {1, 2}
    assert {e.note.note_type for e in chosen} == {"cse-review"}


def test_an_exercise_added_moves_few_others(bank):
    fewer = set(ids(choose(bank[:-5], 60)))

    assert len(fewer & set(ids(choose(bank, 60)))) >= 52
