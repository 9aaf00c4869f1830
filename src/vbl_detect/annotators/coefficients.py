"""Chance-corrected agreement as functions of sums, so that notes can be drawn again.

Each coefficient comes as a pair: what one unit adds, and the coefficient of the added-up rows. A
unit is a sentence; its labels are the readers'. A coefficient is not defined, NaN, where nothing
was labelled or everybody used one label only.

Sources: Cohen, 1960, Educational and Psychological Measurement 20, 37-46; Fleiss, 1971,
Psychological Bulletin 76, 378-382; Krippendorff, 2011, Computing Krippendorff's
Alpha-Reliability, University of Pennsylvania.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vbl_detect.evaluation.intervals import Floats


def cohen_terms(first: int, second: int, n_labels: int) -> Floats:
    """Return what a unit adds to Cohen's kappa: a unit, alike or not, each reader's label."""
    row = np.zeros(2 + 2 * n_labels)
    row[0], row[1] = 1, first == second
    row[2 + first] = row[2 + n_labels + second] = 1
    return row


def cohen_kappa(sums: Floats) -> Floats:
    """Return Cohen's kappa of added-up `cohen_terms`, of shape (..., terms)."""
    units, alike = sums[..., 0], sums[..., 1]
    first, second = np.split(sums[..., 2:], 2, axis=-1)
    return _beyond_chance(_defined(alike, units), _defined((first * second).sum(axis=-1), units**2))


def fleiss_terms(labels: Sequence[int], n_labels: int) -> Floats:
    """Return what a unit adds to Fleiss' kappa: a unit, the alike share of its pairs, labels."""
    counts = np.bincount(labels, minlength=n_labels).astype(float)
    n = len(labels)
    alike = (counts * (counts - 1)).sum() / (n * (n - 1))
    return np.concatenate(([1.0, alike], counts))


def fleiss_kappa(sums: Floats) -> Floats:
    """Return Fleiss' kappa of added-up `fleiss_terms`, of shape (..., terms)."""
    counts = sums[..., 2:]
    expected = _defined((counts**2).sum(axis=-1), counts.sum(axis=-1) ** 2)
    return _beyond_chance(_defined(sums[..., 1], sums[..., 0]), expected)


def alpha_terms(labels: Sequence[int], n_labels: int) -> Floats:
    """Return what a unit adds to alpha: its coincidences of like labels, and its labels."""
    counts = np.bincount(labels, minlength=n_labels).astype(float)
    alike = (counts * (counts - 1)).sum() / (len(labels) - 1)
    return np.concatenate(([alike], counts))


def krippendorff_alpha(sums: Floats) -> Floats:
    """Return Krippendorff's nominal alpha of added-up `alpha_terms`, of shape (..., terms)."""
    counts = sums[..., 1:]
    n = counts.sum(axis=-1)
    expected = _defined((counts * (counts - 1)).sum(axis=-1), n * (n - 1))
    return _beyond_chance(_defined(sums[..., 0], n), expected)


def _beyond_chance(observed: Floats, expected: Floats) -> Floats:
    return _defined(observed - expected, 1 - expected)


def _defined(above: Floats, below: Floats) -> Floats:
    result: Floats = np.divide(
        above,
        below,
        out=np.full(np.shape(above), np.nan),
        where=np.abs(below) > 1e-12,  # noqa: PLR2004
    )
    return result
