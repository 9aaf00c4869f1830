"""The measures of agreement, each with its interval from a bootstrap over notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isnan

import krippendorff
import numpy as np
from sklearn.metrics import cohen_kappa_score

from vbl_detect.annotators.coefficients import (
    alpha_terms,
    cohen_kappa,
    cohen_terms,
    fleiss_kappa,
    fleiss_terms,
    krippendorff_alpha,
)
from vbl_detect.annotators.panel import Panel
from vbl_detect.annotators.span_scores import MATCHES, pair_counts, pairwise_f1
from vbl_detect.annotators.units import QUESTIONS, Question, Unit, units
from vbl_detect.evaluation.intervals import Floats, weighted_estimate

#: Readers from whom on Fleiss' kappa says more than Cohen's.
SEVERAL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measure.

    Attributes
    ----------
    of : str
        What was compared: a question about sentences, or ``spans``.
    measure : str
        The coefficient's name.
    readers : tuple of str
        Between whom.
    value : float or None
        None: not defined, because nothing can be compared or only one label was used.
    low, high : float or None
        The 95 % interval; None with a single note.
    alike : float or None
        The share of `n` on which the readers agree, chance included; None for spans.
    n : int
        Sentences, or spans of all the readers.
    """

    of: str
    measure: str
    readers: tuple[str, ...]
    value: float | None
    low: float | None
    high: float | None
    alike: float | None
    n: int


def measure(panel: Panel) -> list[Figure]:
    """Return all measures: by sentence for each question, then by span.

    Parameters
    ----------
    panel : Panel
        The notes and their readers.
    """
    figures = [figure for question in QUESTIONS for figure in _of_question(panel, question)]
    return figures + list(_of_spans(panel))


def _of_question(panel: Panel, question: Question) -> Iterator[Figure]:
    found = units(panel, question)
    number = {
        label: place
        for place, label in enumerate(sorted({one for u in found for one in u.labels.values()}))
    }
    n_labels = len(number)
    for pair in combinations(panel.readers, 2):
        both = _labelled_by(found, pair, number)
        terms = [cohen_terms(a, b, n_labels) for _, (a, b) in both]
        yield _figure(panel, question, "Cohen's kappa", pair, both, terms, cohen_kappa, _cohen)
    if len(panel.readers) >= SEVERAL:
        everybody = _labelled_by(found, panel.readers, number)
        terms = [fleiss_terms(labels, n_labels) for _, labels in everybody]
        yield _figure(
            panel, question, "Fleiss' kappa", panel.readers, everybody, terms, fleiss_kappa, None
        )
    some = [(u.note, [number[label] for label in u.labels.values()]) for u in found]
    terms = [alpha_terms(labels, n_labels) for _, labels in some]
    yield _figure(
        panel,
        question,
        "Krippendorff's alpha",
        panel.readers,
        some,
        terms,
        krippendorff_alpha,
        _krippendorff,
    )


#: Sentences: the note's place, and the number of each reader's label.
_Labelled = list[tuple[int, list[int]]]


def _labelled_by(found: list[Unit], readers: Sequence[str], number: dict[str, int]) -> _Labelled:
    return [
        (unit.note, [number[unit.labels[reader]] for reader in readers])
        for unit in found
        if all(reader in unit.labels for reader in readers)
    ]


def _cohen(labels: list[list[int]]) -> float:
    first, second = zip(*labels, strict=True)
    return float(cohen_kappa_score(first, second))


def _krippendorff(labels: list[list[int]]) -> float:
    n_labels = max(map(max, labels)) + 1
    counts = np.array([np.bincount(of, minlength=n_labels) for of in labels])
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def _figure(
    panel: Panel,
    question: Question,
    name: str,
    readers: tuple[str, ...],
    labelled: _Labelled,
    terms: list[Floats],
    coefficient: Callable[[Floats], Floats],
    library: Callable[[list[list[int]]], float] | None,
) -> Figure:
    if not labelled:
        return Figure(
            of=question, measure=name, readers=readers, n=0, value=None, low=None, high=None,
            alike=None,
        )  # fmt: skip
    sums = np.zeros((len(panel.notes), len(terms[0])))
    np.add.at(sums, [place for place, _ in labelled], np.array(terms))
    sums = sums[np.unique([place for place, _ in labelled])]
    value, low, high = _interval(sums, coefficient)
    if value is not None and library is not None:
        value = library([labels for _, labels in labelled])
    return Figure(
        of=question,
        measure=name,
        readers=readers,
        value=value,
        low=low,
        high=high,
        alike=sum(len(set(labels)) == 1 for _, labels in labelled) / len(labelled),
        n=len(labelled),
    )


def _of_spans(panel: Panel) -> Iterator[Figure]:
    pairs = list(combinations(panel.readers, 2))
    groups = [*((pair,) for pair in pairs), *([tuple(pairs)] if len(pairs) > 1 else [])]
    for match in MATCHES:
        for group in groups:
            readers = group[0] if len(group) == 1 else panel.readers
            counts = np.array([pair_counts(note, group, match) for note in panel.notes], float)
            value, low, high = _interval(counts, pairwise_f1)
            n = sum(len(note.spans.get(reader, ())) for note in panel.notes for reader in readers)
            yield Figure(
                of="spans",
                measure=f"F1, {match}" + ("" if len(group) == 1 else ", mean of pairs"),
                readers=readers,
                value=value,
                low=low,
                high=high,
                alike=None,
                n=n,
            )


def _interval(
    sums: Floats, coefficient: Callable[[Floats], Floats]
) -> tuple[float | None, float | None, float | None]:
    """Return a coefficient and its interval; `sums` has one row a note."""
    value = float(coefficient(sums.sum(axis=0)[None])[0])
    if isnan(value):
        return None, None, None
    if len(sums) < 2:  # noqa: PLR2004 - one note has no spread
        return value, None, None
    drawn = weighted_estimate(len(sums), lambda weights: coefficient(weights @ sums))
    return value, drawn.low, drawn.high
