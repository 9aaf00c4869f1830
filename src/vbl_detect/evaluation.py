"""How well findings agree with labelled notes: precision, recall and F1 with their intervals.

Scoring follows the annotation guidelines, "How sets are scored". A sentence, or a note, is
positive if it holds an asserted, non-borderline span; those that hold only borderline spans are
left out. A finding matches a span if they overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import bootstrap

from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.marks import Marked, Marks
from vbl_detect.sentences import sentence_bounds

Level = Literal["sentence", "note", "span"]
LEVELS: tuple[Level, ...] = get_args(Level)

#: Resamples of the bootstrap, over notes, and its seed.
RESAMPLES = 2_000
SEED = 20_250_124


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % interval, from a bootstrap over notes."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return the figure as ``0.52 (0.45-0.58)``."""
        return f"{self.value:.2f} ({self.low:.2f}-{self.high:.2f})"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision, recall and F1 at one level.

    Attributes
    ----------
    precision, recall, f1 : Estimate
        The figures.
    n_gold, n_marked : int
        Positives in the gold and in the system's marks.
    """

    precision: Estimate
    recall: Estimate
    f1: Estimate
    n_gold: int
    n_marked: int


class _Counts(NamedTuple):
    """One note's counts: marks that are right, marks, gold that is found, gold."""

    right: int
    marked: int
    found: int
    gold: int


def agreement(notes: Sequence[GoldNote], marks: Marks, level: Level) -> Agreement:
    """Compare a system's marks with the gold.

    Parameters
    ----------
    notes : sequence of GoldNote
        The gold, of length n_notes.
    marks : Marks
        What the system marks as counted, of length n_notes.
    level : {"sentence", "note", "span"}
        What is counted.
    """
    count = _COUNTERS[level]
    counts = [count(note, marked) for note, marked in zip(notes, marks, strict=True)]
    right, marked, found, gold = (
        np.array(column, dtype=float) for column in zip(*counts, strict=True)
    )
    data = (right, marked, found, gold)
    return Agreement(
        precision=_estimate(data, _precision),
        recall=_estimate(data, _recall),
        f1=_estimate(data, _f1),
        n_gold=int(gold.sum()),
        n_marked=int(marked.sum()),
    )


def category_accuracy(notes: Sequence[GoldNote], marks: Marks) -> tuple[int, int]:
    """Return how many marks on asserted spans name the span's category, of how many.

    Parameters
    ----------
    notes, marks
        As for `agreement`; marks without a category are passed over.
    """
    pairs = [
        (
            mark.category,
            {span.category for span in note.spans if span.counts and _overlap(mark, span)},
        )
        for note, marked in zip(notes, marks, strict=True)
        for mark in marked
    ]
    matched = [(category, gold) for category, gold in pairs if category is not None and gold]
    return sum(category in gold for category, gold in matched), len(matched)


def silent_share(notes: Sequence[GoldNote], marks: Marks) -> tuple[int, int]:
    """Return how many spans of the five uncounted contexts draw no mark, of how many.

    Parameters
    ----------
    notes, marks
        As for `agreement`.
    """
    silent = [
        not any(_overlap(mark, span) for mark in marked)
        for note, marked in zip(notes, marks, strict=True)
        for span in note.spans
        if span.context != "asserted" and not span.borderline
    ]
    return sum(silent), len(silent)


def _count_sentences(note: GoldNote, marks: Sequence[Marked]) -> _Counts:
    return _count_stretches(sentence_bounds(note.text), note.spans, marks)


def _count_notes(note: GoldNote, marks: Sequence[Marked]) -> _Counts:
    return _count_stretches([(0, len(note.text))], note.spans, marks)


def _count_stretches(
    bounds: Iterable[tuple[int, int]], spans: Sequence[GoldSpan], marks: Sequence[Marked]
) -> _Counts:
    """Count stretches of text as positive or not; only-borderline stretches are left out."""
    right = marked = gold = 0
    for start, end in bounds:
        stretch = Marked(start, end, None)
        inside = [span for span in spans if _overlap(stretch, span)]
        positive = any(span.counts for span in inside)
        if not positive and any(span.borderline for span in inside):
            continue
        is_marked = any(mark.start < end and start < mark.end for mark in marks)
        gold += positive
        marked += is_marked
        right += positive and is_marked
    return _Counts(right, marked, right, gold)


def _count_spans(note: GoldNote, marks: Sequence[Marked]) -> _Counts:
    gold = [span for span in note.spans if span.counts]
    borderline = [span for span in note.spans if span.borderline]
    right = marked = 0
    for mark in marks:
        is_right = any(_overlap(mark, span) for span in gold)
        if is_right or not any(_overlap(mark, span) for span in borderline):
            marked += 1
            right += is_right
    found = sum(any(_overlap(mark, span) for mark in marks) for span in gold)
    return _Counts(right, marked, found, len(gold))


_COUNTERS: dict[Level, Callable[[GoldNote, Sequence[Marked]], _Counts]] = {
    "sentence": _count_sentences,
    "note": _count_notes,
    "span": _count_spans,
}

_Array: TypeAlias = npt.NDArray[np.float64]
_Statistic: TypeAlias = Callable[..., _Array]


def _ratio(above: _Array, below: _Array) -> _Array:
    total = below.sum(axis=-1)
    result: _Array = np.divide(above.sum(axis=-1), total, out=np.zeros_like(total), where=total > 0)
    return result


def _precision(right: _Array, marked: _Array, _f: _Array, _g: _Array, axis: int = -1) -> _Array:
    del axis
    return _ratio(right, marked)


def _recall(_r: _Array, _m: _Array, found: _Array, gold: _Array, axis: int = -1) -> _Array:
    del axis
    return _ratio(found, gold)


def _f1(right: _Array, marked: _Array, found: _Array, gold: _Array, axis: int = -1) -> _Array:
    del axis
    precision, recall = _ratio(right, marked), _ratio(found, gold)
    both = precision + recall
    result: _Array = np.divide(
        2 * precision * recall, both, out=np.zeros_like(both), where=both > 0
    )
    return result


def _estimate(data: tuple[_Array, ...], statistic: _Statistic) -> Estimate:
    value = float(statistic(*data))
    if len(data[0]) < 2:  # noqa: PLR2004 - one note has no spread
        return Estimate(value, 0.0, 1.0)
    interval = bootstrap(
        data,
        statistic,
        n_resamples=RESAMPLES,
        paired=True,
        vectorized=True,
        batch=200,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return Estimate(value, float(interval.low), float(interval.high))


def _overlap(mark: Marked, span: GoldSpan) -> bool:
    return mark.start < span.end and span.start < mark.end


def calibration_error(scored: Iterable[tuple[float, bool]], bins: int = 10) -> float:
    """Return the expected calibration error: how far scores lie from the shares that count.

    Parameters
    ----------
    scored : iterable of (float, bool)
        Scores, 0 to 1, and whether a careful reader counts the stretch.
    bins : int
        Equal parts of 0 to 1 in which scores are compared with shares, weighted by their number.

    Returns
    -------
    float
        0 to 1; 0.0 where there is nothing to compare.
    """
    pairs = list(scored)
    if not pairs:
        return 0.0
    scores, counts = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    places = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [
        abs(scores[places == place].sum() - counts[places == place].sum()) for place in range(bins)
    ]
    return float(sum(gaps) / len(pairs))
