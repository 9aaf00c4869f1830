"""``vbl-detect lsp``: diagnostics for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from vbl_detect.cli import options
from vbl_detect.cli.group import set_verbosity
from vbl_detect.errors import UsageError


def lsp_command(
    stdio: Annotated[
        bool,
        typer.Option(
            "--stdio", help="Changes nothing: some editors say so to every server they start."
        ),
    ] = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Serve an editor: findings as you type; needs the extra "lsp".

    The editor starts it, and speaks to it over standard input and output; nothing else is open to
    it. docs/editors.md says how to set an editor up.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    try:
        from vbl_detect.lsp.features import serve  # noqa: PLC0415
    except ImportError as error:
        message = (
            f"the editor server needs {error.name}, which is not installed; "
            "install it with pip install 'vbl-detect[lsp]'"
        )
        raise UsageError(message) from error
    serve()
