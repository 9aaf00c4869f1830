"""The command line. One file a command; each declares its options and calls the library.

A new command is a file, and a line in `vbl_detect.cli.commands`.
"""

from __future__ import annotations

import atexit
import io
import os
import sys
from typing import Annotated

import typer

from vbl_detect import __version__
from vbl_detect.cli.commands import RootGroup
from vbl_detect.lean_spacy import collect_seldom

#: In columns; longer lines are hard to follow.
WIDEST_HELP = 110

app = typer.Typer(
    name="vbl-detect",
    cls=RootGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": WIDEST_HELP,
    },
)


def _print_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        typer.echo(f"vbl-detect {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Find victim-blaming language in reviews and case notes, say why it harms, offer better words.

    Nothing leaves the machine.
    """


def main() -> None:
    """Run the command line, and end the process."""
    # What is loaded stays to the end: it need not be searched for garbage after each thousandth
    # object, nor taken apart at exit; both are felt when a draft is checked.
    collect_seldom()
    _show_every_character()
    try:
        app()
    except SystemExit as done:
        if not isinstance(done.code, int):
            raise
        _end(done.code)


def _show_every_character() -> None:
    """Let no character that the console lacks end a command: an escape stands in its place."""
    # A stream that the caller closed is none; what would go there is to go nowhere.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _end(code: int) -> None:
    """End the process, with everything written, but without freeing each object."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
