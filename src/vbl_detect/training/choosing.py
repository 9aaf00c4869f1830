"""Thresholds, and the figures that come with a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from vbl_detect.classifier.stacker import LISTED, Stacker, mode
from vbl_detect.components.classifier import Classifier
from vbl_detect.evaluation import agreement, calibration_error
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.marks import Marked
from vbl_detect.training.data import TrainingData
from vbl_detect.training.stacker import examples, label_of
from vbl_detect.training.workshop import Stretch, Workshop

#: How far below the best F1 a threshold with higher precision may lie, and how far for wording that
#: people have listed, which it is forgiven less to miss.
NEAR_BEST = 0.0125
NEAR_BEST_LISTED = 0.005
#: Thresholds that are tried.
THRESHOLDS = tuple(step / 100 for step in range(10, 91))

#: Notes with the stretches the classifier looks at in each.
Judged: TypeAlias = list[tuple[GoldNote, list[Stretch]]]


@dataclass(frozen=True, slots=True)
class Judging:
    """The stretches that one mode looks at, on the held-out and on the development notes."""

    kept: Judged
    dev: Judged

    @classmethod
    def of(
        cls,
        classifier: Classifier,
        workshop: Workshop,
        data: TrainingData,
        mode: str,
        report: Callable[[str], None],
    ) -> Judging:
        """Look at the held-out and the development notes with one mode."""
        report(f"stacker: {mode}, {len(data.kept)} held-out notes")
        return cls(
            list(workshop.stretches(classifier, data.kept)),
            list(workshop.stretches(classifier, data.dev)),
        )

    def __add__(self, other: Judging) -> Judging:
        """Return what both have looked at."""
        return Judging([*self.kept, *other.kept], [*self.dev, *other.dev])

    def figures(self, stacker: Stacker, data: TrainingData) -> dict[str, Any]:
        """Return the figures on the development notes and on each held-out part."""
        parts = {name: set(data.parts[name]) for name in sorted(data.held_out)}
        return {
            "dev": _figures(stacker, self.dev),
            **{
                name: _figures(stacker, [pair for pair in self.kept if pair[0] in part])
                for name, part in parts.items()
            },
        }


def _figures(stacker: Stacker, notes: Judged) -> dict[str, Any]:
    """Return sentence precision, recall and F1 with their intervals, and the calibration error."""
    marks = [
        [Marked(start, end, None) for start, end, clues in stretches if stacker.counts(clues)]
        for _, stretches in notes
    ]
    found = agreement([note for note, _ in notes], marks, "sentence")
    scored = [(stacker.score(known.clues), known.counts) for known in examples(notes)]
    return {
        "precision": asdict(found.precision),
        "recall": asdict(found.recall),
        "f1": asdict(found.f1),
        "calibration_error": calibration_error(scored),
        "notes": len(notes),
    }


def best_threshold(stacker: Stacker, notes: Judged, name: str) -> float:
    """Return the highest threshold of a mode whose F1 over the spans of the notes is near the best.

    Real files are less dense than labelled notes, so that of thresholds that do about as well on
    these the one with the higher precision does better there.

    Parameters
    ----------
    stacker : Stacker
        The stacker that scores.
    notes : list of (GoldNote, list of Stretch)
        The stretches of all modes.
    name : str
        The mode.
    """
    scored: list[tuple[float, bool]] = []
    spans: list[float] = []
    for note, stretches in notes:
        own = [
            (start, end, stacker.score(clues))
            for start, end, clues in stretches
            if mode(clues) == name
        ]
        others = [(start, end) for start, end, clues in stretches if mode(clues) != name]
        labelled = ((score, label_of(note, start, end)) for start, end, score in own)
        scored += [(score, counts) for score, counts in labelled if counts is not None]
        for span in (span for span in note.spans if span.counts):
            over = [score for start, end, score in own if _overlaps(span, start, end)]
            # A span that other modes alone reach is theirs; what none reaches is missed by those
            # that look for it, and listed wording is not looked for.
            if over or not (name == LISTED or any(_overlaps(span, *other) for other in others)):
                spans.append(max(over, default=0.0))
    reached = {threshold: _f1(threshold, scored, spans) for threshold in THRESHOLDS}
    near = max(reached.values()) - (NEAR_BEST_LISTED if name == LISTED else NEAR_BEST)
    return max(threshold for threshold, value in reached.items() if value >= near)


def _f1(threshold: float, stretches: Sequence[tuple[float, bool]], spans: Sequence[float]) -> float:
    """Return F1 of what counts from a threshold, by each stretch's score and span's best one."""
    marked = [counts for score, counts in stretches if score >= threshold]
    precision = sum(marked) / len(marked) if marked else 0.0
    recall = sum(best >= threshold for best in spans) / max(len(spans), 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _overlaps(span: GoldSpan, start: int, end: int) -> bool:
    return start < span.end and span.start < end
