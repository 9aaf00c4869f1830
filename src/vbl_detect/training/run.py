"""From labelled notes to a model folder: screen, tagger, stacker, thresholds, card.

The stacker is fitted on parts of the corpus that neither screen nor tagger has seen, so that it
weighs them as they are on new text; nothing is fitted on the development notes, which choose the
thresholds together with those parts.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from vbl_detect.classifier.model import SCREEN_FILE, STACKER_FILE, write_meta
from vbl_detect.classifier.screen import Screen
from vbl_detect.classifier.stacker import LISTED, mode
from vbl_detect.classifier.tagger import load_tagger
from vbl_detect.errors import UsageError
from vbl_detect.gold import GoldNote
from vbl_detect.training.card import write_card
from vbl_detect.training.choosing import Judging, best_threshold
from vbl_detect.training.data import TrainingData, described, made_by, take_over
from vbl_detect.training.export import export_tagger
from vbl_detect.training.fitted import tagger_of
from vbl_detect.training.genders import exchanged
from vbl_detect.training.readings import Readings
from vbl_detect.training.splicing import drafts
from vbl_detect.training.stacker import examples, fit_stacker
from vbl_detect.training.tagger import TaggerSettings, fit_tagger
from vbl_detect.training.weights import mean, read_tagger
from vbl_detect.training.workshop import Workshop

#: The stacker's modes, and which of the stretches looked at each is fitted on.
MODES = {"tagger": "tagger", LISTED: "tagger", "short": "short", "screen": "screen"}
_PACKAGES = ("numpy", "onnxruntime", "scikit-learn", "spacy", "tokenizers", "torch", "transformers")


def train(
    data: TrainingData,
    folder: Path,
    settings: TaggerSettings,
    *,
    command: str,
    report: Callable[[str], None],
    keep: Path | None = None,
    after: Path | None = None,
    mean_with: Path | None = None,
    tagger: Path | None = None,
) -> dict[str, Any]:
    """Fit a model and write its folder.

    Parameters
    ----------
    data : TrainingData
        The notes.
    folder : Path
        Where the model goes; it is made if it is not there.
    settings : TaggerSettings
        How the tagger is fitted.
    command : str
        The command that can make the model again, kept with it.
    report : callable
        Told, a line each, what is being done.
    keep : Path, optional
        A model whose screen and tagger are taken over; the stacker alone is fitted anew, as is
        wanted after a change of lexicon or context rules. `settings` then say only how chance
        is drawn.
    after : Path, optional
        A model whose tagger is gone on from.
    mean_with : Path, optional
        A model whose tagger's weights and those of the one to keep are made into their mean.
    tagger : Path, optional
        A tagger's weights that were fitted elsewhere on the same notes (`write_readings`); of a
        model to keep the screen alone is then taken over.

    Returns
    -------
    dict
        What was written to the model's ``meta.json``.

    Raises
    ------
    UsageError
        If the model to keep was fitted on other notes, the one to go on from is of another kind,
        or the held-out notes are too few.
    """
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    workshop = Workshop.open()
    told = described(data)
    if keep is None:
        made = _fit_screen_and_tagger(data, folder, settings, after, tagger, workshop, report)
        made["tagger_command"] = command
    else:
        made = take_over(keep, folder, told)
        if mean_with:
            made["mean_with"] = made_by(mean_with)
            first, second = (read_tagger(one, workshop.categories) for one in (mean_with, keep))
            export_tagger(mean(first, second), folder)
        if tagger:
            made = {**_from_elsewhere(tagger, folder, workshop), "tagger_command": command}
    # The stacker weighs the screen and the tagger as they are shipped, with their short weights.
    screen = Screen.load(folder / SCREEN_FILE)
    gate = workshop.gate(screen, data.kept)
    full = workshop.classifier(screen, gate, load_tagger(folder))
    fast = workshop.classifier(screen, gate, None)
    alone = data.alone()
    together = data.together(settings.seed)
    judged = {
        name: Judging.of(classifier, workshop, notes, name, report)
        for name, classifier, notes in (
            ("tagger", full, data),
            ("long", full, together),
            ("short", full, alone),
            ("screen", fast, data),
        )
    }
    # Long notes have a say in where findings begin to count, and none in what clues weigh: fitted
    # on them too, scores of ordinary notes were off by 0.05 instead of 0.03.
    in_long = judged.pop("long")
    by_mode = {
        name: [one for one in examples(judged[told].kept) if mode(one.clues) == name]
        for name, told in MODES.items()
    }
    # Few sentences alone are denied, quoted or talked about; whole notes show what rules weigh.
    by_mode["short"] += [*by_mode["tagger"], *by_mode[LISTED]]
    everything = [one for found in by_mode.values() for one in found]
    if {one.counts for one in everything} != {True, False}:
        raise UsageError(
            "the held-out parts hold no wording of both kinds, that counts and that does not; "
            "hold out more notes"
        )
    for name, found in by_mode.items():
        if {one.counts for one in found} != {True, False}:  # too few notes
            by_mode[name] = everything
    stacker = fit_stacker(by_mode, dict.fromkeys(by_mode, 0.5))
    seen = {**judged, "tagger": judged["tagger"] + in_long}
    chosen = {
        name: best_threshold(stacker, [*seen[told].dev, *seen[told].kept], name)
        for name, told in MODES.items()
    }
    stacker = replace(stacker, thresholds=chosen)
    stacker.save(folder / STACKER_FILE)
    meta: dict[str, Any] = {
        **made,
        "data": told,
        "categories": workshop.categories,
        "command": command,
        "figures": {
            name: found.figures(stacker, data) for name, found in judged.items() if name != "short"
        },
        "gate": gate,
        "lexicon_sha256": workshop.matcher.lexicon.sha256,
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "platform": platform.machine(),
        "python": platform.python_version(),
        "stretches": {name: len(found) for name, found in by_mode.items()},
        "thresholds": chosen,
        "versions": {package: version(package) for package in _PACKAGES},
    }
    write_meta(folder, meta)
    write_card(folder, meta)
    return meta


def write_readings(data: TrainingData, path: Path, seed: int) -> int:
    """Write what the tagger would read to a file, and return how many notes and sentences.

    Parameters
    ----------
    data : TrainingData
        The notes.
    path : Path
        Where to (``.npz``).
    seed : int
        Of the choice of sentences that are read alone.
    """
    read = _read_by_tagger(data.fitted(seed), seed)
    Readings.of(read, Workshop.open().categories).save(path)
    return len(read)


def _read_by_tagger(fitted: Sequence[GoldNote], seed: int) -> list[GoldNote]:
    return [*fitted, *drafts(fitted, seed)]


def _fit_screen_and_tagger(
    data: TrainingData,
    folder: Path,
    settings: TaggerSettings,
    after: Path | None,
    elsewhere: Path | None,
    workshop: Workshop,
    report: Callable[[str], None],
) -> dict[str, Any]:
    """Write screen and tagger into the folder, and return how they were made."""
    fitted = data.fitted(settings.seed)
    report(f"screen: {len(fitted)} notes")
    workshop.screen([*fitted, *map(exchanged, fitted)]).save(folder / SCREEN_FILE)
    if elsewhere:
        return _from_elsewhere(elsewhere, folder, workshop)
    start = read_tagger(after, workshop.categories) if after else None
    read = _read_by_tagger(fitted, settings.seed)
    report(f"tagger: {len(read)} notes and sentences, {settings.epochs} epochs")
    readings = Readings.of(read, workshop.categories)
    export_tagger(fit_tagger(readings, settings, report, start), folder)
    return {"settings": asdict(settings), "after": made_by(after) if after else None}


def _from_elsewhere(path: Path, folder: Path, workshop: Workshop) -> dict[str, Any]:
    """Write a tagger that was fitted elsewhere into the folder, and return how it was made."""
    tagger, made = tagger_of(path, workshop.categories)
    export_tagger(tagger, folder)
    told = {"commands": made.commands, "device": ", ".join(made.devices)}
    return {"settings": made.settings, "after": None, "elsewhere": told}
