"""Screen and tagger of a model: fitted, gone on with, taken over, or brought from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vbl_detect.classifier.model import SCREEN_FILE
from vbl_detect.gold import GoldNote
from vbl_detect.training.data import TrainingData, described, made_by, take_over
from vbl_detect.training.export import export_tagger
from vbl_detect.training.fitted import tagger_of
from vbl_detect.training.genders import exchanged
from vbl_detect.training.readings import Readings
from vbl_detect.training.splicing import drafts
from vbl_detect.training.tagger import TaggerSettings, fit_tagger
from vbl_detect.training.weights import mean, read_tagger
from vbl_detect.training.workshop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a model takes from others; with none of them all of it is fitted anew.

    Attributes
    ----------
    keep : Path, optional
        A model whose screen and tagger are taken over.
    after : Path, optional
        A model whose tagger is gone on from.
    mean_with : Path, optional
        A model whose tagger's weights and those of the one to keep are made into their mean.
    tagger : Path, optional
        A tagger's weights that were fitted elsewhere on the same notes (`write_readings`); of a
        model to keep the screen alone is then taken over.
    """

    keep: Path | None = None
    after: Path | None = None
    mean_with: Path | None = None
    tagger: Path | None = None


def make_parts(
    data: TrainingData,
    folder: Path,
    settings: TaggerSettings,
    sources: Sources,
    workshop: Workshop,
    *,
    command: str,
    report: Callable[[str], None],
) -> dict[str, Any]:
    """Write screen and tagger into a folder, and return how they were made.

    Parameters
    ----------
    data : TrainingData
        The notes.
    folder : Path
        Where they go.
    settings : TaggerSettings
        How the tagger is fitted, if it is.
    sources : Sources
        What is taken from others.
    workshop : Workshop
        The pipeline.
    command : str
        The command that can make them again.
    report : callable
        Told, a line each, what is being done.

    Returns
    -------
    dict
        How the tagger was made: the keys ``settings``, ``tagger_command``, ``after`` and, where
        they apply, ``mean_with`` and ``elsewhere`` of ``meta.json``.

    Raises
    ------
    UsageError
        If the model to keep was fitted on other notes, or a source is of another kind.
    """
    made: dict[str, Any] = {}
    if sources.keep:
        made = take_over(sources.keep, folder, described(data))
        if sources.mean_with:
            models = (sources.mean_with, sources.keep)
            export_tagger(mean(*(read_tagger(one, workshop.categories) for one in models)), folder)
            made["mean_with"] = made_by(sources.mean_with)
    else:
        fitted = data.fitted(settings.seed)
        report(f"screen: {len(fitted)} notes")
        workshop.screen([*fitted, *map(exchanged, fitted)]).save(folder / SCREEN_FILE)
        if not sources.tagger:
            made = _fit_tagger(fitted, folder, settings, sources.after, workshop, report)
            made["tagger_command"] = command
    if sources.tagger:
        made = {**_bring_tagger(sources.tagger, folder, workshop), "tagger_command": command}
    return made


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


def _fit_tagger(
    fitted: Sequence[GoldNote],
    folder: Path,
    settings: TaggerSettings,
    after: Path | None,
    workshop: Workshop,
    report: Callable[[str], None],
) -> dict[str, Any]:
    """Write a tagger that is fitted here into the folder, and return how it was made."""
    readings = Readings.of(_read_by_tagger(fitted, settings.seed), workshop.categories)
    report(f"tagger: {len(readings.plain)} notes and sentences, {settings.epochs} epochs")
    start = read_tagger(after, workshop.categories) if after else None
    export_tagger(fit_tagger(readings, settings, report, start), folder)
    return {"settings": asdict(settings), "after": made_by(after) if after else None}


def _bring_tagger(path: Path, folder: Path, workshop: Workshop) -> dict[str, Any]:
    """Write a tagger that was fitted elsewhere into the folder, and return how it was made."""
    tagger, made = tagger_of(path, workshop.categories)
    export_tagger(tagger, folder)
    told = {"commands": made.commands, "device": ", ".join(made.devices)}
    return {"settings": made.settings, "after": None, "elsewhere": told}
