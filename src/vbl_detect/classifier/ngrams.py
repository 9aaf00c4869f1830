"""Hashed n-grams of sentences: the features of the screen, the same in fitting and in scoring.

A sentence's features are its words' 1- to 3-grams and, inside each word, its 3- to 5-character
n-grams. Both are hashed into fixed tables, so that nothing but weights has to be stored. A feature
counts once for each time it occurs, divided by the square root of the sentence's length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

Words: TypeAlias = npt.NDArray[np.uint64]
Indices: TypeAlias = npt.NDArray[np.int64]

#: Rows of the table of word n-grams; of these, the last `CHARACTER_ROWS` hold characters.
WORD_ROWS = 1 << 18
CHARACTER_ROWS = 1 << 16
ROWS = WORD_ROWS + CHARACTER_ROWS
#: Lengths of the n-grams of characters, and of the longest one of words.
CHARACTERS = (3, 4, 5)
LONGEST = 3
#: Added to a sentence's number of words before the square root, so that a sentence of one word
#: does not weigh more than one of several.
LENGTH_OFFSET = 4.0

# Odd constants of the multiplicative hash (Knuth, TAOCP vol. 3, 6.4; from the golden ratio).
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
_SHIFT = np.uint64(64 - WORD_ROWS.bit_length() + 1)


def word_ngrams(
    words: Words, sentence_of: npt.NDArray[np.int64]
) -> list[tuple[Indices, npt.NDArray[np.bool_]]]:
    """Return the table rows of the words that begin n-grams, for n = 1 to 3, and which count.

    Parameters
    ----------
    words : ndarray of shape (n_words,)
        Hashes of the lower-case words.
    sentence_of : ndarray of shape (n_words,)
        The number of each word's sentence; an n-gram that reaches across sentences does not count.
    """
    grams: list[tuple[Indices, npt.NDArray[np.bool_]]] = []
    mixed = words * _FACTORS[0]
    for n in range(1, LONGEST + 1):
        if n > 1:
            if len(words) < n:
                break
            mixed = (mixed[:-1] ^ (mixed[:-1] >> np.uint64(29))) * _FACTORS[n - 1] + words[n - 1 :]
            mixed = mixed * _FACTORS[0]
        inside = sentence_of[: len(mixed)] == sentence_of[n - 1 :]
        grams.append(((mixed >> _SHIFT).astype(np.int64), inside))
    return grams


def character_rows(word: str) -> list[int]:
    """Return the table rows of a word's character n-grams, the word's edges marked.

    Parameters
    ----------
    word : str
        A lower-case word.
    """
    if not word[:1].isalpha():
        return []
    edged = f"<{word}>"
    pieces: list[bytes]
    if edged.isascii():
        written = edged.encode()
        pieces = [written[at : at + n] for n in CHARACTERS for at in range(len(edged) - n + 1)]
    else:
        pieces = [
            edged[at : at + n].encode() for n in CHARACTERS for at in range(len(edged) - n + 1)
        ]
    return [WORD_ROWS + crc32(piece) % CHARACTER_ROWS for piece in pieces]


def scale(lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return what a sentence's sums are multiplied by.

    Parameters
    ----------
    lengths : ndarray of shape (n_sentences,)
        Words in each sentence.
    """
    factors: npt.NDArray[np.float64] = 1.0 / np.sqrt(lengths + LENGTH_OFFSET)
    return factors


def rows_by_sentence(
    words: Words,
    sentence_of: npt.NDArray[np.int64],
    word_text: Callable[[int], str],
    n_sentences: int,
) -> Iterable[list[int]]:
    """Yield all table rows of each sentence, one for each time a feature occurs.

    The plain form, for fitting and for tests; scoring takes the words' sums together.
    """
    rows: list[list[int]] = [[] for _ in range(n_sentences)]
    for indices, inside in word_ngrams(words, sentence_of):
        of = sentence_of[: len(inside)][inside]
        for row, sentence in zip(indices[inside].tolist(), of.tolist(), strict=True):
            rows[sentence].append(row)
    for word, sentence in zip(words.tolist(), sentence_of.tolist(), strict=True):
        rows[sentence] += character_rows(word_text(word))
    yield from rows
