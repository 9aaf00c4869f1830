"""Files that appear whole or not at all, readable by their owner only."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vbl_detect.errors import UsageError


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


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hex digits.

    Parameters
    ----------
    path : Path
        The file to read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
