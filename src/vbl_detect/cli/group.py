"""How every command ends: one plain sentence on stderr and the contract's exit code."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from vbl_detect.errors import ExitCode, VblDetectError

logger = logging.getLogger("vbl_detect")


class CommandGroup(TyperGroup):
    """A group whose commands raise `VblDetectError` and never show a traceback unless asked."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - the signature is the base class's
        """Write the commands with the whole first line of their help."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, (one.help or "").partition("\n")[0]) for name, one in commands if one]
            )

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the signature is the base class's
        """Run the chosen command and turn what it raises into an exit code."""
        try:
            return super().invoke(ctx)
        except VblDetectError as error:
            tell(f"error: {error}")
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            tell("interrupted; no half-written file was left")
            raise typer.Exit(ExitCode.INTERRUPTED) from error
        except BrokenPipeError as error:
            # The reader of our output, `head` say, has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(ExitCode.DONE) from error
        except OSError as error:
            name = "" if error.filename is None else f"{error.filename}: "
            tell(f"error: {name}{error.strerror or type(error).__name__}; check path and rights")
            raise typer.Exit(ExitCode.USAGE) from error
        except Exception as error:
            if type(error).__module__.startswith("typer") or hasattr(error, "exit_code"):
                raise
            _tell_crash(error)
            raise typer.Exit(ExitCode.USAGE) from error


def _tell_crash(error: Exception) -> None:
    """Name the fault without the error's own message, which may hold the text of a note."""
    if logger.isEnabledFor(logging.DEBUG):
        tell("".join(traceback.format_exception(error)))
        return
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    tell(
        f"error: vbl-detect failed unexpectedly ({type(error).__name__} in {place}); "
        "run it again with -v to see where, and please report it without any note's text"
    )


def tell(message: str) -> None:
    """Write a line to stderr, in whatever characters the terminal has.

    Parameters
    ----------
    message : str
        The line.
    """
    sys.stderr.write(f"{shown(message)}\n")


def shown(message: str) -> str:
    """Return a message as the terminal may show it: a file's name can hold anything.

    Parameters
    ----------
    message : str
        One or several lines.
    """
    from vbl_detect.writers.visible import visible  # noqa: PLC0415 - the overview needs no writer

    encoding = sys.stderr.encoding or "utf-8"
    text = "\n".join(visible(line, encoding) for line in message.split("\n"))
    return text.encode(encoding, "backslashreplace").decode(encoding)


def set_verbosity(*, quiet: bool, verbose: bool) -> None:
    """Set how much is told: errors only, the usual, or everything.

    Parameters
    ----------
    quiet, verbose : bool
        The options ``-q`` and ``-v``.
    """
    level = logging.ERROR if quiet else logging.DEBUG if verbose else logging.WARNING
    logging.basicConfig(format="%(levelname)s: %(message)s", stream=sys.stderr, force=True)
    logger.setLevel(level)
