"""What a sample can be expected to tell, before anybody reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vbl_detect.sampling.estimates import Figures, Tally, figures_of
from vbl_detect.sampling.strata import Stratum


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What somebody expects of the notes.

    Attributes
    ----------
    precision : float
        Part of the flagged notes that hold such language.
    missed : float
        Part of the others that hold it; of all notes, where none is known to be flagged.
    """

    precision: float = 0.5
    missed: float = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A sample and the figures to expect of it.

    Attributes
    ----------
    strata : sequence of Stratum
        With how many to draw from each.
    expected : Expected
        What they were reckoned with.
    figures : Figures
        With the intervals to expect.
    """

    strata: Sequence[Stratum]
    expected: Expected
    figures: Figures

    @property
    def drawn(self) -> int:
        """How many notes are to be read."""
        return sum(stratum.drawn for stratum in self.strata)


def plan_for(strata: Sequence[Stratum], expected: Expected) -> Plan:
    """Return what a sample would tell if all of it came out as expected.

    Parameters
    ----------
    strata : sequence of Stratum
        With how many to draw from each.
    expected : Expected
        What is expected of the notes.
    """
    tallies = [
        Tally(s, s.drawn, s.drawn * (expected.precision if s.flagged else expected.missed))
        for s in strata
    ]
    return Plan(strata=strata, expected=expected, figures=figures_of(tallies))
