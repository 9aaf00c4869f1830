"""Precision, recall and F1 by sentence, by note and by span, with their intervals.

Scoring follows the annotation guidelines, "How sets are scored". A sentence, or a note, is
positive if it holds an asserted, non-borderline span; those that hold only borderline spans are
left out. A finding matches a span if they overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np

from vbl_detect.evaluation.intervals import Estimate, Floats, estimates, ratio
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.marks import Marked, Marks
from vbl_detect.sentences import sentence_bounds

Level = Literal["sentence", "note", "span"]
LEVELS: tuple[Level, ...] = get_args(Level)


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
    columns = counts_by_note(notes, marks, level)
    _, marked, _, gold = columns
    precision, recall, f1 = estimates(columns, agreement_figures)
    return Agreement(precision, recall, f1, n_gold=int(gold.sum()), n_marked=int(marked.sum()))


def counts_by_note(
    notes: Sequence[GoldNote], marks: Marks, level: Level
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return what each note adds: marks that are right, marks, gold that is found, gold.

    Parameters
    ----------
    notes, marks, level
        As for `agreement`.

    Returns
    -------
    tuple of ndarray of shape (n_notes,)
    """
    count = _COUNTERS[level]
    counts = [count(note, marked) for note, marked in zip(notes, marks, strict=True)]
    right, marked, found, gold = np.array(counts, dtype=float).T
    return right, marked, found, gold


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
            {span.category for span in note.spans if span.counts and overlap(mark, span)},
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
        not any(overlap(mark, span) for mark in marked)
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
        inside = [span for span in spans if overlap(stretch, span)]
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
        is_right = any(overlap(mark, span) for span in gold)
        if is_right or not any(overlap(mark, span) for span in borderline):
            marked += 1
            right += is_right
    found = sum(any(overlap(mark, span) for mark in marks) for span in gold)
    return _Counts(right, marked, found, len(gold))


_COUNTERS: dict[Level, Callable[[GoldNote, Sequence[Marked]], _Counts]] = {
    "sentence": _count_sentences,
    "note": _count_notes,
    "span": _count_spans,
}


def agreement_figures(right: Floats, marked: Floats, found: Floats, gold: Floats) -> Floats:
    """Return precision, recall and F1 of added-up counts, of shape (3, ...)."""
    precision, recall = ratio(right, marked), ratio(found, gold)
    return np.stack([precision, recall, ratio(2 * precision * recall, precision + recall)])


def overlap(mark: Marked, span: GoldSpan) -> bool:
    """Tell whether a mark and a span share a character."""
    return mark.start < span.end and span.start < mark.end
