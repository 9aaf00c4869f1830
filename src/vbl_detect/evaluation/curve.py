"""Precision against recall over all thresholds, by sentence.

The score of a sentence is the highest score of a finding in it, 0 where there is none. Sentences
that hold only borderline spans are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from vbl_detect.evaluation.intervals import Estimate, Floats, ratio, weighted_estimate
from vbl_detect.evaluation.levels import overlap
from vbl_detect.gold import GoldNote
from vbl_detect.marks import Marked
from vbl_detect.records import Finding
from vbl_detect.sentences import sentence_bounds

#: The recall at which the project's goal names a precision.
NAMED_RECALL = 0.80


@dataclass(frozen=True, slots=True)
class Point:
    """What counting from a threshold on gives."""

    threshold: float
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Precision and recall over all thresholds.

    Attributes
    ----------
    average_precision : Estimate
        The mean precision over the steps of recall.
    at_named_recall : Point or None
        The point of the highest precision with a recall of at least `NAMED_RECALL`.
    points : tuple of Point
        From the highest threshold down.
    """

    average_precision: Estimate
    at_named_recall: Point | None
    points: tuple[Point, ...]

    def at(self, threshold: float) -> Point | None:
        """Return what counting from a threshold on gives, or None if nothing reaches it."""
        reached = [point for point in self.points if point.threshold >= threshold]
        return replace(reached[-1], threshold=threshold) if reached else None


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """Scores and labels of sentences.

    Attributes
    ----------
    scores : ndarray of shape (n_sentences,)
        0 to 1.
    positive : ndarray of shape (n_sentences,)
        Whether each holds a span that counts.
    note_of : ndarray of shape (n_sentences,)
        The number of each sentence's note.
    n_notes : int
        How many notes, those without a sentence included.
    """

    scores: Floats
    positive: npt.NDArray[np.bool_]
    note_of: npt.NDArray[np.int64]
    n_notes: int


def sentence_scores(
    notes: Sequence[GoldNote],
    findings: Sequence[Sequence[Finding]],
    *,
    asserted_only: bool = False,
) -> SentenceScores:
    """Return the score and the label of each sentence.

    Parameters
    ----------
    notes : sequence of GoldNote
        The gold, of length n_notes.
    findings : sequence of sequence of Finding
        All findings of each note, counted or not.
    asserted_only : bool
        Whether to take only findings whose context is asserted, as a change of ``--min-score``
        would; the score itself tells context too.
    """
    scores, positive, note_of = [], [], []
    for number, (note, found) in enumerate(zip(notes, findings, strict=True)):
        for start, end in sentence_bounds(note.text):
            inside = [span for span in note.spans if overlap(Marked(start, end, None), span)]
            counts = any(span.counts for span in inside)
            if not counts and any(span.borderline for span in inside):
                continue
            over = [
                finding.score
                for finding in found
                if finding.start < end
                and start < finding.end
                and (finding.context == "asserted" or not asserted_only)
            ]
            scores.append(max(over, default=0.0))
            positive.append(counts)
            note_of.append(number)
    return SentenceScores(
        np.array(scores, dtype=float),
        np.array(positive, dtype=bool),
        np.array(note_of, dtype=np.int64),
        len(notes),
    )


def precision_recall_curve(sentences: SentenceScores) -> Curve:
    """Return precision and recall over all thresholds, with the average precision.

    Parameters
    ----------
    sentences : SentenceScores
        What `sentence_scores` returned.
    """
    points = curve_points(sentences)
    reaching = [point for point in points if point.recall >= NAMED_RECALL]
    return Curve(
        average_precision=weighted_estimate(
            sentences.n_notes, lambda weights: _average_precision(sentences, weights)
        ),
        at_named_recall=max(reaching, key=lambda point: point.precision, default=None),
        points=points,
    )


def curve_points(sentences: SentenceScores) -> tuple[Point, ...]:
    """Return precision and recall at each score that occurs, above 0, from the highest down.

    Parameters
    ----------
    sentences : SentenceScores
        What `sentence_scores` returned.
    """
    if not len(sentences.scores):
        return ()
    thresholds, precision, recall = _steps(sentences, np.ones((1, sentences.n_notes)))
    return tuple(
        Point(round(threshold, 4), p, r)
        for threshold, p, r in zip(
            thresholds.tolist(), precision[0].tolist(), recall[0].tolist(), strict=True
        )
        if threshold > 0
    )


def lowest_threshold(points: Sequence[Point], precision: float) -> Point | None:
    """Return the point of the highest recall with a wished precision, or None if none has it.

    Parameters
    ----------
    points : sequence of Point
        What `curve_points` returned.
    precision : float
        The wish, 0 to 1.
    """
    good = [point for point in points if point.precision >= precision]
    return max(good, key=lambda point: (point.recall, point.precision), default=None)


def _average_precision(sentences: SentenceScores, weights: Floats) -> Floats:
    if not sentences.positive.any():
        return np.zeros(len(weights))
    _, precision, recall = _steps(sentences, weights)
    gains = np.diff(recall, axis=1, prepend=0.0)
    total: Floats = (precision * gains).sum(axis=1)
    return total


def _steps(sentences: SentenceScores, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Return thresholds of shape (n,), precision and recall of shape (n_resamples, n)."""
    order = np.argsort(-sentences.scores, kind="stable")
    scores = sentences.scores[order]
    last = np.flatnonzero(np.diff(scores, append=-1.0))
    drawn = weights[:, sentences.note_of[order]]
    marked = np.cumsum(drawn, axis=1)[:, last]
    right = np.cumsum(drawn * sentences.positive[order], axis=1)[:, last]
    totals = np.broadcast_to(right[:, -1:], right.shape)
    return scores[last], ratio(right, marked), ratio(right, totals)
