"""Which files are read: those that paths, patterns and folders lead to."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence
from glob import glob, has_magic
from pathlib import Path

from vbl_detect.errors import ReaderError, UsageError
from vbl_detect.files import DANGLING, MANIFEST_ENDING, meant_beside
from vbl_detect.readers.base import ReadListener
from vbl_detect.readers.formats import READERS, could_be, is_lock

#: What a manifest of a scan holds, whatever release wrote it.
_MARKS_OF_MANIFEST = frozenset({"counts", "inputs", "lexicon", "tool_version"})
#: File names that a message lists.
_NAMES_SHOWN = 5


def find_files(
    paths: Iterable[Path], listener: ReadListener, *, suffixes: Collection[str] = READERS
) -> list[Path]:
    """Return the files to read: those named, and those in the folders named, each once.

    Folders are walked to the bottom, in the order of their files' names. Hidden files and
    folders, lock files of Office (``~$…``), what an earlier scan wrote with a manifest beside it,
    and suffixes without a reader are left out there; of the last two the listener hears.
    A file that its own program could save in a format with a reader is not left out: reading it
    is a problem.

    Parameters
    ----------
    paths : iterable of Path
        Files, folders and patterns such as ``drafts/**/*.docx``, as the user named them.
    listener : ReadListener
        Hears what was left out.
    suffixes : collection of str
        The suffixes to read in folders, in lower case; a file that is named is read whatever it is.

    Raises
    ------
    UsageError
        If a path does not exist.
    """
    # By what the path leads to, so that a file named twice is read once, under its first name.
    found: dict[Path, Path] = {}
    for path in paths:
        named = expand(path)
        if not named:
            msg = f"{path}: {nowhere(path)}"
            raise UsageError(msg)
        for one in named:
            for file in _files_in(one, listener, suffixes) if one.is_dir() else (one,):
                found.setdefault(_leads_to(file), file)
    return list(found.values())


def _leads_to(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        return path.absolute()


def expand(path: Path) -> list[Path]:
    """Return what a path stands for: itself, or what fits it as a pattern; nothing if neither.

    Not every shell expands patterns; none does on Windows.

    Parameters
    ----------
    path : Path
        A file, a folder, or a pattern with ``*``, ``?``, ``[…]`` or ``**``.
    """
    try:
        if path.exists():
            return [path]
    except OSError:  # a name too long, or a folder on the way that may not be entered
        return []
    fitting = glob(str(path), recursive=True) if has_magic(str(path)) else []  # noqa: PTH207 - keeps the path as it was written
    return [Path(name) for name in sorted(fitting) if not is_lock(name)]


def nowhere(path: Path) -> str:
    """Return what is told of a path that leads to no file: what to do next.

    Parameters
    ----------
    path : Path
        The path, or the text that was given in the place of one.
    """
    if os.path.islink(path):  # noqa: PTH114 - false, and no error, where a name is too long
        return DANGLING
    msg = "there is no such file or folder; "
    if any(map(str.isspace, str(path))) and path.suffix.lower() not in READERS:
        return f'{msg}to judge a text and not a file: vbl-detect explain "TEXT"'
    return msg + meant_beside(path)


def _is_broken_link(path: Path) -> bool:
    return path.is_symlink() and not path.exists()


def _files_in(folder: Path, listener: ReadListener, suffixes: Collection[str]) -> list[Path]:
    files = []
    unknown: list[str] = []

    def tell(error: OSError) -> None:
        msg = f"the folder could not be read ({error.strerror}); check your rights to it"
        listener.problem(ReaderError(msg, path=str(error.filename)))

    for parent, folders, names in os.walk(folder, onerror=tell):
        folders[:] = [name for name in folders if not name.startswith(".")]
        ours = _written_by_scan(Path(parent), names)
        if ours:
            listener.notice(f"{parent}: what a scan wrote was left out: {_some(sorted(ours))}")
        for name in names:
            file = Path(parent, name)
            # A pipe or a device would be read without end; a broken link is worth a problem.
            if (
                name.startswith(".")
                or name in ours
                or is_lock(name)
                or not (file.is_file() or _is_broken_link(file))
            ):
                continue
            suffix = file.suffix.lower()
            if suffix in suffixes or could_be(suffix, suffixes):
                files.append(file)
            else:
                unknown.append(name)
    if unknown:
        files_left = f"{len(unknown):,} {'file' if len(unknown) == 1 else 'files'}"
        listener.notice(
            f"{folder}: {files_left} left out ({_some(sorted(unknown))}); the suffixes read in "
            f"folders are {', '.join(sorted(suffixes))}"
        )
    if not files:
        listener.warning(f"{folder}: there is no file in this folder that can be read")
    return sorted(files, key=lambda file: file.relative_to(folder).parts)


def _written_by_scan(folder: Path, names: Collection[str]) -> set[str]:
    """Return the manifests of scans in a folder, and the findings beside which they stand."""
    manifests = [name for name in names if name.endswith(MANIFEST_ENDING)]
    ours = [name for name in manifests if _is_manifest(folder / name)]
    return {*ours, *(name.removesuffix(MANIFEST_ENDING) for name in ours)} & set(names)


def _is_manifest(path: Path) -> bool:
    try:
        content = json.loads(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.keys() >= _MARKS_OF_MANIFEST


def _some(names: Sequence[str]) -> str:
    """Return names as messages list them; of many, the first."""
    more = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
