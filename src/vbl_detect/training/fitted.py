"""A tagger's weights in a file (safetensors), with the commands that made them.

For a tagger that is fitted on another machine, by ``scripts/fit_tagger.py``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
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
    device : str
        What they ran on; of several, in the order of first use.
    settings : dict
        `TaggerSettings` of the last fit.
    categories : tuple of str
        The slugs, in the order of the second head's outputs.
    """

    commands: tuple[str, ...]
    device: str
    settings: dict[str, Any]
    categories: tuple[str, ...]

    @classmethod
    def by(
        cls, command: str, settings: TaggerSettings, categories: tuple[str, ...], *before: Made
    ) -> Made:
        """Return how a fit on this machine made weights, from those that were made before."""
        here = torch.cuda.get_device_name() if torch.cuda.is_available() else "processor"
        devices = dict.fromkeys([*(made.device for made in before), here])
        return cls(_in_order(command, before), ", ".join(devices), asdict(settings), categories)


def mean_of(command: str, fitted: Mapping[Path, Made]) -> Made:
    """Return how the mean of several was made."""
    made = [*fitted.values()]
    return Made(_in_order(command, made), made[0].device, made[0].settings, made[0].categories)


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
    told["commands"], told["categories"] = tuple(told["commands"]), tuple(told["categories"])
    return weights, Made(**told)


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


def _in_order(command: str, before: tuple[Made, ...] | list[Made]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(c for made in before for c in made.commands), command]))
