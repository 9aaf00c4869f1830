"""How far two readers' spans meet: F1 with one reader's spans as if they were the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, get_args

import numpy as np

from vbl_detect.annotators.panel import PanelNote
from vbl_detect.evaluation.intervals import Floats, ratio
from vbl_detect.gold import GoldSpan

Match = Literal["exact", "overlapping", "overlapping and labelled alike"]
MATCHES: tuple[Match, ...] = get_args(Match)
#: Spans that are met and spans, of the first reader and of the second.
_TERMS = 4


def pair_counts(note: PanelNote, pairs: Sequence[tuple[str, str]], match: Match) -> list[float]:
    """Return a note's counts for each pair: first's spans met, first's, second's met, second's.

    Parameters
    ----------
    note : PanelNote
        The note; a pair of whom one did not have it adds nothing.
    pairs : sequence of (str, str)
        The readers.
    match : {"exact", "overlapping", "overlapping and labelled alike"}
        When two spans meet; labels are category and context.
    """
    meets = _MEETS[match]
    counts: list[float] = []
    for one, other in pairs:
        if one not in note.spans or other not in note.spans:
            counts += [0.0] * _TERMS
            continue
        first, second = note.spans[one], note.spans[other]
        counts += [
            sum(any(meets(a, b) for b in second) for a in first),
            len(first),
            sum(any(meets(a, b) for a in first) for b in second),
            len(second),
        ]
    return counts


def pairwise_f1(sums: Floats) -> Floats:
    """Return the mean F1 of the pairs in which somebody marked something.

    Parameters
    ----------
    sums : ndarray of shape (n, 4 * n_pairs)
        Added-up `pair_counts`.
    """
    met, spans, met_too, spans_too = np.moveaxis(sums.reshape(len(sums), -1, _TERMS), -1, 0)
    precision, recall = ratio(met, spans), ratio(met_too, spans_too)
    f1 = ratio(2 * precision * recall, precision + recall)
    some = spans + spans_too > 0
    number = some.sum(axis=-1)
    total = np.where(some, f1, 0).sum(axis=-1)
    result: Floats = np.divide(total, number, out=np.full(len(sums), np.nan), where=number > 0)
    return result


def _overlap(a: GoldSpan, b: GoldSpan) -> bool:
    return a.start < b.end and b.start < a.end


_MEETS: dict[Match, Callable[[GoldSpan, GoldSpan], bool]] = {
    "exact": lambda a, b: (a.start, a.end) == (b.start, b.end),
    "overlapping": _overlap,
    "overlapping and labelled alike": lambda a, b: (
        _overlap(a, b) and (a.category, a.context) == (b.category, b.context)
    ),
}
