"""What every output says of the figures."""

from __future__ import annotations

from vbl_detect.results.course import Rewritten
from vbl_detect.results.marks import MEASURES

HOW_TO_READ = (
    "Shares have 95 % intervals (Wilson's), which take each answer as if it were independent; with "
    "a dozen exercises they are wide, and differences between people mean little. Borderline "
    "phrases count for nobody and against nobody. The figures are for choosing what to practise "
    "next: they must not be used to rank or appraise people."
)
HOW_TO_READ_CHANGE = (
    "Change in percentage points on the average of people who answered both times, each person "
    "weighing the same, with the paired 95 % interval (t). An interval that holds 0 leaves open "
    "whether anything changed; and whatever changed need not be the course's doing."
)


def measure_name(measure: str) -> str:
    """Return a measure as a person calls it, and anything else as it is."""
    return MEASURES.get(measure, measure)


def rewriting_in_words(one: Rewritten) -> list[str]:
    """Return what is left in a rewriting, a sentence each; none: nothing is left.

    Parameters
    ----------
    one : Rewritten
        The rewriting.
    """
    left = [
        f"“{finding.phrase}” is left. {finding.why} Instead: {finding.suggestion}"
        for finding in one.check.findings
    ]
    left += [f"“{phrase}” stands as it stood." for phrase in one.check.kept]
    return left
