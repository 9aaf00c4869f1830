"""How far a stratified sample tells a share: limits that hold for rare and for common things.

The upper limit is that of a beta distribution whose mean and variance are the stratified
estimate's, each moved by what one more yes in the weightiest stratum would do; the lower limit is
the same of the noes. In one stratum this is close to the exact interval of Clopper and Pearson; in
many it is what Fay and Feuer's gamma interval is for rates, with a beta distribution in place of
the gamma, as Korn and Graubard have it for shares, and with the finite population's correction.

Sources: Cochran, Sampling Techniques, 3rd ed. 1977, section 5.10 (stratified share and variance);
Korn & Graubard, Survey Methodology 24 (1998) 193-201; Fay & Feuer, Statistics in Medicine 16 (1997)
791-801; Balch, Int. J. Approximate Reasoning 53 (2012) 1003-1019 (combining two such limits). The
test of coverage in tests/unit/sampling holds them to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.stats import beta

Floats: TypeAlias = npt.NDArray[np.float64]

#: How fine the distributions of two shares are crossed.
GRID = 200
# A stratum's spread is taken towards that of all as if so many more notes had been read.
_PSEUDO_NOTES = 2.0
_PROBABILITIES = (np.arange(GRID) + 0.5) / GRID


@dataclass(frozen=True, slots=True)
class Limits:
    """A share, and the distributions that its lower and its upper limits are quantiles of.

    Attributes
    ----------
    value : float
        The share, from 0 to 1.
    lower, upper : ndarray of shape (GRID,)
        Quantiles, ascending.
    """

    value: float
    lower: Floats
    upper: Floats


def stratified(notes: Sequence[float], read: Sequence[float], yes: Sequence[float]) -> Limits:
    """Return the share of yes among all notes of some strata.

    Parameters
    ----------
    notes : sequence of float
        How many notes each stratum holds.
    read : sequence of float
        How many of them were read; more than 0.
    yes : sequence of float
        How many of those were answered with yes.
    """
    N, n, y = (np.asarray(numbers, dtype=float) for numbers in (notes, read, yes))  # noqa: N806
    total = N.sum()
    least, most = y.sum() / total, 1 - (n - y).sum() / total
    return Limits(
        value=float((N / total * y / n).sum()),
        lower=np.clip(1 - _upper(N, n, n - y)[::-1], least, most),
        upper=np.clip(_upper(N, n, y), least, most),
    )


def _upper(N: Floats, n: Floats, y: Floats) -> Floats:  # noqa: N803 - the names of the literature
    weight, fraction = N / N.sum(), n / N
    share = float((weight * y / n).sum())
    spread = (y + _PSEUDO_NOTES * share) / (n + _PSEUDO_NOTES)
    variance = float((weight**2 * (1 - fraction) * spread * (1 - spread) / n).sum())
    # Halving the fraction brings the limit for no yes at all to that of the hypergeometric.
    one_more = np.where(fraction < 1, weight * (1 - fraction / 2) / (n + 1), 0.0)
    step = (1 - share) * float(one_more.max())
    mean = share + step
    variance += step**2
    if variance <= 0 or mean >= 1:
        return np.full(GRID, share)
    size = mean * (1 - mean) / variance - 1
    quantiles: Floats = beta.ppf(_PROBABILITIES, mean * size, (1 - mean) * size)
    return quantiles
