"""Files held to their hashes: those that say their own, and those that the installer recorded."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from vbl_detect.errors import IntegrityError
from vbl_detect.files import replacing, sha256

#: Under which key a sealed file holds the hash of the rest of it.
SEAL = "own_sha256"
_REMEDY = "install vbl-detect again"
_PROJECT, _PACKAGE = "vbl-detect", Path(__file__).resolve().parent


def write_sealed(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON that holds the hash of all it says, so that a change of it is found.

    Parameters
    ----------
    path : Path
        The file.
    content : mapping
        What to write.
    """
    text = json.dumps({**content, SEAL: _seal(content)}, indent=2, sort_keys=True)
    with replacing(path) as temporary:
        temporary.write_text(text + "\n", "utf-8")


def read_sealed(path: Path) -> dict[str, Any]:
    """Read what `write_sealed` wrote.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    IntegrityError
        If it cannot be read, or was changed since it was written.
    """
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise IntegrityError(f"{path}: the file cannot be read; {_REMEDY}") from error
    sealed = content.get(SEAL) if isinstance(content, dict) else None
    if not isinstance(sealed, str):
        raise IntegrityError(
            f"{path}: the file does not hold its own SHA-256 ({SEAL}); {_REMEDY}, or write it "
            "again as it was made if it is your own"
        )
    found = _seal(content)
    if found != sealed:
        raise IntegrityError(
            f"{path}: the file was changed after it was written (the SHA-256 of what it says is "
            f"{found[:12]}…, not {sealed[:12]}…); {_REMEDY}"
        )
    return dict(content)


def check_sha256(path: Path, expected: str, manifest: str) -> None:
    """Hold a file to the hash that another file says of it.

    Parameters
    ----------
    path : Path
        The file.
    expected : str
        Its SHA-256.
    manifest : str
        The name of the file that says so.

    Raises
    ------
    IntegrityError
        If it is missing or has another hash.
    """
    try:
        found = sha256(path)
    except OSError as error:
        raise IntegrityError(f"{path}: the file is missing; {_REMEDY}") from error
    if found != expected:
        raise IntegrityError(
            f"{path}: its SHA-256 is {found[:12]}…, not the {expected[:12]}… of {manifest}; "
            f"{_REMEDY}"
        )


def check_installed(root: Path, *patterns: str) -> bool:
    """Hold files of an installed package to what the installer recorded of them.

    Parameters
    ----------
    root : Path
        A folder inside the package.
    patterns : str
        Which of its files, as globs; a file that is there and not recorded is a fault.

    Returns
    -------
    bool
        Whether there is a record; a checkout has none, since people edit it.

    Raises
    ------
    IntegrityError
        If a file was changed, added or taken out.
    """
    if not is_recorded(root):
        return False
    recorded = _recorded()
    expected = {path for path in recorded if any(_fits(path, root, one) for one in patterns)}
    for path in sorted(expected.union(*(root.glob(one) for one in patterns))):
        if path not in recorded:
            raise IntegrityError(
                f"{path}: the file is no part of the installation; take it out, or {_REMEDY}"
            )
        check_sha256(path, recorded[path], "the installation's RECORD")
    return True


def is_recorded(root: Path) -> bool:
    """Tell whether the installer recorded what belongs in a folder; in a checkout nobody did.

    Parameters
    ----------
    root : Path
        The folder.
    """
    return bool(_recorded()) and root.is_relative_to(_PACKAGE)


def _fits(path: Path, root: Path, pattern: str) -> bool:
    if not path.is_relative_to(root):
        return False
    inside = path.relative_to(root)
    return len(inside.parts) == pattern.count("/") + 1 and inside.match(pattern)


@cache
def _recorded() -> dict[Path, str]:
    """Return the hash of each data file of the installed package; nothing for a checkout."""
    try:
        distribution = metadata.distribution(_PROJECT)
    except metadata.PackageNotFoundError:
        return {}
    if Path(str(distribution.locate_file(_PACKAGE.name))).resolve() != _PACKAGE:
        return {}
    found: dict[Path, str] = {}
    for path in distribution.files or ():
        if path.suffix != ".py" and path.hash is not None and path.hash.mode == "sha256":
            digest = base64.urlsafe_b64decode(path.hash.value + "=")
            found[_PACKAGE.joinpath(*path.parts[1:])] = digest.hex()
    return found


def _seal(content: Mapping[str, Any]) -> str:
    said = {key: value for key, value in content.items() if key != SEAL}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
