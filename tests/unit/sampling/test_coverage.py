"""The intervals hold what reading every note would give, about as often as they say."""

import numpy as np
import pytest

from vbl_detect.sampling.allocation import allocate
from vbl_detect.sampling.estimates import estimate
from vbl_detect.sampling.strata import Answers, Design, Stratum

SAMPLES = 300
#: By name: sizes of the flagged strata and how many of each blame, the same of the others, the
#: sample's size, the least number from each stratum.
POPULATIONS = {
    "typical": ([120, 180, 100, 100], [36, 90, 70, 90], [1200, 1800, 800, 700], [0, 36, 40, 70],
                200, 5),
    "rare": ([50], [25], [4950], [10], 200, 5),
    "rare, in several strata": ([10, 20, 10, 10], [5, 10, 5, 5], [2000, 1000, 1000, 950],
                                [4, 2, 2, 2], 190, 5),
    "nothing missed": ([50], [25], [4950], [0], 200, 5),
    "common": ([400], [320], [600], [120], 120, 5),
    "many small strata": ([30] * 12, range(6, 30, 2), [300] * 12, range(0, 60, 5), 96, 2),
    "a small stratum full of it": ([20, 500], [18, 150], [5000, 20], [50, 8], 160, 10),
    "nearly always right": ([300], [294], [3000], [30], 160, 5),
    "nearly all read": ([15], [9], [45], [4], 50, 5),
    "mostly overlooked": ([100], [30], [900], [270], 80, 5),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", POPULATIONS)
def test_the_interval_holds_the_truth_about_as_often_as_it_says(name):
    flagged, right, others, missed, size, minimum = POPULATIONS[name]
    notes, blaming = [*flagged, *others], [*right, *missed]
    strata = [
        Stratum(flagged=number < len(flagged), values=(f"{number}",), notes=n)
        for number, n in enumerate(notes)
    ]
    strata = allocate(strata, size, minimum=minimum, flagged_share=0.5)
    design = Design(strata=strata, items=[])
    found, all_blaming = sum(right), sum(blaming)
    truth = {
        "share": all_blaming / sum(notes),
        "precision": found / sum(flagged),
        "recall": found / all_blaming,
    }
    rng = np.random.default_rng(5)
    held = dict.fromkeys(truth, 0)
    known = {}
    for _ in range(SAMPLES):
        drawn = tuple(
            int(rng.hypergeometric(b, s.notes - b, s.drawn))
            for b, s in zip(blaming, strata, strict=True)
        )
        if drawn not in known:
            answers = [Answers(yes=y, no=s.drawn - y) for y, s in zip(drawn, strata, strict=True)]
            known[drawn] = estimate(design, answers).figures
        for figure, true in truth.items():
            one = getattr(known[drawn], figure)
            held[figure] += one is None or one.low - 1e-9 <= true <= one.high + 1e-9

    # Chance alone takes 300 samples of an exact interval down to 0.92 once in a hundred times.
    assert min(held.values()) >= 0.92 * SAMPLES, held


@pytest.mark.slow
def test_a_common_thing_s_interval_is_no_wider_than_it_must_be():
    """Where the normal distribution serves, so does its width."""
    stratum = Stratum(flagged=None, notes=100_000, drawn=400)
    figure = estimate(Design(strata=[stratum], items=[]), [Answers(yes=160, no=240)]).figures.share

    assert figure.high - figure.low == pytest.approx(2 * 1.96 * (0.4 * 0.6 / 400) ** 0.5, rel=0.06)
