"""``vbl-detect baseline``: accept what is found in drafts now, and hear of new wording only."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from vbl_detect.baselining import create, prune
from vbl_detect.cli import options
from vbl_detect.cli.group import CommandGroup, set_verbosity, tell
from vbl_detect.cli.listening import ToldListener
from vbl_detect.cli.settings import SettingsCommand, in_force
from vbl_detect.counts import how_many
from vbl_detect.errors import ExitCode
from vbl_detect.pipeline import load
from vbl_detect.running import RunSettings
from vbl_detect.settings import selection_of
from vbl_detect.suppression.baseline import BASELINE_NAME

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    help="Accept what is found in drafts now, so that 'check --baseline' tells of new wording.",
)


@app.command("create", cls=SettingsCommand)
def create_command(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Drafts, folders or patterns of them."),
    ],
    lexicon: options.Lexicons,
    select: options.Select,
    ignore: options.Ignore,
    extend_select: options.ExtendSelect,
    extend_ignore: options.ExtendIgnore,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The baseline to write.")
    ] = Path(BASELINE_NAME),
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a baseline that is there already.")
    ] = False,
    min_score: options.MinScore = None,
    model: options.Model = "full",
    config: options.Config = None,
    isolated: options.Isolated = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write down what is found in drafts now, by fingerprint and count, without its wording."""
    set_verbosity(quiet=quiet, verbose=verbose)
    listener = ToldListener(quiet=quiet, notices=verbose)
    file = in_force(ctx)
    settings = RunSettings(
        file=file,
        selection=selection_of(
            file,
            select=select,
            extend_select=extend_select,
            ignore=ignore,
            extend_ignore=extend_ignore,
        ),
        min_score=min_score,
        model=model,
    )
    nlp = load(lexicons=lexicon, model=model)
    made = create(paths, output, nlp, settings, listener, today=date.today(), replace=replace)
    if not quiet:
        findings = how_many(made.findings, "finding")
        drafts = f"{made.drafts:,} of {how_many(made.files, 'draft')}"
        tell(f"{findings} in {drafts} accepted in {output}")
    if listener.problems:
        raise typer.Exit(ExitCode.UNREADABLE_INPUT)


@app.command("prune", cls=SettingsCommand)
def prune_command(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="Where to look for drafts that have been moved, beside those in the baseline.",
            default_factory=list,
            show_default=False,
        ),
    ],
    lexicon: options.Lexicons,
    baseline: Annotated[Path, typer.Option(metavar="FILE", help="The baseline to shorten.")] = Path(
        BASELINE_NAME
    ),
    min_score: options.MinScore = None,
    model: options.Model = "full",
    config: options.Config = None,
    isolated: options.Isolated = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Take out of a baseline what has been put right; nothing is added to it."""
    set_verbosity(quiet=quiet, verbose=verbose)
    listener = ToldListener(quiet=quiet, notices=verbose)
    settings = RunSettings(file=in_force(ctx), min_score=min_score, model=model)
    nlp = load(lexicons=lexicon, model=model)
    pruned = prune(baseline, paths, nlp, settings, listener, today=date.today())
    if listener.problems:
        tell(f"Nothing was taken out of {baseline}, since some drafts could not be read")
        raise typer.Exit(ExitCode.UNREADABLE_INPUT)
    if not quiet:
        tell(
            f"{pruned.before - pruned.after} of {pruned.before} taken out of {baseline}, "
            f"{pruned.after} left"
        )
