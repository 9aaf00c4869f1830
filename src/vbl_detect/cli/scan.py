"""``vbl-detect scan``: findings for every note of exported files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from vbl_detect import resources, scoring
from vbl_detect.cli import options
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.cli.progress import OnError, ScanListener
from vbl_detect.detection import detect
from vbl_detect.errors import ExitCode
from vbl_detect.lexicon import Lexicon
from vbl_detect.manifest import (
    InputFile,
    LexiconUsed,
    Manifest,
    RunCounts,
    manifest_path,
    now,
    summary,
    write_manifest,
)
from vbl_detect.pipeline import find_matcher, load
from vbl_detect.readers import ReadOptions, find_files, read_notes, read_stream
from vbl_detect.readers.reading import STDIN_NAME
from vbl_detect.records import SEVERITIES, Finding, Note, Show
from vbl_detect.selection import Selection
from vbl_detect.writers import WRITERS, RunInfo, choose_format, write_findings

STDIN = Path("-")

FailOn = Literal["never", "low", "medium", "high"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSettings:
    """What a scan was asked to do; the manifest keeps it."""

    read: ReadOptions = field(default_factory=ReadOptions)
    selection: Selection = field(default_factory=Selection)
    lexicons: tuple[Path, ...] = ()
    min_score: float | None = None
    output_format: str | None = None
    output: Path | None = None
    show: Show = "sentence"
    include_context: bool = False
    on_error: OnError = "skip"
    fail_on: FailOn = "never"
    stdin_filename: str = STDIN_NAME

    def as_dict(self) -> dict[str, Any]:
        """Return the settings that shape the findings, as values that JSON can hold."""
        return {
            "encoding": self.read.encoding,
            "fail_on": self.fail_on,
            "id_column": self.read.id_column,
            "ignore": list(self.selection.ignore),
            "keep_columns": list(self.read.keep_columns),
            "lexicons": [str(path) for path in self.lexicons],
            "min_score": self.min_score,
            "on_error": self.on_error,
            "select": list(self.selection.select),
            "sheet": self.read.sheet,
            "show": self.show,
            "text_columns": list(self.read.text_columns),
        }


def scan_command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="CSV, TSV, XLSX, Parquet, JSON, JSON Lines, DOCX, TXT or Markdown files, folders "
            "of them, or - for standard input.",
        ),
    ],
    text_column: Annotated[
        list[str],
        typer.Option(
            metavar="NAME",
            help="Column that holds the notes; repeatable. (default: found by name and content)",
            default_factory=list,
            show_default=False,
        ),
    ],
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
    output_format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=f"One of {', '.join(WRITERS)}.")
    ] = None,
    id_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Column with the record's reference. (default: found by name and content)",
            show_default=False,
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Sheet of a workbook. (default: all)")
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(help="Encoding of CSV and text files, such as cp1252. (default: detected)"),
    ] = None,
    min_score: options.MinScore = None,
    show: Annotated[Show, typer.Option(help="How much of a note's text to write.")] = "sentence",
    include_context: Annotated[
        bool, typer.Option("--include-context", help="Show findings that do not count as well.")
    ] = False,
    on_error: Annotated[
        OnError, typer.Option(help="Name and skip what cannot be read, or stop there.")
    ] = "skip",
    fail_on: Annotated[
        FailOn, typer.Option(help="End with exit code 1 on a counted finding this grave.")
    ] = "never",
    stdin_filename: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Name of standard input; its ending tells the format. (default: plain text)",
            show_default=False,
        ),
    ] = STDIN_NAME,
    no_progress: Annotated[
        bool, typer.Option("--no-progress", help="Show no progress bar.")
    ] = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Find victim-blaming wording in exported notes.

    Results go to standard output or to -o; progress and the summary go to standard error. Exit
    codes: 0 done, 1 findings at or above --fail-on, 2 wrong usage, 3 some input could not be read,
    130 interrupted.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    output = None if output == STDIN else output
    settings = ScanSettings(
        read=ReadOptions(
            text_columns=tuple(text_column),
            id_column=id_column,
            keep_columns=options.split_commas(keep_columns),
            sheet=sheet,
            encoding=encoding,
        ),
        selection=Selection(options.split_commas(select), options.split_commas(ignore)),
        lexicons=tuple(lexicon),
        min_score=min_score,
        output_format=output_format,
        output=output,
        show=show,
        include_context=include_context,
        on_error=on_error,
        fail_on=fail_on,
        stdin_filename=stdin_filename,
    )
    manifest = scan(paths, settings, quiet=quiet, show_progress=not no_progress)
    if not quiet:
        tell(summary(manifest.counts))
        if output is not None:
            tell(f"wrote {output} and {manifest_path(output)}")
    if manifest.problems:
        raise typer.Exit(ExitCode.UNREADABLE_INPUT)
    if fails(manifest.counts, fail_on):
        raise typer.Exit(ExitCode.FINDINGS)


def scan(
    paths: list[Path], settings: ScanSettings, *, quiet: bool = False, show_progress: bool = False
) -> Manifest:
    """Scan files, write the findings, and return the manifest of the run.

    Parameters
    ----------
    paths : list of Path
        Files, folders, or ``-`` for standard input.
    settings : ScanSettings
        What to read, find and write.
    quiet, show_progress : bool
        What to print on stderr meanwhile.

    Raises
    ------
    UsageError
        If an option names something that is not there.
    ReaderError
        If something cannot be read and ``settings.on_error`` is ``"fail"``.
    """
    chosen = choose_format(settings.output_format, settings.output)
    nlp = load(lexicons=settings.lexicons)
    lexicon = find_matcher(nlp).lexicon
    settings.selection.codes(lexicon)  # a wrong name is told before anything is read
    listener = ScanListener(on_error=settings.on_error, quiet=quiet, show_progress=show_progress)
    files = _files(paths, settings, listener)
    listener.total_bytes = sum(path.stat().st_size for path in files if path != STDIN)
    counts = RunCounts()
    inputs: list[InputFile] = []
    manifest = Manifest(
        inputs=inputs,
        lexicon=_lexicon_used(lexicon),
        model=scoring.describe(resources.model_dir() / "lexicon-scores"),
        settings=settings.as_dict(),
        counts=counts,
        problems=listener.problems,
        started=now(),
    )
    with listener:
        notes = counts.count_notes(_read(files, settings, listener))
        findings = detect(notes, nlp, selection=settings.selection, min_score=settings.min_score)
        run = RunInfo(
            manifest=manifest,
            keep_columns=settings.read.keep_columns,
            include_context=settings.include_context,
        )
        shown = _finish(_shown(findings, settings.show), listener, counts, inputs)
        write_findings(shown, chosen, settings.output, run)
    manifest = replace(manifest, finished=now())
    if settings.output is not None:
        write_manifest(manifest, manifest_path(settings.output))
    return manifest


def fails(counts: RunCounts, fail_on: FailOn) -> bool:
    """Tell whether a run has a counted finding at or above `fail_on`.

    Parameters
    ----------
    counts : RunCounts
        The totals of the run.
    fail_on : {"never", "low", "medium", "high"}
        The severity from which on a finding fails the run.
    """
    if fail_on == "never":
        return False
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(number for (_, severity), number in counts.counted.items() if severity in grave)


def _files(paths: list[Path], settings: ScanSettings, listener: ScanListener) -> list[Path]:
    """Return what to read, in order; what this or an earlier run writes there is left out."""
    named = [path for path in paths if path != STDIN]
    files = find_files(named, listener)
    if settings.output is not None:
        written = {settings.output.resolve(), manifest_path(settings.output).resolve()}
        files = [path for path in files if path.resolve() not in written]
    return files + [STDIN] * (STDIN in paths)


def _read(files: list[Path], settings: ScanSettings, listener: ScanListener) -> Iterator[Note]:
    for path in files:
        listener.opened(path)
        if path == STDIN:
            stream, name = sys.stdin.buffer, settings.stdin_filename
            yield from read_stream(stream, settings.read, listener, name=name)
        else:
            yield from read_notes([path], settings.read, listener)


def _shown(findings: Iterable[Finding], show: Show) -> Iterator[Finding]:
    return (finding.shown(show) for finding in findings)


def _finish(
    findings: Iterable[Finding],
    listener: ScanListener,
    counts: RunCounts,
    inputs: list[InputFile],
) -> Iterator[Finding]:
    """Pass the findings on, and complete what writers read last: inputs, problems, warnings."""
    yield from findings
    counts.problems, counts.warnings = len(listener.problems), len(listener.warnings)
    inputs += [
        InputFile(path=STDIN_NAME) if path == STDIN else InputFile.of(path)
        for path in listener.paths
    ]


def _lexicon_used(lexicon: Lexicon) -> LexiconUsed:
    own = lexicon.folders[1:]
    name = " + ".join(("built-in", *own))
    return LexiconUsed(name=name, sha256=lexicon.sha256, rows=len(lexicon.terms))
