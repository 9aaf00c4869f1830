"""The screen: a linear model over every sentence, fast enough to look at all of them.

Its weights are fitted with scikit-learn and scored here with numpy alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vbl_detect.classifier.ngrams import (
    CHARACTER_ROWS,
    WORD_ROWS,
    Words,
    character_rows,
    scale,
    word_ngrams,
)
from vbl_detect.classifier.word_table import WordTable

FloatArray = npt.NDArray[np.float32]
#: The outputs beside the categories: blaming wording in any context, and asserted.
ANY, ASSERTED = "any", "asserted"


@dataclass(slots=True)
class Screen:
    """Weights of the screen, ready to score.

    Attributes
    ----------
    weights : ndarray of shape (n_features, n_outputs)
        One row a hashed feature.
    intercepts : ndarray of shape (n_outputs,)
        One a output.
    outputs : tuple of str
        What each output tells: ``any`` (blaming wording in any context), ``asserted``, and the
        categories.
    """

    weights: FloatArray
    intercepts: FloatArray
    outputs: tuple[str, ...]
    #: What the characters of words add to the outputs.
    _characters: WordTable = field(init=False)

    def __post_init__(self) -> None:
        """Make room for what is summed up once for each word."""
        self._characters = WordTable((len(self.outputs),), np.float32)

    def score(
        self,
        words: Words,
        starts: npt.NDArray[np.int64],
        word_text: Callable[[int], str],
    ) -> FloatArray:
        """Return the log-odds of each sentence.

        Parameters
        ----------
        words : ndarray of shape (n_words,)
            Hashes of the lower-case words of all sentences, in order; none is empty.
        starts : ndarray of shape (n_sentences,)
            Where each sentence starts in `words`.
        word_text : callable
            Returns a word by its hash.

        Returns
        -------
        ndarray of shape (n_sentences, n_outputs)
        """
        lengths = np.diff(np.append(starts, len(words)))
        sums = self._sums(words, np.repeat(np.arange(len(starts)), lengths), word_text)
        totals = np.add.reduceat(sums, starts, axis=0)
        return (totals * scale(lengths)[:, None] + self.intercepts).astype(np.float32)

    def word_weights(
        self, words: Words, output: str, word_text: Callable[[int], str]
    ) -> FloatArray:
        """Return what each word of one sentence adds to an output, of shape (n_words,).

        Parameters
        ----------
        words : ndarray of shape (n_words,)
            Hashes of the sentence's lower-case words.
        output : str
            The output's name.
        word_text : callable
            Returns a word by its hash.
        """
        sums = self._sums(words, np.zeros(len(words), dtype=np.int64), word_text)
        scaled = sums[:, self.outputs.index(output)] * scale(np.array([len(words)]))
        return scaled.astype(np.float32)

    def strongest(
        self, words: Words, output: str, word_text: Callable[[int], str]
    ) -> tuple[int, int]:
        """Return the run of words in one sentence that moves an output most.

        Parameters
        ----------
        words, output, word_text
            As for `word_weights`.

        Returns
        -------
        tuple of int
            Half-open positions in `words`: the run with the largest sum (Kadane's algorithm).
        """
        best, run = float("-inf"), 0.0
        start, found = 0, (0, len(words))
        for place, value in enumerate(self.word_weights(words, output, word_text).tolist()):
            if run <= 0:
                start, run = place, 0.0
            run += value
            if run > best:
                best, found = run, (start, place + 1)
        return found

    def _sums(
        self,
        words: Words,
        sentence_of: npt.NDArray[np.int64],
        word_text: Callable[[int], str],
    ) -> FloatArray:
        """Return what each word, and each n-gram that begins with it, adds to the outputs."""
        (rows, _), *longer = word_ngrams(words, sentence_of)
        sums: FloatArray = self.weights.take(rows, axis=0)
        for rows, inside in longer:
            added = self.weights.take(rows, axis=0)
            added[~inside] = 0
            sums[: len(rows)] += added
        sums += self._characters.of(words, lambda keys: self._summed(map(word_text, keys)))
        return sums

    def _summed(self, words: Iterable[str]) -> FloatArray:
        """Return what each word's characters add to the outputs, of shape (n_words, n_outputs).

        All are added up side by side, a row of each word at a time.
        """
        rows = [character_rows(word) for word in words]
        lengths = np.array([len(of_word) for of_word in rows])
        grid = np.zeros((lengths.max(), len(rows)), dtype=np.int64)
        for column, of_word in enumerate(rows):
            grid[: len(of_word), column] = of_word
        weights = self.weights.take(grid, axis=0)
        weights[np.arange(len(grid))[:, None] >= lengths] = 0
        summed: FloatArray = weights.sum(axis=0)
        return summed

    def save(self, path: Path) -> None:
        """Write the weights as an ``.npz`` of plain arrays; not compressed, so as to load fast."""
        np.savez(
            path,
            weights=np.ascontiguousarray(self.weights, dtype=np.float16),
            intercepts=self.intercepts,
            outputs=np.array(self.outputs),
            shape=np.array([WORD_ROWS, CHARACTER_ROWS]),
        )

    @classmethod
    def load(cls, path: Path) -> Screen:
        """Read weights that `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            if arrays["shape"].tolist() != [WORD_ROWS, CHARACTER_ROWS]:
                raise ValueError("the screen was fitted with other table sizes")
            outputs = tuple(str(name) for name in arrays["outputs"])
            # A feature's weights lie side by side, so that scoring reads one place for each.
            # Kept in half the bytes, but added up as they are: numpy widens them slowly.
            weights = np.ascontiguousarray(arrays["weights"], dtype=np.float32)
            return cls(weights, arrays["intercepts"].astype(np.float32), outputs)
