"""What answers say, by hand and against another program."""

import pytest
from scipy.stats import binomtest

from vbl_detect.sampling.estimates import estimate
from vbl_detect.sampling.shares import stratified
from vbl_detect.sampling.strata import Answers, Design, Stratum

# What samplics 0.6.1 (TaylorEstimator, fpc by stratum) gives for NOTES, READ and YES: value and
# standard error of the mean, and of the ratios over domains that precision and recall are.
NOTES, READ, YES = (300, 700, 2000, 5000), (60, 100, 120, 200), (33, 71, 9, 22)
SAMPLICS = {
    "share": (0.17025, 0.01539815),
    "precision": (0.662, 0.03428628),
    "recall": (0.48604993, 0.04416112),
}


def made(notes, answers, flagged=(True, True, False, False)):
    strata = [
        Stratum(flagged=f, values=(f"unit {number}",), notes=n, drawn=sum(a))
        for number, (n, f, a) in enumerate(zip(notes, flagged, answers, strict=True))
    ]
    return estimate(
        Design(strata=strata, items=[]),
        [Answers(**dict(zip(("yes", "no", "unsure", "blank"), a, strict=False))) for a in answers],
    )


def test_values_and_widths_are_those_of_another_program():
    one = made(NOTES, [(y, n - y) for y, n in zip(YES, READ, strict=True)])

    for name, (value, error) in SAMPLICS.items():
        figure = getattr(one.figures, name)
        assert figure.value == pytest.approx(value, abs=1e-6)
        # Near enough to normal here; the limits allow for one note more.
        assert 1.0 < (figure.high - figure.low) / (2 * 1.96 * error) < 1.25


@pytest.mark.parametrize(("yes", "read"), [(0, 50), (1, 50), (25, 50), (49, 50), (50, 50)])
def test_one_stratum_gives_the_exact_interval(yes, read):
    limits = stratified([10**9], [read], [yes])
    exact = binomtest(yes, read).proportion_ci(0.95, method="exact")
    low, high = limits.lower[4:6].mean(), limits.upper[194:196].mean()

    assert (low, high) == pytest.approx((exact.low, exact.high), abs=0.006)


def test_reading_everything_leaves_nothing_open():
    one = made((40, 60), [(30, 10), (6, 54)], (True, False))

    assert one.total == (36, 36, 36)
    assert (one.figures.precision.low, one.figures.precision.high) == (0.75, 0.75)
    assert one.figures.recall.low == one.figures.recall.high == pytest.approx(30 / 36)
    assert one.bounds is None
    assert not one.remarks


def test_limits_never_contradict_what_was_read():
    one = made((10, 20), [(4, 5), (0, 19)], (True, False))

    assert one.total[1] >= 4
    assert one.total[2] <= 6


def test_unsure_answers_are_bounds():
    one = made((100, 900), [(20, 10, 10), (1, 50, 5)], (True, False))

    assert one.figures.precision.value == pytest.approx(2 / 3)
    for name in ("share", "precision", "recall"):
        inner, outer = getattr(one.figures, name), getattr(one.bounds, name)
        assert outer.low < inner.low
        assert inner.high < outer.high


def test_a_stratum_without_answers_is_told_and_taken_as_the_others():
    one = made((100, 100, 500, 300), [(5, 5), (0, 0, 0, 10), (1, 19), (1, 19)])

    assert one.figures.precision.value == 0.5
    assert any("unit 1, flagged (100 notes)" in remark for remark in one.remarks)
    assert any("10 of 60 notes have no answer" in remark for remark in one.remarks)


def test_what_is_not_known_is_not_made_up():
    unread = made((100, 900), [(0, 0, 0, 10), (2, 8)], (True, False))
    half = made((100, 900), [(5, 5), (0, 0, 0, 10)], (True, False))
    none = made((100, 900), [(0, 10), (0, 50)], (True, False))
    nothing_flagged = made((900,), [(2, 48)], (False,))

    assert (unread.figures.share, unread.figures.precision, unread.total) == (None, None, None)
    assert (half.figures.share, half.figures.recall) == (None, None)
    assert half.figures.precision.value == 0.5
    assert none.figures.recall is None
    assert nothing_flagged.figures.precision is None
    assert nothing_flagged.figures.recall.value == 0
    assert any("flagged no note" in remark for remark in nothing_flagged.remarks)


def test_without_verdicts_only_the_share_is_told():
    one = made((1000,), [(10, 90)], (None,))

    assert one.figures.share.value == pytest.approx(0.1)
    assert (one.figures.precision, one.figures.recall) == (None, None)
