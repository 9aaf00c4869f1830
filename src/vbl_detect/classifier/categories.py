"""Which category a stretch belongs to, by tagger, screen and lexicon together."""

from __future__ import annotations

import math
from collections.abc import Sequence

#: What the screen's log-odds, and a lexicon row of the category, weigh against the tagger's log
#: probability. Source: category accuracy on held-out parts and the development notes.
SCREEN_WEIGHT = 0.5
LEXICON_WEIGHT = 3.0
_LEAST = 1e-4


def choose_category(
    tagged: Sequence[float] | None, screened: Sequence[float], listed: int | None = None
) -> int:
    """Return the position of the likeliest category.

    Parameters
    ----------
    tagged : sequence of float or None
        The tagger's probability of each category; None where it did not run.
    screened : sequence of float
        The screen's log-odds of each category for the sentence.
    listed : int, optional
        The category of the lexicon row that matches there.
    """
    sums = [SCREEN_WEIGHT * log_odds for log_odds in screened]
    if tagged is not None:
        sums = [math.log(max(p, _LEAST)) + s for p, s in zip(tagged, sums, strict=True)]
    if listed is not None:
        sums[listed] += LEXICON_WEIGHT
    return sums.index(max(sums))
