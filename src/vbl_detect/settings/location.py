"""Which settings file is in force: the one in the nearest parent folder of what is read."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from vbl_detect.errors import UsageError

#: The file of settings alone; it goes before a pyproject.toml in the same folder.
FILE = "vbl.toml"
PYPROJECT = "pyproject.toml"
#: Where the settings stand in a pyproject.toml.
TABLE = ("tool", "vbl-detect")


def find_settings(paths: Iterable[Path]) -> Path | None:
    """Return the settings file of the files to be read, or None if there is none.

    Parameters
    ----------
    paths : iterable of Path
        Files and folders; none of them: the working directory. They need not be there.

    Raises
    ------
    UsageError
        If the nearest settings file of one is not that of another: a run has one.
    """
    folders: dict[Path, Path] = {}
    for path in paths:
        # os.path bears names that no system takes, such as a whole text; a link is not followed.
        absolute = Path(os.path.abspath(path))  # noqa: PTH100
        folder = absolute if os.path.isdir(absolute) else absolute.parent  # noqa: PTH112
        folders.setdefault(folder, path if os.path.exists(path) else folder)  # noqa: PTH110
    chosen: dict[Path | None, Path] = {}
    for folder, path in folders.items():
        chosen.setdefault(_nearest(folder), path)
    if not chosen:
        return _nearest(Path.cwd())
    if len(chosen) > 1:
        (one, first), (other, second), *_ = chosen.items()
        raise UsageError(
            f"{told(first)} belongs to {_named(one)}, and {told(second)} to {_named(other)}; "
            "take them one after the other, or choose one file of settings for all with --config"
        )
    return next(iter(chosen))


def told(path: Path) -> str:
    """Return a path as messages tell it: from the working directory if it is in there.

    Parameters
    ----------
    path : Path
        The path.
    """
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def own_table(parsed: Mapping[str, Any], path: Path) -> object | None:
    """Return what a file says of the settings, or None if it says nothing.

    Parameters
    ----------
    parsed : mapping
        The file, read.
    path : Path
        Its path: in a ``pyproject.toml`` the settings stand in a table of their own.
    """
    value: Any = parsed
    for name in TABLE if path.name == PYPROJECT else ():
        value = value.get(name) if isinstance(value, dict) else None
    return value  # type: ignore[no-any-return]


def _nearest(folder: Path) -> Path | None:
    for parent in (folder, *folder.parents):
        if os.path.isfile(parent / FILE):  # noqa: PTH113
            return parent / FILE
        if _holds_settings(parent / PYPROJECT):
            return parent / PYPROJECT
    return None


def _holds_settings(path: Path) -> bool:
    try:
        content = path.read_bytes()
    except (OSError, ValueError):
        return False
    if TABLE[-1].encode() not in content:
        return False
    try:
        return own_table(tomllib.loads(content.decode("utf-8-sig")), path) is not None
    except (ValueError, RecursionError):
        return True  # where it is broken is told when it is read


def _named(path: Path | None) -> str:
    return "no file of settings" if path is None else told(path)
