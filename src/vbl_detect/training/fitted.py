"""A tagger's weights in a file (safetensors), with the commands that made them.

For a tagger that is fitted on another machine, by ``scripts/fit_tagger.py``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from vbl_detect.errors import UsageError
from vbl_detect.training.tagger import TaggerSettings, TokenTagger, new_tagger

_KEY = "made"


@dataclass(frozen=True, slots=True)
class Made:
    """How weights were made.

    Attributes
    ----------
    commands : tuple of str
        In the order in which they were run.
    devices : tuple of str
        What the fits ran on, in the order of first use.
    settings : dict
        `TaggerSettings` of the last fit.
    categories : tuple of str
        The slugs, in the order of the second head's outputs.
    """

    commands: tuple[str, ...]
    devices: tuple[str, ...]
    settings: dict[str, Any]
    categories: tuple[str, ...]

    @classmethod
    def by_fit(
        cls,
        command: str,
        settings: TaggerSettings,
        categories: tuple[str, ...],
        before: Made | None,
    ) -> Made:
        """Return how a fit on this machine made weights, and what it went on from."""
        here = torch.cuda.get_device_name() if torch.cuda.is_available() else "processor"
        made = cls((command,), (here,), asdict(settings), categories)
        return made if before is None else made._after([before])

    @classmethod
    def by_mean(cls, command: str, before: Sequence[Made]) -> Made:
        """Return how a mean of weights was made."""
        last = before[-1]
        return cls((command,), (), last.settings, last.categories)._after(before)

    def _after(self, before: Sequence[Made]) -> Made:
        """Return the same with what was done before it, each command and device told once."""
        steps = [*before, self]
        commands = dict.fromkeys(command for made in steps for command in made.commands)
        devices = dict.fromkeys(device for made in steps for device in made.devices)
        return replace(self, commands=tuple(commands), devices=tuple(devices))


def mean(taggers: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return the mean of several taggers' weights.

    A tagger and those that went on from it lie in one basin: the mean of their weights does on new
    text about as well as the mean of what they say, at the cost of one (Wortsman et al., *Robust
    fine-tuning of zero-shot models*, 2022).

    Parameters
    ----------
    taggers : sequence of mapping of str to Tensor
        The weights of each by their names, all of one shape.
    """
    return {name: torch.stack([one[name] for one in taggers]).mean(0) for name in taggers[0]}


def save(weights: Mapping[str, torch.Tensor], made: Made, path: Path) -> None:
    """Write weights and how they were made."""
    whole = {name: weight.contiguous() for name, weight in weights.items()}
    save_file(whole, path, {_KEY: json.dumps(asdict(made))})


def load(path: Path) -> tuple[dict[str, torch.Tensor], Made]:
    """Read what `save` wrote.

    Raises
    ------
    UsageError
        If the file is none of these.
    """
    try:
        with safe_open(path, "pt") as stored:
            told = json.loads((stored.metadata() or {})[_KEY])
            weights = {name: stored.get_tensor(name).float() for name in stored.keys()}  # noqa: SIM118
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise UsageError(
            f"{path}: no tagger's weights as scripts/fit_tagger.py writes them"
        ) from error
    parts = {name: tuple(told[name]) for name in ("commands", "devices", "categories")}
    return weights, Made(settings=told["settings"], **parts)


def tagger_of(path: Path, categories: tuple[str, ...]) -> tuple[TokenTagger, Made]:
    """Return the tagger whose weights a file holds, and how they were made.

    Raises
    ------
    UsageError
        If the file is none of these, or the tagger tells other categories.
    """
    weights, made = load(path)
    if made.categories != categories:
        raise UsageError(f"{path}: this tagger tells other categories than the lexicon has")
    tagger = new_tagger(len(categories))
    tagger.load_state_dict(weights)
    return tagger, made
