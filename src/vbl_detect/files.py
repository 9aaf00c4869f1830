"""Files that appear whole or not at all, readable by their owner only."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vbl_detect.closest import closest
from vbl_detect.errors import ReaderError, UsageError

#: What is told of a link to what is not there.
DANGLING = "this is a link that leads to no file; name the file itself"
#: The manifest of a run stands beside what it wrote, under the same name with this behind it.
MANIFEST_ENDING = ".manifest.json"


@contextmanager
def replacing(path: Path, *, folder: Path | None = None) -> Iterator[Path]:
    """Give a temporary path beside `path`, and move it there when the block ends well.

    The temporary file is created with owner-only permissions and is removed if the block raises,
    an interruption included, so that no half-written file is left.

    Parameters
    ----------
    path : Path
        Where the file is to appear.
    folder : Path, optional
        A folder on the same disk for the temporary file; None: that of `path`.

    Yields
    ------
    Path
        The temporary path; it exists, empty, and ends in the same suffix as `path`.
    """
    handle, name = tempfile.mkstemp(
        dir=folder or path.parent, prefix=f".{path.stem}-", suffix=path.suffix
    )
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def writing(output: Path, *, folder: Path | None = None) -> Iterator[Path]:
    """Give a temporary path as `replacing` does, once it is plain that the file can stand there.

    Parameters
    ----------
    output : Path
        Where the user wants the file.
    folder : Path, optional
        A folder on the same disk for the temporary file; None: that of `output`.

    Raises
    ------
    UsageError
        If there is no such folder, or nothing can be written or replaced there.
    """
    check_place(output)
    try:
        with replacing(output, folder=folder) as temporary:
            yield temporary
    except PermissionError as error:
        if error.filename2 != str(output):
            raise
        raise UsageError(
            f"{output}: it cannot be replaced; close it if it is open in another program"
        ) from error


def check_place(output: Path) -> None:
    """Make sure that a file can stand there.

    Parameters
    ----------
    output : Path
        Where the user wants the file.

    Raises
    ------
    UsageError
        If there is no such folder, or nothing can be written or replaced there.
    """
    folder = output.parent
    if not folder.is_dir():
        raise UsageError(f"{output}: there is no folder {folder}; make it first")
    if output.exists() and not output.is_file():
        raise UsageError(f"{output}: this is not a file that can be replaced; name another")
    if not os.access(folder, os.W_OK):
        raise UsageError(f"{output}: the folder {folder} cannot be written to; name another")


def check_not_read(output: Path, read: Iterable[Path]) -> None:
    """Make sure that a file to be written is none of those that are read.

    Parameters
    ----------
    output : Path
        Where the user wants the file.
    read : iterable of Path
        The files that the user named; folders among them are passed over.

    Raises
    ------
    UsageError
        If it is one of them.
    """
    if any(path.is_file() and path.resolve() == output.resolve() for path in read):
        raise UsageError(f"{output}: this file is read here; write to another")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hex digits.

    Parameters
    ----------
    path : Path
        The file to read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_utf8(path: Path) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    ReaderError
        If it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "a character is not UTF-8; save the file with the encoding UTF-8"
        raise ReaderError(message, path=str(path), row=line) from error


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file in UTF-8 that are not blank, each with its number from 1.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    ReaderError
        If it cannot be read, or is not UTF-8.
    """
    for number, line in enumerate(read_utf8(path).split("\n"), start=1):
        if line.strip():
            yield number, line


def unreadable(path: Path, error: OSError) -> ReaderError:
    """Return what is raised of a file that cannot be read.

    Parameters
    ----------
    path : Path
        The file.
    error : OSError
        What the system said.
    """
    return ReaderError(why_unread(path, error), path=str(path))


def why_unread(path: Path, error: OSError) -> str:
    """Return in words why a file cannot be read, and what to do next.

    The system's own words are given only where nothing better is known: they are in the language
    of the system.

    Parameters
    ----------
    path : Path
        The file.
    error : OSError
        What the system said.
    """
    if isinstance(error, FileNotFoundError) or error.errno == errno.ELOOP:
        if path.is_symlink():
            return DANGLING
        return f"there is no such file; {meant_beside(path)}"
    # Windows says of a folder that there is no permission.
    if isinstance(error, IsADirectoryError | PermissionError) and path.is_dir():
        return "this is a folder; name a file in it"
    if isinstance(error, PermissionError):
        return (
            "the file could not be read; close it in other programs, or ask for the right to read "
            "it"
        )
    reason = error.strerror or type(error).__name__
    return f"the file could not be read ({reason}); copy it to another place, and try that one"


def meant_beside(path: Path) -> str:
    """Return which file in the same folder was most likely meant by a name that is not there.

    Parameters
    ----------
    path : Path
        What was named.
    """
    try:
        beside = [other.name for other in path.parent.iterdir()]
    except (OSError, ValueError):
        beside = []
    meant = closest(path.name, beside)
    return "check the path" if meant is None else f'did you mean "{meant}"?'
