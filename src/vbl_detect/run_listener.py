"""What is heard of a run while it goes on, and kept for its manifest and its exit code."""

from __future__ import annotations

from pathlib import Path

from vbl_detect.errors import ReaderError
from vbl_detect.readers import ReadListener
from vbl_detect.run_settings import STDIN, OnError


class RunListener(ReadListener):
    """Keeps what the readers say, for the manifest and the exit code.

    Parameters
    ----------
    on_error : {"skip", "fail"}
        Whether a row that cannot be read is named and skipped, or ends the run.

    Attributes
    ----------
    total_bytes : int
        The size of everything to be read.
    paths : list of Path
        The files opened so far.
    problems, warnings : list of str
        What could not be read, and what may have lost text before it came here or was accepted
        in a way that does not hold.
    """

    def __init__(self, *, on_error: OnError = "skip") -> None:
        self._on_error = on_error
        self.total_bytes = 0
        self.paths: list[Path] = []
        self.problems: list[str] = []
        self.warnings: list[str] = []
        self._bytes_before = self._bytes_here = 0
        self._fraction = 0.0

    def opened(self, path: Path) -> None:
        """Take the next file."""
        self.paths.append(path)
        self._bytes_before += self._bytes_here
        self._bytes_here = size_of(path)
        self._fraction = 0.0

    def progress(self, fraction: float) -> None:
        """Take how much of the present file has been read, from 0 to 1."""
        self._fraction = fraction

    def place(self) -> float:
        """Return how far the files are read by now, in bytes on disk."""
        return self._bytes_before + self._fraction * self._bytes_here

    def judged(self, place: float) -> None:
        """Take that everything up to a place is judged, which lags behind reading."""

    def warning(self, message: str) -> None:
        """Keep a warning."""
        self.warnings.append(message)

    def problem(self, error: ReaderError) -> None:
        """Keep a problem, or end the run with it."""
        if self._on_error == "fail":
            raise error
        self.problems.append(str(error))


def size_of(path: Path) -> int:
    """Return the size of a file in bytes; 0 for standard input and what cannot be looked at."""
    try:
        return 0 if path == STDIN else path.stat().st_size
    except OSError:
        return 0
