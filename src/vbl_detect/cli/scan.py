"""``vbl-detect scan``: findings for every note of exported files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from vbl_detect.cli import options
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.cli.progress import ShownListener, goes_to_screen
from vbl_detect.cli.resuming import telling_how_to_go_on
from vbl_detect.cli.settings import in_force
from vbl_detect.errors import ExitCode
from vbl_detect.manifest import Manifest, manifest_path, summary
from vbl_detect.readers import ReadOptions
from vbl_detect.readers.reading import STDIN_NAME
from vbl_detect.running import STDIN, OnError, RunListener, RunSettings, fails
from vbl_detect.scanning import scan
from vbl_detect.settings import selection_of

Engine = Literal["local", "spark"]


def scan_command(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            help="CSV, TSV, XLSX, ODS, Parquet, JSON, JSON Lines, DOCX, ODT, PDF, EML, MSG, TXT or "
            "Markdown files, folders of them, or - for standard input.",
        ),
    ],
    text_column: options.TextColumns,
    keep_columns: Annotated[
        list[str],
        typer.Option(
            metavar="NAMES",
            help="Columns to carry to the output, separated by commas; repeatable.",
            default_factory=list,
            show_default=False,
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
            help="Write the findings there, and a manifest of the run beside them; the ending "
            "chooses the format.",
        ),
    ] = None,
    output_format: options.OutputFormat = None,
    id_column: options.IdColumn = None,
    sheet: options.Sheet = None,
    encoding: options.Encoding = None,
    no_split: options.NoSplit = False,
    min_score: options.MinScore = None,
    model: options.Model = "full",
    show: options.HowMuch = None,
    mask: options.Mask = False,
    include_context: options.IncludeContext = False,
    engine: Annotated[
        Engine,
        typer.Option(
            help="Judge in this process, or on Spark (Parquet and CSV): needs the extra "
            '"spark" and Java.'
        ),
    ] = "local",
    on_error: Annotated[
        OnError, typer.Option(help="Name and skip what cannot be read, or stop there.")
    ] = "skip",
    resume: Annotated[
        bool | None,
        typer.Option(
            "--resume/--no-resume",
            help="Go on where an interrupted scan to the same -o stopped, or start it again.",
            show_default=False,
        ),
    ] = None,
    fail_on: options.FailOnSeverity = "never",
    workers: options.Workers = None,
    no_suppressions: options.NoSuppressions = False,
    stdin_filename: options.StdinFilename = STDIN_NAME,
    no_progress: options.NoProgress = False,
    config: options.Config = None,
    isolated: options.Isolated = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Find victim-blaming wording in exported notes.

    Results go to standard output or to -o; progress and the summary go to standard error. Exit
    codes: 0 done, 1 findings at or above --fail-on, 2 wrong usage, 3 some input could not be read,
    130 interrupted; --resume goes on from there.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    output = None if output == STDIN else output
    file = in_force(ctx)
    settings = RunSettings(
        file=file,
        read=ReadOptions(
            text_columns=tuple(text_column),
            id_column=id_column,
            keep_columns=options.split_commas(keep_columns),
            sheet=sheet,
            encoding=encoding,
            split=not no_split,
        ),
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
        output=output,
        show=show,
        mask=mask,
        include_context=include_context,
        on_error=on_error,
        fail_on=fail_on,
        stdin_filename=stdin_filename,
        suppressions=not no_suppressions,
        resume=resume,
        workers=workers,
    )
    on_screen = goes_to_screen(output)
    listener = ShownListener(
        on_error=on_error, quiet=quiet, show_progress=not (no_progress or on_screen)
    )
    with telling_how_to_go_on(ctx, output), listener:
        manifest = _scan_on(engine)(paths, settings, listener)
    if not quiet:
        parted = "\n" if on_screen and manifest.counts.findings else ""
        tell(parted + summary(manifest.counts))
        if output is not None:
            tell(f"wrote {output} and {manifest_path(output)}")
    if manifest.problems:
        raise typer.Exit(ExitCode.UNREADABLE_INPUT)
    if fails(manifest.counts, fail_on):
        raise typer.Exit(ExitCode.FINDINGS)


def _scan_on(engine: Engine) -> Callable[[list[Path], RunSettings, RunListener], Manifest]:
    if engine == "local":
        return scan
    from vbl_detect.spark import scanning  # noqa: PLC0415 - an extra

    return scanning.scan
