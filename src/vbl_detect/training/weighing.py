"""The stacker: on which stretches it is fitted, and from which scores they count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vbl_detect.classifier.model import SCREEN_FILE
from vbl_detect.classifier.screen import Screen
from vbl_detect.classifier.stacker import LISTED, Stacker, mode
from vbl_detect.classifier.tagger import load_tagger
from vbl_detect.errors import UsageError
from vbl_detect.training.choosing import Judging, best_threshold
from vbl_detect.training.data import TrainingData
from vbl_detect.training.stacker import Example, examples, fit_stacker
from vbl_detect.training.workshop import Workshop

#: The stacker's modes, and which of the stretches looked at each is fitted on.
MODES = {"tagger": "tagger", LISTED: "tagger", "short": "short", "screen": "screen"}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A fitted stacker.

    Attributes
    ----------
    stacker : Stacker
        The stacker, with its thresholds.
    gate : float
        From which log-odds of the screen the tagger reads a sentence.
    stretches : dict of str to int
        To how many stretches each mode was fitted.
    figures : dict
        Agreement on the development notes and each held-out part, of the whole model ("tagger")
        and of the fast one ("screen").
    """

    stacker: Stacker
    gate: float
    stretches: dict[str, int]
    figures: dict[str, Any]


def weigh(
    data: TrainingData, folder: Path, workshop: Workshop, seed: int, report: Callable[[str], None]
) -> Weighed:
    """Fit the stacker on the held-out parts, and choose its thresholds.

    Parameters
    ----------
    data : TrainingData
        The notes.
    folder : Path
        Where screen and tagger are: they are weighed as they are shipped, with their short weights.
    workshop : Workshop
        The pipeline.
    seed : int
        Of which notes are read together.
    report : callable
        Told, a line each, what is being done.

    Raises
    ------
    UsageError
        If the held-out parts hold too few notes.
    """
    screen = Screen.load(folder / SCREEN_FILE)
    gate = workshop.gate(screen, data.kept)
    full = workshop.classifier(screen, gate, load_tagger(folder))
    fast = workshop.classifier(screen, gate, None)
    judged = {
        name: Judging.of(classifier, workshop, notes, name, report)
        for name, classifier, notes in (
            ("tagger", full, data),
            ("long", full, data.together(seed)),
            ("short", full, data.alone()),
            ("screen", fast, data),
        )
    }
    # Long notes have a say in where findings begin to count, and none in what clues weigh: fitted
    # on them too, scores of ordinary notes were off by 0.05 instead of 0.03.
    in_long = judged.pop("long")
    by_mode = _examples_by_mode(judged)
    stacker = fit_stacker(by_mode, dict.fromkeys(by_mode, 0.5))
    seen = {**judged, "tagger": judged["tagger"] + in_long}
    chosen = {
        name: best_threshold(stacker, [*seen[looked].dev, *seen[looked].kept], name)
        for name, looked in MODES.items()
    }
    stacker = replace(stacker, thresholds=chosen)
    return Weighed(
        stacker,
        gate,
        {name: len(found) for name, found in by_mode.items()},
        {name: judged[name].figures(stacker, data) for name in ("tagger", "screen")},
    )


def _examples_by_mode(judged: dict[str, Judging]) -> dict[str, list[Example]]:
    """Return what each mode is fitted to; to everything where it has too few notes of its own."""
    by_mode = {
        name: [one for one in examples(judged[looked].kept) if mode(one.clues) == name]
        for name, looked in MODES.items()
    }
    # Few sentences alone are denied, quoted or talked about; whole notes show what rules weigh.
    by_mode["short"] += [*by_mode["tagger"], *by_mode[LISTED]]
    everything = [one for found in by_mode.values() for one in found]
    if not _of_both_kinds(everything):
        raise UsageError(
            "the held-out parts hold no wording of both kinds, that counts and that does not; "
            "hold out more notes"
        )
    return {name: found if _of_both_kinds(found) else everything for name, found in by_mode.items()}


def _of_both_kinds(found: list[Example]) -> bool:
    return {one.counts for one in found} == {True, False}
