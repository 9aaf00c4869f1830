"""Where the packaged lexicons and models are: the only module that knows paths.

A built wheel carries them inside the package; in a checkout they stand at its root, where people
look for them. What a wheel carries is held to the hashes that the installer recorded.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from vbl_detect.errors import UsageError
from vbl_detect.integrity import check_installed

#: The built-in classifier: its folder under `model_dir`.
MODEL = "vbl-8"

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]


def lexicon_dir() -> Path:
    """Return the folder of the built-in lexicon."""
    return _resource("data/lexicons", "*.csv")


def exercise_bank() -> Path:
    """Return the bank of exercises: fictional notes with an answer and an explanation each."""
    return _resource("data/exercises/bank.jsonl")


def drop_in_wordings() -> Path:
    """Return the table of wordings that can take a phrase's place."""
    return _resource("data/drop_in_wordings.csv")


def model_dir() -> Path:
    """Return the folder of the built-in models."""
    # A model's meta.json holds the hashes of its parts.
    return _resource("models", "*.json", "*/meta.json")


def find_model(name: str) -> Path:
    """Return the folder of a model.

    Parameters
    ----------
    name : str
        A built-in model's name, or the path of a folder.

    Raises
    ------
    UsageError
        If there is neither.
    """
    for folder in (model_dir() / name, Path(name)):
        if folder.is_dir():
            return folder
    raise UsageError(f"{name}: there is no such model; name a folder that vbl-detect train wrote")


@cache
def _resource(name: str, *patterns: str) -> Path:
    for root in (_PACKAGE, _CHECKOUT):
        path = root / name
        if path.exists():
            if patterns:
                check_installed(path, *patterns)
            else:
                check_installed(path.parent, path.name)
            return path
    raise UsageError(f"{name} is missing from the installation at {_PACKAGE}; install it again")
