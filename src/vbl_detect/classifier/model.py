"""A trained model as it lies on disk: its parts, each held to the hash written with it."""

from __future__ import annotations

import json
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
from vbl_detect.files import replacing, sha256

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
    _check(folder, meta, [part for part in PARTS if tagger or part not in TAGGER_PARTS])
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
        If it cannot be read.
    """
    try:
        meta: dict[str, Any] = json.loads((folder / META_FILE).read_text("utf-8"))
        if not {"sha256", "categories", "gate"} <= meta.keys():
            raise ValueError("what loading asks for is not in it")  # noqa: TRY301
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        message = f"{folder}: the model's {META_FILE} cannot be read; install vbl-detect again"
        raise IntegrityError(message) from error
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
    """Write a model's `META_FILE`, with the hash of each of its parts.

    Parameters
    ----------
    folder : Path
        The folder that holds the parts.
    meta : dict
        What else to tell: categories, gate, command, data fingerprint, figures.
    """
    hashes = {part: sha256(folder / part) for part in PARTS if (folder / part).exists()}
    content = json.dumps({**meta, "sha256": hashes}, indent=2, sort_keys=True)
    with replacing(folder / META_FILE) as temporary:
        temporary.write_text(content + "\n", "utf-8")


def _check(folder: Path, meta: dict[str, Any], parts: Sequence[str]) -> None:
    for part in parts:
        expected = str(meta.get("sha256", {}).get(part, ""))
        try:
            found = sha256(folder / part)
        except OSError as error:
            message = f"{folder / part}: a part of the model is missing; install vbl-detect again"
            raise IntegrityError(message) from error
        if found != expected:
            raise IntegrityError(
                f"{folder / part}: its SHA-256 is {found[:12]}…, not the {expected[:12]}… of "
                f"{META_FILE}; install vbl-detect again"
            )
