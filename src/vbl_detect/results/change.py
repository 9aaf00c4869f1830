"""Before and after a course: how far the same people's marks moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from scipy.stats import ttest_rel

from vbl_detect.exercises import Exercise
from vbl_detect.results.marks import MEASURES, Marked, Marks, by_category


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a share moved, on the average of people.

    Attributes
    ----------
    measure : str
        One of `MEASURES`.
    category : str
        The category; empty: all.
    people : int
        Those who have the share before and after.
    before, after, change : float
        Means over people, each person's share weighing the same.
    low, high : float or None
        The 95 % interval of the change; None where there are too few people, or all moved alike.

    Source: the paired t interval, as scipy reckons it.
    """

    measure: str
    category: str
    people: int
    before: float
    after: float
    low: float | None
    high: float | None

    @property
    def change(self) -> float:
        """By how much the mean moved."""
        return self.after - self.before

    def __str__(self) -> str:
        """Return the change in points: ``+12.5 (3.0 to 22.0)``."""
        told = f"{100 * self.change:+.1f}"
        if self.low is None or self.high is None:
            return told
        return f"{told} ({100 * self.low:+.1f} to {100 * self.high:+.1f})"


def pairs(before: Sequence[Marked], after: Sequence[Marked]) -> list[tuple[Marked, Marked]]:
    """Return the people who are in both, by name.

    Parameters
    ----------
    before, after : sequence of Marked
        The people.
    """
    held = {one.person.key: one for one in before}
    return [(held[one.person.key], one) for one in after if one.person.key in held]


def changes(paired: Sequence[tuple[Marked, Marked]]) -> list[Change]:
    """Return how each measure moved, and how the finding of phrases moved in each category.

    Parameters
    ----------
    paired : sequence of (Marked, Marked)
        From `pairs`.
    """
    whole = [(b.marks(), a.marks()) for b, a in paired]
    made = [_change(measure, "", whole) for measure in MEASURES]
    of = [(_by_name(by_category([b])), _by_name(by_category([a]))) for b, a in paired]
    for category in sorted({name for pair in of for marks in pair for name in marks}):
        both = [(b[category], a[category]) for b, a in of if category in b and category in a]
        made.append(_change("found", category, both))
    return [change for change in made if change is not None]


def remarks(
    before: Sequence[Marked], after: Sequence[Marked], exercises: Mapping[str, Exercise]
) -> list[str]:
    """Return what must be known to read the changes.

    Parameters
    ----------
    before, after : sequence of Marked
        The people.
    exercises : mapping of str to Exercise
        By id.
    """
    said = []
    keys = [{one.person.key for one in side} for side in (before, after)]
    alone = len(keys[0] ^ keys[1])
    if alone:
        said.append(
            f"{alone} {'person is' if alone == 1 else 'people are'} on one side only, by name, and "
            "left out of the change"
        )
    asked = [sorted({name for one in side for name in one.exercises}) for side in (before, after)]
    if asked[0] != asked[1] and all(asked):
        hard = [fmean(exercises[name].difficulty for name in names) for names in asked]
        said.append(
            f"other exercises were asked before and after (mean difficulty {hard[0]:.1f} and "
            f"{hard[1]:.1f} of 3): part of a change can come from that"
        )
    elif asked[0] and asked[0] == asked[1]:
        said.append(
            "the same exercises were asked before and after: part of a change can be memory"
        )
    return said


def _by_name(every: Sequence[Marks]) -> dict[str, Marks]:
    return {marks.name: marks for marks in every}


def _change(measure: str, category: str, both: Sequence[tuple[Marks, Marks]]) -> Change | None:
    shares = [
        (
            b.parts[measure].part / b.parts[measure].whole,
            a.parts[measure].part / a.parts[measure].whole,
        )
        for b, a in both
        if b.parts[measure].whole and a.parts[measure].whole
    ]
    if not shares:
        return None
    before, after = zip(*shares, strict=True)
    low = high = None
    differences = {round(a - b, 12) for b, a in shares}
    if len(differences) > 1:
        interval = ttest_rel(after, before).confidence_interval(0.95)
        low, high = max(-1.0, float(interval.low)), min(1.0, float(interval.high))
    return Change(
        measure=measure,
        category=category,
        people=len(shares),
        before=fmean(before),
        after=fmean(after),
        low=low,
        high=high,
    )
