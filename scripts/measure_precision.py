"""Measure how often each row and category is right, and write ``models/precision.json``.

Measured with the shipped model on the labelled notes that its screen and tagger never saw: the
development notes and the parts held out from them. With ``--check`` nothing is measured; it fails
if model, lexicon or notes are no longer those that were measured.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scipy.stats import binomtest

import vbl_detect
from vbl_detect import resources
from vbl_detect.classifier.model import describe_model, read_meta
from vbl_detect.files import sha256
from vbl_detect.gold import GoldNote, GoldSpan, read_gold
from vbl_detect.integrity import read_sealed, write_sealed
from vbl_detect.lexicon import read_lexicon
from vbl_detect.marks import findings_in
from vbl_detect.records import Finding
from vbl_detect.reference import MEASURED_FILE

CORPUS = Path(__file__).parents[1] / "data" / "corpus"
PATH = resources.model_dir() / MEASURED_FILE
COMMAND = "make rules"


def main() -> None:
    """Measure and write, or check."""
    if "--check" in sys.argv[1:]:
        check()
        return
    paths = unseen_notes()
    notes = [note for path in paths for note in read_gold(path)]
    figures = measure(notes, findings_in((note.text for note in notes), vbl_detect.load()))
    used = fingerprints(paths)
    content = {"command": COMMAND, "measured_with": used, "notes": len(notes), **figures}
    write_sealed(PATH, content)
    print(f"wrote {PATH}: {len(notes)} notes in {', '.join(path.stem for path in paths)}")


def check() -> None:
    """End with a message if the figures are those of another model, lexicon or notes."""
    if read_sealed(PATH)["measured_with"] != fingerprints(unseen_notes()):
        sys.exit(f"{PATH}: measured with another model, lexicon or notes; run {COMMAND}")


def unseen_notes() -> list[Path]:
    """Return the labelled notes on which screen and tagger were not fitted."""
    meta = read_meta(resources.find_model(resources.MODEL))
    return [CORPUS / f"{name}.jsonl" for name in ("dev", *meta["data"]["held_out"])]


def fingerprints(paths: Iterable[Path]) -> dict[str, Any]:
    """Return the hashes of everything that the figures depend on."""
    return {
        "lexicon": read_lexicon([resources.lexicon_dir()]).sha256,
        "lexicon_scores": sha256(resources.model_dir() / "lexicon-scores" / "scores.csv"),
        "model": describe_model(resources.find_model(resources.MODEL))["sha256"],
        "notes": {path.stem: sha256(path) for path in paths},
    }


def measure(notes: Iterable[GoldNote], findings: Iterable[Iterable[Finding]]) -> dict[str, Any]:
    """Count by code and category, by the rules of `vbl_detect.evaluation.agreement`.

    A finding that counts is right if it lies on a counted span of any category; one that lies on
    borderline spans only is passed over. A counted span is found if such a finding lies on it.
    """
    codes, categories, recall = Tallies(), Tallies(), Tallies()
    for note, found in zip(notes, findings, strict=True):
        counting = [finding for finding in found if finding.counted]
        for finding in counting:
            over = [span for span in note.spans if overlap(finding, span)]
            right = any(span.counts for span in over)
            if right or not any(span.borderline for span in over):
                codes.add(finding.code, right=right)
                categories.add(finding.category, right=right)
        for span in note.spans:
            if span.counts:
                hit = any(overlap(finding, span) for finding in counting)
                recall.add(span.category, right=hit)
    return {
        "by_code": codes.shares(),
        "by_category": categories.shares(),
        "recall": recall.shares(),
    }


def overlap(finding: Finding, span: GoldSpan) -> bool:
    """Tell whether a finding and a span share a character."""
    return finding.start < span.end and span.start < finding.end


class Tallies:
    """How many are right of how many, by name."""

    def __init__(self) -> None:
        self._right: Counter[str] = Counter()
        self._all: Counter[str] = Counter()

    def add(self, name: str, *, right: bool) -> None:
        """Count one."""
        self._right[name] += right
        self._all[name] += 1

    def shares(self) -> Mapping[str, dict[str, float]]:
        """Return each share with its 95 % interval after Wilson."""
        shares = {}
        for name, total in self._all.items():
            test = binomtest(self._right[name], total)
            interval = test.proportion_ci(0.95, method="wilson")
            shares[name] = {
                "right": self._right[name],
                "of": total,
                "low": round(float(interval.low), 4),
                "high": round(float(interval.high), 4),
            }
        return shares


if __name__ == "__main__":
    main()
