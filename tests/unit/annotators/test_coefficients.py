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
