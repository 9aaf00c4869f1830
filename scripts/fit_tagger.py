r"""Fit the contextual tagger where there is a graphics card, from what ``train --readings`` wrote.

    python scripts/fit_tagger.py fit out/readings.npz -o out/trunk.safetensors
    python scripts/fit_tagger.py fit out/readings.npz --after out/trunk.safetensors --seed 2 \
        -o out/2.safetensors
    python scripts/fit_tagger.py fit out/readings.npz --after models/vbl-8 -o out/next.safetensors
    python scripts/fit_tagger.py mean out/2.safetensors out/3.safetensors -o out/mean.safetensors
    python scripts/fit_tagger.py mean models/vbl-8 out/next.safetensors -o out/both.safetensors

Needs PyTorch, transformers, tokenizers, safetensors, onnx and the encoder's package, and of this
project the source alone. ``vbl-detect train --tagger out/mean.safetensors`` makes a model of it.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from dataclasses import replace
from pathlib import Path

from torch import Tensor

from vbl_detect.training.fitted import Made, load, mean, save, tagger_of
from vbl_detect.training.readings import Readings
from vbl_detect.training.tagger import GOING_ON, TaggerSettings, TokenTagger, fit_tagger
from vbl_detect.training.weights import made_of, read_tagger


def fit(given: argparse.Namespace, command: str) -> None:
    """Fit a tagger, from the encoder or going on from another."""
    readings = Readings.load(given.readings)
    settings = replace(
        GOING_ON if given.after else TaggerSettings(), seed=given.seed, minutes=given.minutes
    )
    if given.epochs:
        settings = replace(settings, epochs=given.epochs)
    start, before = _start(given.after, readings.categories) if given.after else (None, None)
    tagger = fit_tagger(readings, settings, lambda line: print(line, flush=True), start)
    made = Made.by_fit(command, settings, readings.categories, before)
    save(tagger.state_dict(), made, given.output)


def _start(path: Path, categories: tuple[str, ...]) -> tuple[TokenTagger, Made]:
    """Return the tagger to go on from, of a file or of a model's folder, and how it was made."""
    if path.is_dir():
        return read_tagger(path, categories), made_of(path)
    return tagger_of(path, categories)


def average(given: argparse.Namespace, command: str) -> None:
    """Write the mean of several taggers' weights."""
    weights, made = zip(*map(_weights, given.taggers), strict=True)
    save(mean(weights), Made.by_mean(command, made), given.output)


def _weights(path: Path) -> tuple[dict[str, Tensor], Made]:
    """Return the weights in a file or of a model's folder, and how they were made."""
    if not path.is_dir():
        return load(path)
    made = made_of(path)
    return read_tagger(path, made.categories).state_dict(), made


def main() -> None:
    """Run the command that was given."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("fit", help=fit.__doc__)
    one.set_defaults(run=fit)
    one.add_argument("readings", type=Path)
    one.add_argument("--after", type=Path)
    one.add_argument("--epochs", type=int)
    one.add_argument("--minutes", type=float)
    one.add_argument("--seed", type=int, default=1)
    several = commands.add_parser("mean", help=average.__doc__)
    several.set_defaults(run=average)
    several.add_argument("taggers", type=Path, nargs="+")
    for parser_of_one in (one, several):
        parser_of_one.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    given.run(given, shlex.join(["python", *sys.argv]))


if __name__ == "__main__":
    main()
