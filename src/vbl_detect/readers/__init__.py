"""Readers: every file format in, notes out.

`read_notes` reads files and folders, `read_stream` reads standard input; `READERS` says which
reader takes which suffix.
"""

from __future__ import annotations

from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.folders import expand, find_files, nowhere
from vbl_detect.readers.formats import DOCUMENTS, READERS
from vbl_detect.readers.reading import STDIN_NAME, read_notes, read_stream

__all__ = [
    "DOCUMENTS",
    "READERS",
    "STDIN_NAME",
    "ReadListener",
    "ReadOptions",
    "Source",
    "expand",
    "find_files",
    "nowhere",
    "read_notes",
    "read_stream",
]
