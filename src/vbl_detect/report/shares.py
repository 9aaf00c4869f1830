"""Shares with their intervals."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.stats import binomtest


@dataclass(frozen=True, slots=True)
class Share:
    """A share and its 95 % interval, each from 0 to 1."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return the share as ``18.3 % (12.4 to 26.2 %)``."""
        return f"{self.value:.1%} ({100 * self.low:.1f} to {self.high:.1%})".replace("%", " %")


def wilson(part: int, whole: int) -> Share | None:
    """Return a share with its Wilson score interval, without continuity correction.

    Parameters
    ----------
    part, whole : int
        How many, of how many; None is returned for a share of nothing.

    Source: Wilson (1927), as scipy reckons it.
    """
    if whole == 0:
        return None
    interval = binomtest(part, whole).proportion_ci(0.95, method="wilson")
    return Share(part / whole, float(interval.low), float(interval.high))
