"""Whether a new model may take the place of an old one: both on the same labelled notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vbl_detect.evaluation.intervals import Estimate, Floats, estimates
from vbl_detect.evaluation.levels import agreement_figures, counts_by_note
from vbl_detect.gold import GoldNote
from vbl_detect.marks import Marks

#: Better: the whole interval lies above 0. As good: it lies above the margin below 0. Worse: the
#: difference itself lies beyond that margin. Undecided: the interval reaches beyond it.
Verdict = Literal["better", "as good", "undecided", "worse"]
_F1 = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two models on the same notes, by sentence.

    Attributes
    ----------
    old, new, difference : Estimate
        F1 of each, and new minus old; intervals from a bootstrap over notes, the same draws for
        both.
    margin : float
        How much worse the new model may be.
    notes, positives : int
        What was looked at: notes, and sentences that blame.
    only_old, only_new : int
        Sentences that blame and that one of them alone found.
    """

    old: Estimate
    new: Estimate
    difference: Estimate
    margin: float
    notes: int
    positives: int
    only_old: int
    only_new: int

    @property
    def verdict(self) -> Verdict:
        """What holds of the new model."""
        if self.difference.value < -self.margin:
            return "worse"
        if self.difference.low > 0:
            return "better"
        return "as good" if self.difference.low >= -self.margin else "undecided"


def compare(
    notes: Sequence[GoldNote], old: Marks, new: Marks, *, margin: float = 0.02
) -> Comparison:
    """Compare what two models mark.

    Parameters
    ----------
    notes : sequence of GoldNote
        The gold, of length n_notes.
    old, new : Marks
        What each marks as counted, of length n_notes.
    margin : float
        How much lower the new F1 may be, from 0 to 1.
    """
    before, after = (counts_by_note(notes, marks, "sentence") for marks in (old, new))
    first, second, difference = estimates((*before, *after), _paired)
    if len(notes) < 2:  # noqa: PLR2004 - one note has no spread
        difference = Estimate(difference.value, -1.0, 1.0)
    both = _found_by_both(notes, old, new)
    return Comparison(
        old=first,
        new=second,
        difference=difference,
        margin=margin,
        notes=len(notes),
        positives=int(before[3].sum()),
        only_old=int(before[2].sum()) - both,
        only_new=int(after[2].sum()) - both,
    )


def _paired(*sums: Floats) -> Floats:
    old, new = agreement_figures(*sums[:4])[_F1], agreement_figures(*sums[4:])[_F1]
    return np.stack([old, new, new - old])


def _found_by_both(notes: Sequence[GoldNote], old: Marks, new: Marks) -> int:
    """Count the blaming sentences that both found: each alone, less what either found."""
    either = [[*a, *b] for a, b in zip(old, new, strict=True)]
    found = [counts_by_note(notes, marks, "sentence")[2].sum() for marks in (old, new, either)]
    return int(found[0] + found[1] - found[2])
