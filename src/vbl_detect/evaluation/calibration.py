"""Whether scores are probabilities: reliability bins and the expected calibration error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from vbl_detect.evaluation.levels import overlap
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.marks import Marked
from vbl_detect.records import Finding

BINS = 10


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Findings whose scores lie close together.

    Attributes
    ----------
    low, high : float
        The scores it holds: from `low` on, below `high`; the last bin holds 1 too.
    n : int
        How many findings.
    mean_score, share : float or None
        Their mean score, and the share of them that a careful reader counts; None if it is empty.
    """

    low: float
    high: float
    n: int
    mean_score: float | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The expected calibration error over all findings, counted or not, and its bins."""

    error: float
    n: int
    bins: tuple[ReliabilityBin, ...]


def calibration(notes: Sequence[GoldNote], findings: Sequence[Sequence[Finding]]) -> Calibration:
    """Return how far the scores of findings lie from the shares that careful readers count.

    Parameters
    ----------
    notes : sequence of GoldNote
        The gold, of length n_notes.
    findings : sequence of sequence of Finding
        All findings of each note, counted or not; those on borderline spans are left out.
    """
    scored = [
        (finding.score, counts)
        for note, found in zip(notes, findings, strict=True)
        for finding in found
        if (counts := _counts(finding, note.spans)) is not None
    ]
    return Calibration(calibration_error(scored, BINS), len(scored), reliability(scored, BINS))


def _counts(finding: Finding, spans: Sequence[GoldSpan]) -> bool | None:
    """Tell whether a careful reader counts a finding, or None where readers could disagree."""
    over = [span for span in spans if overlap(Marked(finding.start, finding.end, None), span)]
    if any(span.counts for span in over):
        return True
    return None if any(span.borderline for span in over) else False


def reliability(
    scored: Iterable[tuple[float, bool]], bins: int = BINS
) -> tuple[ReliabilityBin, ...]:
    """Return scores and shares that count, in equal parts of 0 to 1.

    Parameters
    ----------
    scored, bins
        As for `calibration_error`.
    """
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for score, counts in scored:
        held[min(int(score * bins), bins - 1)].append((score, counts))
    return tuple(
        ReliabilityBin(
            low=place / bins,
            high=(place + 1) / bins,
            n=len(pairs),
            mean_score=sum(score for score, _ in pairs) / len(pairs) if pairs else None,
            share=sum(counts for _, counts in pairs) / len(pairs) if pairs else None,
        )
        for place, pairs in enumerate(held)
    )


def calibration_error(scored: Iterable[tuple[float, bool]], bins: int = BINS) -> float:
    """Return the expected calibration error: how far scores lie from the shares that count.

    Parameters
    ----------
    scored : iterable of (float, bool)
        Scores, 0 to 1, and whether a careful reader counts the stretch.
    bins : int
        Equal parts of 0 to 1 in which scores are compared with shares, weighted by their number.

    Returns
    -------
    float
        0 to 1; 0.0 where there is nothing to compare.
    """
    pairs = list(scored)
    if not pairs:
        return 0.0
    scores, counts = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    places = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [
        abs(scores[places == place].sum() - counts[places == place].sum()) for place in range(bins)
    ]
    return float(sum(gaps) / len(pairs))
