"""Temporary files for formats whose totals stand before what they sum up."""

from __future__ import annotations

import shutil
import tempfile
from typing import TextIO


def temporary() -> TextIO:
    """Return an open text file that its owner alone can read and that is gone once closed."""
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="", errors="replace")


def copy(source: TextIO, out: TextIO) -> None:
    """Write all of a temporary file to `out`.

    Parameters
    ----------
    source : TextIO
        A file that `temporary` returned.
    out : TextIO
        Where to.
    """
    source.seek(0)
    shutil.copyfileobj(source, out)
