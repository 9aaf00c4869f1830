"""All figures of an evaluation, together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from vbl_detect.context_shares import Share, context_shares
from vbl_detect.evaluation.breakdown import CategoryFigures, by_category, by_group
from vbl_detect.evaluation.calibration import Calibration, calibration
from vbl_detect.evaluation.curve import (
    Curve,
    Point,
    curve_points,
    lowest_threshold,
    precision_recall_curve,
    sentence_scores,
)
from vbl_detect.evaluation.density import AtPrevalence, FalseFindings, at_prevalence, clean_notes
from vbl_detect.evaluation.levels import Agreement, agreement, category_accuracy, silent_share
from vbl_detect.gold import GoldNote
from vbl_detect.marks import Marked, Marks
from vbl_detect.sentences import sentence_bounds
from vbl_detect.systems import Judged


@dataclass(frozen=True, slots=True)
class SystemFigures:
    """One system: agreement by level, categories that are right, uncounted spans left silent."""

    sentence: Agreement
    note: Agreement
    span: Agreement
    category_accuracy: Share
    uncounted_spans_silent: Share


@dataclass(frozen=True, slots=True)
class ContextFigures:
    """One context: spans on which the tool is right.

    Attributes
    ----------
    all_spans : Share
        The chosen model, on every labelled span.
    matched_spans : Share
        The chosen model, on those that the lexicon matches.
    rules : Share
        The context rules alone, on those that the lexicon matches.
    """

    all_spans: Share
    matched_spans: Share
    rules: Share


@dataclass(frozen=True, slots=True)
class Wish:
    """A wished precision by sentence, and the threshold that gives it, if one does."""

    precision: float
    point: Point | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The figures; those without a system of their own are the chosen model's.

    Attributes
    ----------
    model : str
        The model's name, and which variant was chosen.
    threshold : float
        The score from which its findings count.
    notes, sentences : int
        How many were looked at.
    systems : dict of str to SystemFigures
        The chosen model first.
    categories, contexts, note_types, parts
        The figures by each of these.
    curve, calibration, wish, at_prevalence, clean_notes
        The chosen model's thresholds, scores, and false findings.
    ordinary : dict of str to FalseFindings
        By file of ordinary prose.
    """

    model: str
    threshold: float
    notes: int
    sentences: int
    systems: dict[str, SystemFigures]
    categories: dict[str, CategoryFigures]
    contexts: dict[str, ContextFigures]
    note_types: dict[str, Agreement]
    parts: dict[str, Agreement]
    curve: Curve
    calibration: Calibration
    wish: Wish
    at_prevalence: AtPrevalence
    clean_notes: FalseFindings
    ordinary: dict[str, FalseFindings]

    @property
    def chosen(self) -> tuple[str, SystemFigures]:
        """The chosen model's name among the systems, and its figures."""
        return next(iter(self.systems.items()))

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        return asdict(self)


def summarise(
    parts: Mapping[str, Sequence[GoldNote]],
    judged: Judged,
    *,
    model: str,
    threshold: float,
    categories: Sequence[str],
    precision: float,
    prevalence: float,
    ordinary: Mapping[str, FalseFindings],
) -> Evaluation:
    """Return all figures.

    Parameters
    ----------
    parts : mapping of str to sequence of GoldNote
        The labelled notes by file.
    judged : Judged
        What the systems mark in them, the parts' notes in one row.
    model, threshold
        As in `Evaluation`.
    categories : sequence of str
        The slugs, in order.
    precision : float
        The wished precision.
    prevalence : float
        The share of blaming sentences to be expected in real files.
    ordinary : mapping of str to FalseFindings
        What was found in ordinary prose, by file.
    """
    notes = [note for part in parts.values() for note in part]
    part_of = [name for name, part in parts.items() for _ in part]
    chosen = next(iter(judged.marks.values()))
    scored = sentence_scores(notes, judged.findings)
    by_threshold = sentence_scores(notes, judged.findings, asserted_only=True)
    return Evaluation(
        model=model,
        threshold=threshold,
        notes=len(notes),
        sentences=sum(len(sentence_bounds(note.text)) for note in notes),
        systems={name: _system(notes, marks) for name, marks in judged.marks.items()},
        categories=by_category(notes, chosen, categories),
        contexts=_contexts(notes, chosen, judged),
        note_types=by_group(notes, chosen, [note.note_type for note in notes]),
        parts=by_group(notes, chosen, part_of),
        curve=precision_recall_curve(scored),
        calibration=calibration(notes, judged.findings),
        wish=Wish(precision, lowest_threshold(curve_points(by_threshold), precision)),
        at_prevalence=at_prevalence(notes, chosen, prevalence),
        clean_notes=clean_notes(notes, chosen),
        ordinary=dict(ordinary),
    )


def _system(notes: Sequence[GoldNote], marks: Marks) -> SystemFigures:
    return SystemFigures(
        agreement(notes, marks, "sentence"),
        agreement(notes, marks, "note"),
        agreement(notes, marks, "span"),
        Share(*category_accuracy(notes, marks)),
        Share(*silent_share(notes, marks)),
    )


def _contexts(
    notes: Sequence[GoldNote], chosen: Marks, judged: Judged
) -> dict[str, ContextFigures]:
    spans = [[Marked(s.start, s.end, s.category) for s in note.spans] for note in notes]
    everywhere = context_shares(notes, chosen, spans)
    matched = context_shares(notes, chosen, judged.matches)
    rules = context_shares(notes, judged.in_context, judged.matches)
    return {
        name: ContextFigures(everywhere[name], matched[name], rules[name]) for name in everywhere
    }
