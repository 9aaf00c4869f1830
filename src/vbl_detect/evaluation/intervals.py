"""Figures with their intervals, from a bootstrap over notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.stats import bootstrap

#: Resamples of the bootstrap, over notes, and its seed.
RESAMPLES = 2_000
SEED = 20_250_124
_BATCH = 200
_LOW, _HIGH = 2.5, 97.5

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % interval, from a bootstrap over notes."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return the figure as ``0.52 (0.45-0.58)``."""
        return f"{self.value:.2f} ({self.low:.2f}-{self.high:.2f})"


def ratio(above: Floats, below: Floats) -> Floats:
    """Return `above` divided by `below`, 0 where `below` is.

    Parameters
    ----------
    above, below : ndarray
        Of one shape.
    """
    result: Floats = np.divide(above, below, out=np.zeros_like(below), where=below > 0)
    return result


def estimates(columns: tuple[Floats, ...], statistic: Callable[..., Floats]) -> list[Estimate]:
    """Return figures with their intervals.

    Parameters
    ----------
    columns : tuple of ndarray of shape (n_notes,)
        Counts of each note.
    statistic : callable
        Takes the columns' sums, each of shape (...), and returns an array of shape
        (n_figures, ...).
    """

    def of_sums(*data: Floats, axis: int = -1) -> Floats:
        return statistic(*(column.sum(axis=axis) for column in data))

    values = of_sums(*columns)
    if len(columns[0]) < 2:  # noqa: PLR2004 - one note has no spread
        return [Estimate(float(value), 0.0, 1.0) for value in values]
    interval = bootstrap(
        columns,
        of_sums,
        n_resamples=RESAMPLES,
        paired=True,
        vectorized=True,
        batch=_BATCH,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    lows, highs = np.atleast_1d(interval.low), np.atleast_1d(interval.high)
    return [
        Estimate(float(value), float(low), float(high))
        for value, low, high in zip(values, lows, highs, strict=True)
    ]


def weighted_estimate(n_notes: int, statistic: Callable[[Floats], Floats]) -> Estimate:
    """Return a figure that is no function of sums, with its interval.

    Parameters
    ----------
    n_notes : int
        Notes that are drawn from.
    statistic : callable
        Takes weights of shape (n_resamples, n_notes), how often each note was drawn, and returns
        one figure a resample; NaN where it is not defined, which the interval leaves out.
    """
    value = float(statistic(np.ones((1, n_notes)))[0])
    if n_notes < 2:  # noqa: PLR2004 - one note has no spread
        return Estimate(value, 0.0, 1.0)
    rng = np.random.default_rng(SEED)
    drawn = [
        statistic(rng.multinomial(n_notes, np.full(n_notes, 1.0 / n_notes), _BATCH).astype(float))
        for _ in range(RESAMPLES // _BATCH)
    ]
    low, high = np.nanpercentile(np.concatenate(drawn), (_LOW, _HIGH))
    return Estimate(value, float(low), float(high))
