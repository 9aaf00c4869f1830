import pytest

from vbl_detect.evaluation import calibration_error
from vbl_detect.evaluation.calibration import calibration, reliability


def test_the_error_is_the_gap_between_scores_and_shares_weighted_by_number():
    scored = [(0.9, True), (0.9, False), (0.1, False), (0.1, False)]

    assert calibration_error(scored) == pytest.approx((2 * 0.4 + 2 * 0.1) / 4)
    assert calibration_error([]) == 0.0


def test_bins_hold_number_mean_and_share_and_the_last_holds_one():
    bins = reliability([(0.92, True), (1.0, False), (0.05, False)])

    assert [part.n for part in bins] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert (bins[-1].mean_score, bins[-1].share) == (pytest.approx(0.96), 0.5)
    assert (bins[1].mean_score, bins[1].share) == (None, None)


def test_findings_on_borderline_spans_are_left_out_and_those_in_context_do_not_count(
    labelled, scored
):
    found = calibration([labelled("aqb-")], [scored(0.9, 0.3, 0.6, 0.1)])

    assert found.n == 3
    assert found.error == pytest.approx((0.1 + 0.3 + 0.1) / 3)
