"""What a model is fitted on, and how its folder tells of it."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vbl_detect.classifier.model import SCREEN_FILE, read_meta
from vbl_detect.classifier.tagger import MODEL_FILE, TOKENIZER_FILE
from vbl_detect.errors import UsageError
from vbl_detect.gold import GoldNote, fingerprint
from vbl_detect.training.gluing import glued
from vbl_detect.training.splicing import donors, ordinary_notes, sentences_alone


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingData:
    """What a model is fitted on.

    Attributes
    ----------
    parts : mapping of str to sequence of GoldNote
        The labelled notes by file name.
    held_out : frozenset of str
        The parts kept from screen and tagger, for the stacker.
    dev : sequence of GoldNote
        The notes that choose the thresholds.
    ordinary : sequence of str
        Texts without blaming wording, in other registers; may be empty.
    """

    parts: Mapping[str, Sequence[GoldNote]]
    held_out: frozenset[str]
    dev: Sequence[GoldNote]
    ordinary: Sequence[str] = ()

    def fitted(self, seed: int) -> list[GoldNote]:
        """Return the notes to fit on, ordinary texts included."""
        known = [n for name, part in self.parts.items() if name not in self.held_out for n in part]
        return [*known, *ordinary_notes(self.ordinary, donors(known), seed)]

    def alone(self) -> TrainingData:
        """Return the same with each sentence a note of its own."""
        parts = {name: sentences_alone(part) for name, part in self.parts.items()}
        return replace(self, parts=parts, dev=sentences_alone(self.dev))

    def together(self, seed: int) -> TrainingData:
        """Return the held-out notes, of all parts, and those for development in long texts."""
        chance = random.Random(seed)  # noqa: S311 - an order, not a secret
        parts = {"together": glued(self.kept, chance)}
        dev = glued(self.dev, chance)
        return replace(self, parts=parts, held_out=frozenset(parts), dev=dev)

    @property
    def kept(self) -> list[GoldNote]:
        """The notes of the held-out parts."""
        return [note for name in sorted(self.held_out) for note in self.parts[name]]


def described(data: TrainingData) -> dict[str, Any]:
    """Return sizes and fingerprints of the data, as ``meta.json`` keeps them.

    Parameters
    ----------
    data : TrainingData
        The notes.
    """
    texts = "\x1e".join(data.ordinary)
    return {
        "parts": {
            name: {"notes": len(part), "sha256": fingerprint(part)}
            for name, part in data.parts.items()
        },
        "held_out": sorted(data.held_out),
        "dev": {"notes": len(data.dev), "sha256": fingerprint(data.dev)},
        "ordinary": {
            "texts": len(data.ordinary),
            "sha256": hashlib.sha256(texts.encode()).hexdigest(),
        },
    }


def take_over(kept: Path, folder: Path, now: Mapping[str, Any]) -> dict[str, Any]:
    """Copy screen and tagger of a model into another folder.

    Parameters
    ----------
    kept, folder : Path
        The model's folder, and the other one.
    now : mapping
        From `described`, of the fit that goes on with them.

    Returns
    -------
    dict
        How they were made: the keys ``settings``, ``tagger_command``, ``after``, ``mean_with`` and
        ``elsewhere`` of ``meta.json``.

    Raises
    ------
    UsageError
        If they were fitted on other notes.
    """
    meta = read_meta(kept)

    def fitted_on(data: Mapping[str, Any]) -> dict[str, Any]:
        held_out = data["held_out"]
        parts = {name: part for name, part in data["parts"].items() if name not in held_out}
        return {"ordinary": data["ordinary"], "parts": parts}

    if fitted_on(meta["data"]) != fitted_on(now):
        raise UsageError(
            f"{kept}: this model was fitted on other notes; give the same ones, or leave --keep "
            "out to fit screen and tagger anew"
        )
    if kept.resolve() != folder.resolve():
        for part in (SCREEN_FILE, MODEL_FILE, TOKENIZER_FILE):
            shutil.copyfile(kept / part, folder / part)
    return {
        "settings": meta["settings"],
        "tagger_command": meta["tagger_command"],
        "after": meta.get("after"),
        "mean_with": meta.get("mean_with"),
        "elsewhere": meta.get("elsewhere"),
    }


def made_by(folder: Path) -> dict[str, Any]:
    """Return how a model's tagger was made, and its hash, for the ``meta.json`` of another.

    Parameters
    ----------
    folder : Path
        The model's folder.
    """
    meta = read_meta(folder)
    return {
        "tagger_command": meta["tagger_command"],
        "tagger_sha256": meta["sha256"][MODEL_FILE],
        "after": meta.get("after"),
        "mean_with": meta.get("mean_with"),
        "elsewhere": meta.get("elsewhere"),
    }
