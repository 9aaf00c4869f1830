"""How many notes are drawn from where, and which."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vbl_detect.errors import UsageError
from vbl_detect.sampling.allocation import allocate, choose
from vbl_detect.sampling.strata import Stratum


def strata(*sizes, flagged=()):
    return [Stratum(flagged=i in flagged, values=(str(i),), notes=n) for i, n in enumerate(sizes)]


def drawn(*args, **kwargs):
    return [stratum.drawn for stratum in allocate(*args, **kwargs)]


def test_a_sample_is_in_proportion():
    assert drawn(strata(100, 300, 600), 50, minimum=1, flagged_share=None) == [5, 15, 30]


def test_small_strata_get_their_least_and_no_more_than_they_hold():
    assert drawn(strata(2, 10, 988), 50, minimum=5, flagged_share=None) == [2, 5, 43]


def test_flagged_notes_get_their_part_and_what_they_lack_goes_to_the_others():
    assert drawn(strata(100, 900, flagged={0}), 60, minimum=1, flagged_share=0.5) == [30, 30]
    assert drawn(strata(10, 900, flagged={0}), 60, minimum=1, flagged_share=0.5) == [10, 50]


def test_too_many_strata_are_told_with_a_way_on():
    with pytest.raises(
        UsageError, match=r"5 notes of each, or all that it has, make 15; draw that many"
    ):
        allocate(strata(50, 50, 50), 10, minimum=5, flagged_share=None)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    sizes=st.lists(st.integers(1, 60), min_size=1, max_size=8),
    flagged=st.sets(st.integers(0, 7)),
    size=st.integers(8, 300),
    share=st.floats(0, 1),
)
def test_as_many_as_asked_for_are_drawn_and_none_twice(sizes, flagged, size, share):
    made = strata(*sizes, flagged=flagged)
    mixed = len({stratum.flagged for stratum in made}) == 2
    made = allocate(made, size, minimum=1, flagged_share=share if mixed else None)
    stratum_of = [i for i, stratum in enumerate(made) for _ in range(stratum.notes)]
    chosen = choose(made, stratum_of, seed=3)

    assert len(chosen) == len(set(chosen)) == min(size, sum(sizes))
    assert [sum(stratum_of[p] == i for p in chosen) for i in range(len(made))] == [
        stratum.drawn for stratum in made
    ]


def test_every_note_is_drawn_equally_often():
    [one] = allocate(strata(20), 5, minimum=1, flagged_share=None)
    times = [0] * 20
    for seed in range(2_000):
        for position in choose([one], [0] * 20, seed):
            times[position] += 1

    # 500 expected of each, with a standard deviation of 19.
    assert all(420 < number < 580 for number in times)


def test_a_larger_sample_holds_the_smaller_one():
    small, large = (allocate(strata(500), n, minimum=1, flagged_share=None) for n in (20, 60))

    assert set(choose(small, [0] * 500, 7)) < set(choose(large, [0] * 500, 7))
    assert choose(small, [0] * 500, 7) != choose(small, [0] * 500, 8)
