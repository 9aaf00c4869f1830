"""The command line. One file a command; each declares its options and calls the library.

A new command is a file, and a line in `vbl_detect.cli.commands`.
"""

from __future__ import annotations

from typing import Annotated

import typer

from vbl_detect import __version__
from vbl_detect.cli.commands import RootGroup

app = typer.Typer(
    name="vbl-detect",
    cls=RootGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
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
    """Run the command line."""
    app()
