"""Fitting the stacker on stretches that neither screen nor tagger has seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from vbl_detect.classifier.stacker import Clues, Stacker, features
from vbl_detect.gold import GoldNote

#: Inverse strength of the penalty on standardised figures.
INVERSE_PENALTY = 1.0


class Example(NamedTuple):
    """A stretch of a labelled note, and whether a careful reader counts it."""

    clues: Clues
    counts: bool


def label_of(note: GoldNote, start: int, end: int) -> bool | None:
    """Return whether a stretch counts, or None where readers could disagree.

    Parameters
    ----------
    note : GoldNote
        The labelled note.
    start, end : int
        Half-open offsets in code points.
    """
    spans = [span for span in note.spans if span.start < end and start < span.end]
    if any(span.counts for span in spans):
        return True
    return None if any(span.borderline for span in spans) else False


def examples(
    notes: Iterable[tuple[GoldNote, Iterable[tuple[int, int, Clues]]]],
) -> Iterator[Example]:
    """Yield the stretches of labelled notes on which readers agree.

    Parameters
    ----------
    notes : iterable of (GoldNote, iterable of (int, int, Clues))
        Each note with its stretches: half-open offsets and clues.
    """
    for note, stretches in notes:
        for start, end, clues in stretches:
            counts = label_of(note, start, end)
            if counts is not None:
                yield Example(clues, counts)


def fit_stacker(
    by_mode: Mapping[str, Sequence[Example]], thresholds: Mapping[str, float]
) -> Stacker:
    """Fit one regression a mode.

    Parameters
    ----------
    by_mode : mapping of str to sequence of Example
        What each is fitted to.
    thresholds : mapping of str to float
        From which score a stretch counts, by mode.
    """
    weights: dict[str, list[float]] = {}
    means: dict[str, list[float]] = {}
    intercepts: dict[str, float] = {}
    for mode, found in by_mode.items():
        figures = np.array([features(example.clues) for example in found])
        scaler = StandardScaler().fit(figures)
        regression = LogisticRegression(C=INVERSE_PENALTY, max_iter=2_000)
        regression.fit(scaler.transform(figures), [example.counts for example in found])
        # The scaling goes into the weights, so that scoring needs nothing else.
        unscaled = regression.coef_[0] / scaler.scale_
        weights[mode], means[mode] = unscaled.tolist(), scaler.mean_.tolist()
        intercepts[mode] = float(regression.intercept_[0] - unscaled @ scaler.mean_)
    return Stacker(weights, means, intercepts, dict(thresholds))
