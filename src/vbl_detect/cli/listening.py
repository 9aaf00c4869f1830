"""What a person hears of a run on stderr: choices, warnings, and what could not be read."""

from __future__ import annotations

from vbl_detect.cli.group import tell
from vbl_detect.errors import ReaderError
from vbl_detect.running import OnError, RunListener


class ToldListener(RunListener):
    """Prints what the readers say, and keeps what counts.

    Parameters
    ----------
    on_error : {"skip", "fail"}
        Whether a row that cannot be read is named and skipped, or ends the run.
    quiet : bool
        Whether to print problems only.
    notices : bool
        Whether to print the choices the readers made: columns, encoding, files left out.
    """

    def __init__(
        self, *, on_error: OnError = "skip", quiet: bool = False, notices: bool = True
    ) -> None:
        super().__init__(on_error=on_error)
        self._quiet = quiet
        self._notices = notices and not quiet

    def notice(self, message: str) -> None:
        """Print a choice the reader made."""
        if self._notices:
            self._say(message)

    def warning(self, message: str) -> None:
        """Print and keep a warning."""
        super().warning(message)
        if not self._quiet:
            self._say(f"warning: {message}")

    def problem(self, error: ReaderError) -> None:
        """Print and keep a problem, or end the run with it."""
        super().problem(error)
        self._say(f"problem: {error}")

    def _say(self, message: str) -> None:
        tell(message)
