"""Notes as points, so that one can tell how near they are: hashed words, weighed by rarity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Floats: TypeAlias = npt.NDArray[np.float64]
_BATCH = 500


def points(texts: Sequence[str]) -> csr_matrix:
    """Return a point of length 1 for each text, of shape (n_texts, n_features).

    Words and pairs of words, in lower case; the dot product of two points is their cosine.

    Parameters
    ----------
    texts : sequence of str
        All texts that are to be compared, those that are known included.
    """
    # Imported here: taking notes to a tool and back needs none of it.
    from sklearn.feature_extraction.text import (  # noqa: PLC0415
        HashingVectorizer,
        TfidfTransformer,
    )
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415

    words = HashingVectorizer(
        token_pattern=r"(?u)\b\w+\b",  # noqa: S106 - no password
        ngram_range=(1, 2),
        n_features=1 << 18,
        alternate_sign=False,
        norm=None,
    )
    found: csr_matrix = make_pipeline(words, TfidfTransformer(sublinear_tf=True)).fit_transform(
        texts
    )
    return found


def nearest(rows: csr_matrix, others: csr_matrix) -> Floats:
    """Return the cosine of each row with the nearest of the others, 0 where there are none.

    Parameters
    ----------
    rows, others : csr_matrix
        From one call of `points`.

    Returns
    -------
    ndarray of shape (n_rows,)
    """
    best = np.zeros(rows.shape[0])
    for start in range(0, others.shape[0], _BATCH):
        cosines = rows @ others[start : start + _BATCH].T
        best = np.maximum(best, cosines.max(axis=1).toarray().ravel())
    return best
