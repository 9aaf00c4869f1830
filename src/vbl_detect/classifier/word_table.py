"""Figures told of words, asked for once for each: notes hold the same words all the time.

A word lies where the last bits of its hash say, and gives way to another that comes to the same
place: memory stays flat, and numpy looks up the words of many notes at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from vbl_detect.classifier.ngrams import Words

#: Words that have a place: several times as many as notes keep coming back to.
PLACES = 1 << 17

Figures = npt.NDArray[Any]


class WordTable:
    """What is told of lower-case words, by their hashes.

    Parameters
    ----------
    width : tuple of int
        The shape of what is told of one word.
    dtype : dtype
        Its type.
    """

    def __init__(self, width: tuple[int, ...], dtype: npt.DTypeLike) -> None:
        self._hashes = np.zeros(PLACES, dtype=np.uint64)
        self._told = np.zeros((PLACES, *width), dtype=dtype)

    def of(self, words: Words, tell: Callable[[Sequence[int]], npt.ArrayLike]) -> Figures:
        """Return what is told of each word.

        Parameters
        ----------
        words : ndarray of shape (n_words,)
            The words' hashes; 0 is none.
        tell : callable
            Returns what is to be told of words by their hashes, one row a word.

        Returns
        -------
        ndarray of shape (n_words, *width)
        """
        places = _places(words)
        told = self._told.take(places, axis=0)
        is_new = self._hashes.take(places) != words
        if is_new.any():
            new, numbers = np.unique(words[is_new], return_inverse=True)
            places, figures = _places(new), np.asarray(tell(new.tolist()))
            told[is_new] = figures[numbers]
            # Of two that come to one place both assignments leave the last.
            self._told[places], self._hashes[places] = figures, new
        return told


def _places(words: Words) -> npt.NDArray[np.intp]:
    return (words & np.uint64(PLACES - 1)).astype(np.intp)
