"""Ratios of processor time within one run, with their spread.

Other programs on the machine slow everything down; what the processor spends on a step they change
little, and what one step spends beside another less still. So nothing here tells seconds.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

Step = Callable[[Sequence[str]], object]


class Ratio(NamedTuple):
    """A median with its range, in times of the unit."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        """Write it as tables do."""
        digits = 1 if self.median >= 10 else 2  # noqa: PLR2004
        return f"{self.median:.{digits}f} ({self.low:.{digits}f}-{self.high:.{digits}f})"


def measure(
    unit: Step, steps: Mapping[str, Step], rounds: Iterable[Sequence[str]]
) -> dict[str, Ratio]:
    """Return what each step takes, in times of the unit on the same notes.

    Parameters
    ----------
    unit : callable
        What to compare with; takes notes.
    steps : mapping of str to callable
        What is measured, by name.
    rounds : iterable of sequence of str
        The notes of each round, which none has seen before; the first round warms up and is
        dropped. Each round begins with another step.
    """
    ratios: dict[str, list[float]] = {name: [] for name in steps}
    names = list(steps)
    # Several pipelines are loaded here: searching all of them for garbage would fall on whichever
    # step is unlucky. Workers keep theirs out of it in the same way.
    gc.collect()
    gc.freeze()
    for number, texts in enumerate(rounds):
        turn = number % len(names)
        base = spent(unit, texts)
        for name in [*names[turn:], *names[:turn]]:
            ratio = spent(steps[name], texts) / base
            if number:
                ratios[name].append(ratio)
    return {name: of(found) for name, found in ratios.items()}


def spent(step: Step, texts: Sequence[str]) -> float:
    """Return the processor time that a step takes, all its threads together."""
    start = time.process_time()
    step(texts)
    return time.process_time() - start


def of(values: Sequence[float]) -> Ratio:
    """Return the median and range of values."""
    return Ratio(statistics.median(values), min(values), max(values))
