"""What a person sees while a scan runs: progress, beside what `ToldListener` prints."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from vbl_detect.cli.listening import ToldListener
from vbl_detect.running import OnError


class ShownListener(ToldListener):
    """Shows progress and prints what the readers say.

    Parameters
    ----------
    on_error : {"skip", "fail"}
        Whether a row that cannot be read is named and skipped, or ends the run.
    quiet : bool
        Whether to print problems only.
    show_progress : bool
        Whether to show a bar with the time remaining, if stderr is a terminal; a file weighs in
        it what it weighs on disk.
    """

    def __init__(self, *, on_error: OnError, quiet: bool, show_progress: bool) -> None:
        super().__init__(on_error=on_error, quiet=quiet)
        self._console = Console(stderr=True)
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._bytes_before = self._bytes_here = 0
        if show_progress and not quiet and self._console.is_terminal:
            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                console=self._console,
                transient=True,
            )
            self._task = self._progress.add_task("scanning", total=None)

    def __enter__(self) -> ShownListener:
        """Start the bar."""
        if self._progress is not None:
            self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()

    def opened(self, path: Path) -> None:
        """Take the next file."""
        super().opened(path)
        self._bytes_before += self._bytes_here
        self._bytes_here = path.stat().st_size if path.is_file() else 0

    def progress(self, fraction: float) -> None:
        """Move the bar."""
        if self._progress is not None and self._task is not None:
            done = self._bytes_before + fraction * self._bytes_here
            self._progress.update(self._task, completed=done, total=max(self.total_bytes, 1))

    def _say(self, message: str) -> None:
        if self._progress is not None:
            self._progress.console.print(message, markup=False, highlight=False, soft_wrap=True)
        else:
            super()._say(message)
