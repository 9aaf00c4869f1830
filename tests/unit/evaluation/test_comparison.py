import pytest

from vbl_detect.evaluation.comparison import compare
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.marks import Marked

TEXT = "YP is streetwise. Tea was made."
SPAN = GoldSpan(start=6, end=16, category="adultification", context="asserted")
RIGHT, WRONG = [Marked(6, 16, None)], [Marked(18, 21, None)]


def notes(number):
    return [GoldNote(id=str(n), note_type="email", text=TEXT, spans=(SPAN,)) for n in range(number)]


def test_the_same_marks_are_as_good():
    found = compare(notes(20), [RIGHT, []] * 10, [RIGHT, []] * 10)

    assert found.verdict == "as good"
    assert (found.difference.low, found.difference.high) == (0.0, 0.0)
    assert found.old == found.new
    assert (found.positives, found.only_old, found.only_new) == (20, 0, 0)


def test_who_finds_more_is_better_and_who_finds_less_worse():
    more, less = [RIGHT] * 20, [RIGHT, [], []] * 6 + [RIGHT] * 2

    better, worse = compare(notes(20), less, more), compare(notes(20), more, less)

    assert better.verdict == "better"
    assert worse.verdict == "worse"
    assert (better.only_old, better.only_new) == (worse.only_new, worse.only_old) == (0, 12)
    assert better.difference.value == pytest.approx(-worse.difference.value)
    assert better.difference.value == pytest.approx(better.new.value - better.old.value)


def test_the_interval_is_of_the_pairs_and_not_of_each():
    # Both miss the same half of the notes: each F1 is uncertain, their difference is not.
    old = [RIGHT, []] * 20
    new = [[*marks, *WRONG] if n == 0 else marks for n, marks in enumerate(old)]

    found = compare(notes(40), old, new)

    assert found.old.high - found.old.low > 0.15
    assert found.difference.high - found.difference.low < 0.1


def test_few_notes_that_differ_are_undecided():
    old = [RIGHT] * 5 + [[RIGHT[0], WRONG[0]]]
    new = [[RIGHT[0], WRONG[0]]] + [RIGHT] * 5

    assert compare(notes(6), old, new, margin=0.01).verdict == "undecided"
    assert compare(notes(6), old, new, margin=0.3).verdict == "as good"
    assert compare(notes(1), [RIGHT], [RIGHT]).verdict == "undecided"
