"""Files that appear whole or not at all, readable by their owner only."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`, and move it there when the block ends well.

    The temporary file is created with owner-only permissions and is removed if the block raises,
    an interruption included, so that no half-written file is left.

    Parameters
    ----------
    path : Path
        Where the file is to appear.

    Yields
    ------
    Path
        The temporary path; it exists, empty, and ends in the same suffix as `path`.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hex digits.

    Parameters
    ----------
    path : Path
        The file to read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
