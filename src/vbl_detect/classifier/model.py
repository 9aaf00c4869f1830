"""A trained model as it lies on disk: its parts, each held to the hash written with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from vbl_detect.classifier.screen import Screen
from vbl_detect.classifier.stacker import Stacker
from vbl_detect.classifier.tagger import (
    MODEL_FILE,
    MOST_THREADS,
    TOKENIZER_FILE,
    LazyTagger,
    Tagging,
    load_tagger,
)
from vbl_detect.errors import IntegrityError
from vbl_detect.files import sha256
from vbl_detect.integrity import check_sha256, read_sealed, write_sealed

SCREEN_FILE = "screen.npz"
STACKER_FILE = "stacker.json"
META_FILE = "meta.json"
#: The files of a model whose hashes its `META_FILE` holds.
PARTS = (SCREEN_FILE, STACKER_FILE, MODEL_FILE, TOKENIZER_FILE)
TAGGER_PARTS = frozenset({MODEL_FILE, TOKENIZER_FILE})


@dataclass(frozen=True, slots=True)
class Model:
    """The classifier's parts, loaded.

    Attributes
    ----------
    name : str
        The folder's name: name and version.
    categories : sequence of str
        The slugs, in the order of the tagger's categories.
    gate : float
        Log-odds of the screen from which a sentence goes on to the tagger.
    screen, stacker : Screen, Stacker
        The parts that always run.
    tagger : Tagging or None
        The contextual tagger; None for ``--model fast``.
    """

    name: str
    categories: Sequence[str]
    gate: float
    screen: Screen
    stacker: Stacker
    tagger: Tagging | None


def load_model(folder: Path, *, tagger: bool = True, threads: int = MOST_THREADS) -> Model:
    """Load a model.

    Parameters
    ----------
    folder : Path
        A folder that `write_meta` completed.
    tagger : bool
        Whether to load the contextual tagger.
    threads : int
        How many threads the tagger may take.

    Raises
    ------
    IntegrityError
        If a part is missing or does not match the hash that was written with it.
    """
    meta = read_meta(folder)
    for part in PARTS:
        if tagger or part not in TAGGER_PARTS:
            check_sha256(folder / part, str(meta["sha256"].get(part, "")), META_FILE)
    return Model(
        name=folder.name,
        categories=tuple(meta["categories"]),
        gate=float(meta["gate"]),
        screen=Screen.load(folder / SCREEN_FILE),
        stacker=Stacker.load(folder / STACKER_FILE),
        tagger=LazyTagger(partial(load_tagger, folder, threads)) if tagger else None,
    )


def read_meta(folder: Path) -> dict[str, Any]:
    """Return what was written with a model: hashes, data fingerprint, versions, figures.

    Raises
    ------
    IntegrityError
        If it cannot be read, or was changed since it was written.
    """
    meta = read_sealed(folder / META_FILE)
    if missing := {"sha256", "categories", "gate"} - meta.keys():
        raise IntegrityError(
            f"{folder / META_FILE}: {min(missing)} is missing; install vbl-detect again"
        )
    return meta


def describe_model(folder: Path) -> dict[str, str]:
    """Return what a run's manifest tells of a model: its name, and the hash of its `META_FILE`.

    That file holds the hashes of all parts and of the data, so that the one hash stands for all.

    Parameters
    ----------
    folder : Path
        A folder that `write_meta` completed.
    """
    return {"name": folder.name, "sha256": sha256(folder / META_FILE)}


def write_meta(folder: Path, meta: dict[str, Any]) -> None:
    """Write a model's `META_FILE`, with the hash of each of its parts and its own.

    Parameters
    ----------
    folder : Path
        The folder that holds the parts.
    meta : dict
        What else to tell: categories, gate, command, data fingerprint, figures.
    """
    hashes = {part: sha256(folder / part) for part in PARTS if (folder / part).exists()}
    write_sealed(folder / META_FILE, {**meta, "sha256": hashes})
