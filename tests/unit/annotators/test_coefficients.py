"""Against published worked examples, and against libraries on random labels."""

import krippendorff
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from vbl_detect.annotators import coefficients as c


def summed(terms):
    return np.sum(list(terms), axis=0)[None]


def test_cohen_of_1960():
    # Cohen, 1960, the example with three categories and 200 cases; kappa is 0.492.
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    terms = [c.cohen_terms(i, j, 3) * table[i][j] for i in range(3) for j in range(3)]

    assert c.cohen_kappa(summed(terms))[0] == pytest.approx(0.492, abs=5e-4)


def test_alpha_of_2011_with_missing_labels():
    nan = None
    rows = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
        [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
    ]
    units = [[label for label in unit if label is not None] for unit in zip(*rows, strict=True)]
    terms = [c.alpha_terms(unit, 6) for unit in units if len(unit) > 1]

    assert c.krippendorff_alpha(summed(terms))[0] == pytest.approx(0.743, abs=5e-4)


def test_fleiss_of_1971():
    # Fleiss, 1971, table 1: 30 patients, each put into one of 5 diagnoses by 6 psychiatrists.
    # His figures: shares .144 .144 .167 .306 .239, mean agreement .555, kappa .430.
    table = """
        00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
        00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
    """
    units = [
        [label for label, times in enumerate(row) for _ in range(int(times))]
        for row in table.split()
    ]
    sums = summed(c.fleiss_terms(unit, 5) for unit in units)

    shares = sums[0, 2:] / sums[0, 2:].sum()
    assert shares == pytest.approx([0.144, 0.144, 0.167, 0.306, 0.239], abs=6e-4)
    assert sums[0, 1] / sums[0, 0] == pytest.approx(0.555, abs=1e-3)
    assert c.fleiss_kappa(sums)[0] == pytest.approx(0.430, abs=1e-3)


def test_fleiss_by_hand():
    # Three raters, two labels: P = (1 + 1 + 1/3 + 1/3) / 4, p = 7/12 and 5/12.
    units = [[0, 0, 0], [1, 1, 1], [0, 0, 1], [0, 1, 0]]
    observed, expected = 2 / 3, (7 / 12) ** 2 + (5 / 12) ** 2

    figure = c.fleiss_kappa(summed(c.fleiss_terms(unit, 2) for unit in units))[0]

    assert figure == pytest.approx((observed - expected) / (1 - expected))


def test_the_libraries_give_the_same():
    labels = np.random.default_rng(3).integers(0, 4, (50, 2))

    kappa = c.cohen_kappa(summed(c.cohen_terms(a, b, 4) for a, b in labels))[0]
    alpha = c.krippendorff_alpha(summed(c.alpha_terms(unit, 4) for unit in labels))[0]

    assert kappa == pytest.approx(cohen_kappa_score(*labels.T))
    assert alpha == pytest.approx(krippendorff.alpha(labels.T, level_of_measurement="nominal"))


def test_one_label_only_is_no_agreement_beyond_chance():
    assert np.isnan(c.cohen_kappa(summed([c.cohen_terms(0, 0, 1)])))
    assert np.isnan(c.krippendorff_alpha(summed([c.alpha_terms([0, 0], 1)])))
