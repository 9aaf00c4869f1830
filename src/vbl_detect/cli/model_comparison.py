"""What ``evaluate --compare`` does: an old and a new model on the same notes, and a verdict."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from vbl_detect import resources
from vbl_detect.classifier.model import read_meta
from vbl_detect.evaluation.comparison import Comparison, Verdict, compare
from vbl_detect.evaluation.intervals import Estimate
from vbl_detect.gold import GoldNote, fingerprint
from vbl_detect.marks import counted_marks, findings_in
from vbl_detect.records import ModelChoice
from vbl_detect.systems import load_variant

#: The name of the model that comes with the tool.
BUILT_IN = "built-in"
_VERDICTS: Mapping[Verdict, str] = {
    "better": "The new model is better.",
    "as good": "The new model is as good as the old one, within the margin.",
    "undecided": "These notes are too few to tell: the new model may be worse by more than the "
    "margin. Label more notes before it replaces the old one.",
    "worse": "The new model is worse by more than the margin. Keep the old one.",
}


def compare_models(
    parts: Mapping[str, Sequence[GoldNote]],
    old: Path | None,
    new: Path | None,
    *,
    model: ModelChoice,
    lexicons: Sequence[Path],
    margin: float,
) -> tuple[Comparison, list[str]]:
    """Judge the notes with both models; return the comparison, and what is to be told.

    Parameters
    ----------
    parts : mapping of str to sequence of GoldNote
        The labelled notes by file.
    old, new : Path, optional
        The models' folders; None: the built-in one.
    model : {"full", "fast"}
        Which variant of both.
    lexicons : sequence of Path
        The user's own lexicon folders.
    margin : float
        How much lower the new F1 may be.
    """
    notes = [note for part in parts.values() for note in part]
    texts = [note.text for note in notes]
    marks = [
        counted_marks(findings_in(texts, load_variant(model, folder, lexicons=lexicons)))
        for folder in (old, new)
    ]
    remarks = [
        f"the {which} model was fitted on, or chosen with, the notes of {name}: it has an advantage"
        for which, folder in (("old", old), ("new", new))
        for name in _fitted_on(parts, folder)
    ]
    return compare(notes, *marks, margin=margin), remarks


def _fitted_on(parts: Mapping[str, Sequence[GoldNote]], folder: Path | None) -> Iterator[str]:
    data = read_meta(resources.find_model(resources.MODEL) if folder is None else folder)["data"]
    known = {part["sha256"] for part in (*data["parts"].values(), data["dev"])}
    yield from (name for name, notes in parts.items() if fingerprint(notes) in known)


def as_text(found: Comparison) -> str:
    """Return the comparison for a screen."""
    return "\n".join(
        (
            f"By sentence, on {found.notes:,} notes with {found.positives:,} sentences that blame; "
            "95 % intervals from a bootstrap over notes",
            f"  old model   F1 {found.old}",
            f"  new model   F1 {found.new}",
            f"  difference     {_signed(found.difference)}, margin {found.margin:.2f}",
            f"  found by the old alone {found.only_old:,}, by the new alone {found.only_new:,}",
            _VERDICTS[found.verdict],
        )
    )


def as_json(found: Comparison) -> str:
    """Return the comparison as one JSON object."""
    return json.dumps({**asdict(found), "verdict": found.verdict}, indent=2)


def _signed(difference: Estimate) -> str:
    return f"{difference.value:+.3f} ({difference.low:+.3f} to {difference.high:+.3f})"
