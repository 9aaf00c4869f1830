"""What a person sees while a scan runs: progress, beside what `ToldListener` prints."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from vbl_detect.cli.group import shown
from vbl_detect.cli.listening import ToldListener
from vbl_detect.running import OnError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class ShownListener(ToldListener):
    """Shows progress and prints what the readers say.

    Parameters
    ----------
    on_error : {"skip", "fail"}
        Whether a row that cannot be read is named and skipped, or ends the run.
    quiet : bool
        Whether to print problems only.
    notices : bool
        Whether to print the choices the readers made.
    show_progress : bool
        Whether to show a bar with the time remaining, if stderr is a terminal: how much is judged;
        a file weighs in it what it weighs on disk.
    """

    def __init__(
        self,
        *,
        on_error: OnError = "skip",
        quiet: bool = False,
        notices: bool = True,
        show_progress: bool = True,
    ) -> None:
        super().__init__(on_error=on_error, quiet=quiet, notices=notices)
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        if show_progress and not quiet and sys.stderr.isatty():
            self._progress = _bar()
            self._task = self._progress.add_task("judging", total=None)

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

    def judged(self, place: float) -> None:
        """Move the bar: what is read and not yet judged is not done."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=place, total=max(self.total_bytes, 1))

    def _say(self, message: str) -> None:
        if self._progress is not None:
            self._progress.console.print(
                shown(message), markup=False, highlight=False, soft_wrap=True
            )
        else:
            super()._say(message)


def goes_to_screen(output: Path | None) -> bool:
    """Tell whether results go to the terminal as they come: a bar would be drawn through them.

    Parameters
    ----------
    output : Path, optional
        The file that they go to; None: standard output.
    """
    return output is None and sys.stdout.isatty()


def _bar() -> Progress:
    # Imported here: most runs show no bar, and start faster without it.
    progress = import_module("rich.progress")
    bar: Progress = progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TimeElapsedColumn(),
        progress.TimeRemainingColumn(),
        console=import_module("rich.console").Console(stderr=True),
        transient=True,
    )
    return bar
