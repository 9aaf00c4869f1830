"""``vbl-detect serve``: a page on the own machine to paste a draft into."""

from __future__ import annotations

from typing import Annotated

import typer

from vbl_detect.cli import options
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.cli.settings import in_force
from vbl_detect.errors import UsageError
from vbl_detect.pipeline import load
from vbl_detect.running import RunSettings
from vbl_detect.settings import selection_of

#: What is judged before the page is opened, so that all parts are loaded when the writer begins.
_FIRST = "She is putting herself at risk."


def serve_command(
    ctx: typer.Context,
    lexicon: options.Lexicons,
    select: options.Select,
    ignore: options.Ignore,
    extend_select: options.ExtendSelect,
    extend_ignore: options.ExtendIgnore,
    port: Annotated[
        int,
        typer.Option(min=0, max=65535, help="The port of this machine; 0: any that is free."),
    ] = 0,
    no_open: Annotated[
        bool,
        typer.Option("--no-open", help="Open no browser; the address is shown all the same."),
    ] = False,
    idle_minutes: Annotated[
        float,
        typer.Option(min=0, help="Stop when nobody has used the page for so long; 0: never."),
    ] = 60.0,
    min_score: options.MinScore = None,
    model: options.Model = "full",
    no_suppressions: options.NoSuppressions = False,
    config: options.Config = None,
    isolated: options.Isolated = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Open a page in your browser to paste a draft into; needs the extra "serve".

    Served from this machine to this machine alone; nothing of a text is written to disk. It finds
    what 'vbl-detect check' finds. Ctrl-c stops it, and so does closing the terminal.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    file = in_force(ctx)
    try:
        from vbl_detect.serving.application import Service  # noqa: PLC0415
        from vbl_detect.serving.guard import Keys  # noqa: PLC0415
        from vbl_detect.serving.judging import TextJudge  # noqa: PLC0415
        from vbl_detect.serving.running import (  # noqa: PLC0415
            PageServer,
            address_of,
            listen,
            open_browser,
        )
    except ImportError as error:
        message = (
            f"the page needs {error.name}, which is not installed; "
            "install it with pip install 'vbl-detect[serve]'"
        )
        raise UsageError(message) from error
    settings = RunSettings(
        file=file,
        selection=selection_of(
            file,
            select=select,
            extend_select=extend_select,
            ignore=ignore,
            extend_ignore=extend_ignore,
        ),
        lexicons=tuple(lexicon),
        min_score=min_score,
        model=model,
        suppressions=not no_suppressions,
    )
    listener = listen(port)
    judge = TextJudge(load(lexicons=settings.lexicons, model=settings.model), settings)
    judge.judge(_FIRST)
    keys = Keys()
    here = listener.getsockname()[1]

    def ready() -> None:
        typer.echo(f"The page is at {address_of(here, keys.lasting)}")
        if not quiet:
            ends = (
                f", and it ends after {idle_minutes:g} minutes without use" if idle_minutes else ""
            )
            tell(f"Only this machine reaches it. Ctrl-c stops it{ends}.")
        if not no_open and keys.once:
            failed = "No browser could be opened; open the address above in yours."
            open_browser(address_of(here, keys.once), lambda: tell(failed))

    server = PageServer(Service(judge, keys), listener, idle_seconds=60 * idle_minutes, ready=ready)
    server.run_to_the_end()
    if not quiet:
        reason = f"after {idle_minutes:g} minutes without use" if server.was_idle else "as asked"
        tell(f"Stopped {reason}; nothing was kept.")
