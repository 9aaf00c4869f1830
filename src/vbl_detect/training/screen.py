"""Fitting the screen: logistic regressions on hashed n-grams, exported to plain weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from vbl_detect.classifier.ngrams import ROWS, Words, rows_by_sentence, scale
from vbl_detect.classifier.screen import ANY, ASSERTED, Screen
from vbl_detect.gold import GoldNote

#: Inverse strength of the penalty; chosen on held-out training parts.
INVERSE_PENALTY = 10.0


class Sentences(NamedTuple):
    """The sentences of some notes, as the screen takes them.

    Attributes
    ----------
    words : ndarray of shape (n_words,)
        Hashes of the lower-case words, sentence after sentence.
    starts : ndarray of shape (n_sentences,)
        Where each sentence starts in `words`.
    note_of : ndarray of shape (n_sentences,)
        The position of each sentence's note.
    bounds : list of (int, int)
        Half-open offsets of each sentence in its note.
    """

    words: Words
    starts: npt.NDArray[np.int64]
    note_of: npt.NDArray[np.int64]
    bounds: list[tuple[int, int]]


def labels(
    notes: Sequence[GoldNote], sentences: Sentences, outputs: Sequence[str]
) -> npt.NDArray[np.int8]:
    """Return what each sentence is: 1, 0, or -1 where only a borderline span says so.

    Parameters
    ----------
    notes : sequence of GoldNote
        The notes.
    sentences : Sentences
        Their sentences.
    outputs : sequence of str
        `ANY`, `ASSERTED` and categories.

    Returns
    -------
    ndarray of shape (n_sentences, n_outputs)
    """
    found = np.zeros((len(sentences.bounds), len(outputs)), dtype=np.int8)
    for row, (number, (start, end)) in enumerate(
        zip(sentences.note_of.tolist(), sentences.bounds, strict=True)
    ):
        spans = [s for s in notes[number].spans if s.start < end and start < s.end]
        firm = [span for span in spans if not span.borderline]
        for column, output in enumerate(outputs):
            if output == ANY:
                positive = bool(firm)
            elif output == ASSERTED:
                positive = any(span.counts for span in firm)
            else:
                positive = any(span.category == output for span in firm)
            found[row, column] = 1 if positive else -1 if len(firm) < len(spans) else 0
    return found


def matrix(sentences: Sentences, word_text: Callable[[int], str]) -> csr_matrix:
    """Return the sentences' features, of shape (n_sentences, n_features), in the plain form."""
    lengths = np.diff(np.append(sentences.starts, len(sentences.words)))
    sentence_of = np.repeat(np.arange(len(lengths)), lengths)
    rows = list(rows_by_sentence(sentences.words, sentence_of, word_text, len(lengths)))
    pointers = np.cumsum([0, *map(len, rows)])
    indices = np.concatenate([np.array(row, dtype=np.int64) for row in rows])
    values = np.repeat(scale(lengths), np.diff(pointers))
    features = csr_matrix((values, indices, pointers), shape=(len(rows), ROWS))
    features.sum_duplicates()
    return features


def fit_screen(
    features: csr_matrix, targets: npt.NDArray[np.int8], outputs: Sequence[str]
) -> Screen:
    """Fit one regression an output.

    Parameters
    ----------
    features : csr_matrix of shape (n_sentences, n_features)
        From `matrix`.
    targets : ndarray of shape (n_sentences, n_outputs)
        From `labels`; sentences at -1 are left out.
    outputs : sequence of str
        The outputs' names.
    """
    fitted = []
    for column in range(targets.shape[1]):
        sure = targets[:, column] >= 0
        regression = LogisticRegression(C=INVERSE_PENALTY, solver="liblinear")
        fitted.append(regression.fit(features[sure], targets[sure, column]))
    weights = np.concatenate([regression.coef_ for regression in fitted]).T
    intercepts = np.array([regression.intercept_[0] for regression in fitted])
    return Screen(weights.astype(np.float32), intercepts.astype(np.float32), tuple(outputs))
