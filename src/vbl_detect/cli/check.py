"""``vbl-detect check``: findings in drafts, before they are saved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vbl_detect.checking import check
from vbl_detect.cli import options
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.cli.progress import ShownListener, goes_to_screen
from vbl_detect.cli.settings import in_force
from vbl_detect.counts import summary
from vbl_detect.errors import ExitCode
from vbl_detect.readers import STDIN_NAME, ReadOptions
from vbl_detect.running import STDIN, RunSettings, fails
from vbl_detect.settings import selection_of


def check_command(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="Word, text or Markdown files, folders or patterns of them, or - for standard "
            "input.",
        ),
    ],
    lexicon: options.Lexicons,
    select: options.Select,
    ignore: options.Ignore,
    extend_select: options.ExtendSelect,
    extend_ignore: options.ExtendIgnore,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the findings there; the ending chooses the format.",
        ),
    ] = None,
    output_format: options.OutputFormat = None,
    fail_on: options.FailOnSeverity = "medium",
    max_findings: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="Write no more than N findings, and tell how many more there are; all of them "
            "count for the exit code. (default: all)",
            show_default=False,
        ),
    ] = None,
    statistics: Annotated[
        bool,
        typer.Option(
            "--statistics", help="Write how many findings each code has, in place of the findings."
        ),
    ] = False,
    min_score: options.MinScore = None,
    model: options.Model = "full",
    show: options.HowMuch = None,
    mask: options.Mask = False,
    include_context: options.IncludeContext = False,
    encoding: options.Encoding = None,
    no_split: options.NoSplit = False,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Leave out old findings, as 'vbl-detect baseline create' wrote them down. "
            "(default: none)",
            show_default=False,
        ),
    ] = None,
    no_suppressions: options.NoSuppressions = False,
    stdin_filename: options.StdinFilename = STDIN_NAME,
    config: options.Config = None,
    isolated: options.Isolated = False,
    no_progress: options.NoProgress = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Check drafts: where, what, why, and what to write instead.

    Results go to standard output or to -o, the summary to standard error. Exit codes: 0 done, 1
    findings at or above --fail-on, 2 wrong usage, 3 some input could not be read.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    file = in_force(ctx)
    settings = RunSettings(
        file=file,
        read=ReadOptions(encoding=encoding, split=not no_split),
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
        output_format=output_format,
        output=None if output == STDIN else output,
        show=show,
        mask=mask,
        include_context=include_context,
        details=verbose,
        max_findings=max_findings,
        statistics=statistics,
        fail_on=fail_on,
        stdin_filename=stdin_filename,
        suppressions=not no_suppressions,
        baseline=baseline,
    )
    on_screen = goes_to_screen(settings.output)
    listener = ShownListener(
        quiet=quiet, notices=verbose, show_progress=not (no_progress or on_screen)
    )
    with listener:
        manifest = check(paths, settings, listener)
    if not quiet:
        parted = "\n" if on_screen and manifest.counts.findings else ""
        tell(parted + summary(manifest.counts, noun="draft"))
    if manifest.problems:
        raise typer.Exit(ExitCode.UNREADABLE_INPUT)
    if fails(manifest.counts, fail_on):
        raise typer.Exit(ExitCode.FINDINGS)
