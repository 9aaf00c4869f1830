"""What findings are worth where blaming sentences are rarer than in labelled notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from vbl_detect.evaluation.intervals import Estimate, Floats, estimates, ratio
from vbl_detect.evaluation.levels import overlap
from vbl_detect.gold import GoldNote
from vbl_detect.marks import Marked, Marks
from vbl_detect.sentences import sentence_bounds

#: Notes and sentences by which false findings are counted: the project's goals name them so.
CLEAN_NOTES = 40
ORDINARY_SENTENCES = 200


@dataclass(frozen=True, slots=True)
class AtPrevalence:
    """Precision by sentence where a given share of sentences blames.

    Attributes
    ----------
    prevalence : float
        The share of blaming sentences that is assumed, 0 to 1.
    precision, recall, false_positive_rate : Estimate
        The precision that follows from the two others.
    """

    prevalence: float
    precision: Estimate
    recall: Estimate
    false_positive_rate: Estimate


@dataclass(frozen=True, slots=True)
class FalseFindings:
    """Counted findings where none should be.

    Attributes
    ----------
    texts, sentences, findings : int
        How many of each.
    rate : Estimate
        Findings per `CLEAN_NOTES` notes, or per `ORDINARY_SENTENCES` sentences.
    """

    texts: int
    sentences: int
    findings: int
    rate: Estimate


def at_prevalence(notes: Sequence[GoldNote], marks: Marks, prevalence: float) -> AtPrevalence:
    """Return what precision becomes where blaming sentences are rarer, or denser.

    Parameters
    ----------
    notes : sequence of GoldNote
        The gold, of length n_notes.
    marks : Marks
        What the system marks as counted, of length n_notes.
    prevalence : float
        The share of blaming sentences to be expected, 0 to 1.
    """
    rows = [_outcomes(note, marked) for note, marked in zip(notes, marks, strict=True)]
    columns = tuple(np.array(column, dtype=float) for column in zip(*rows, strict=True))

    def figures(hit: Floats, positive: Floats, false: Floats, negative: Floats) -> Floats:
        recall, rate = ratio(hit, positive), ratio(false, negative)
        right = recall * prevalence
        return np.stack([ratio(right, right + rate * (1.0 - prevalence)), recall, rate])

    precision, recall, rate = estimates(columns, figures)
    return AtPrevalence(prevalence, precision, recall, rate)


def _outcomes(note: GoldNote, marks: Sequence[Marked]) -> tuple[int, int, int, int]:
    """Return sentences that are rightly marked, positive, wrongly marked, and negative."""
    hit = positive = false = negative = 0
    for start, end in sentence_bounds(note.text):
        inside = [span for span in note.spans if overlap(Marked(start, end, None), span)]
        counts = any(span.counts for span in inside)
        if not counts and any(span.borderline for span in inside):
            continue
        marked = any(mark.start < end and start < mark.end for mark in marks)
        positive += counts
        negative += not counts
        hit += counts and marked
        false += marked and not counts
    return hit, positive, false, negative


def clean_notes(notes: Sequence[GoldNote], marks: Marks) -> FalseFindings:
    """Count findings on the notes that hold no span of any context.

    Parameters
    ----------
    notes, marks
        As for `at_prevalence`.
    """
    pairs = [(n.text, len(m)) for n, m in zip(notes, marks, strict=True) if not n.spans]
    return _false_findings(pairs, by_sentence=False)


def ordinary_prose(texts: Iterable[str], marks: Marks) -> FalseFindings:
    """Count findings on prose in which every one is taken as false.

    Parameters
    ----------
    texts : iterable of str
        The texts.
    marks : Marks
        What the system marks as counted in each.
    """
    pairs = [(text, len(marked)) for text, marked in zip(texts, marks, strict=True)]
    return _false_findings(pairs, by_sentence=True)


def _false_findings(pairs: Sequence[tuple[str, int]], *, by_sentence: bool) -> FalseFindings:
    if not pairs:
        return FalseFindings(0, 0, 0, Estimate(0.0, 0.0, 0.0))
    sentences = np.array([len(sentence_bounds(text)) for text, _ in pairs], dtype=float)
    findings = np.array([number for _, number in pairs], dtype=float)
    per = ORDINARY_SENTENCES if by_sentence else CLEAN_NOTES
    below = sentences if by_sentence else np.ones_like(sentences)
    [rate] = estimates((findings, below), lambda f, b: np.stack([per * ratio(f, b)]))
    return FalseFindings(len(pairs), int(sentences.sum()), int(findings.sum()), rate)
