"""``vbl-detect report``: one page, or a workbook, from findings."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from vbl_detect import files
from vbl_detect.cli import options
from vbl_detect.cli.endings import format_by_ending
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.cli.settings import in_force
from vbl_detect.errors import UsageError
from vbl_detect.findings_files import FindingsFile, read_findings_file
from vbl_detect.records import Show
from vbl_detect.report.choosing import Choice, choose
from vbl_detect.report.page import as_page
from vbl_detect.report.tally import Report, tally
from vbl_detect.report.workbook import write_workbook
from vbl_detect.settings import selection_of

ReportFormat = Literal["html", "xlsx"]

_ENDINGS: dict[str, ReportFormat] = {".html": "html", ".htm": "html", ".xlsx": "xlsx"}
TITLE = "Victim-blaming language in reviews and case notes"


def report_command(
    ctx: typer.Context,
    findings: Annotated[
        list[Path],
        typer.Argument(
            metavar="FINDINGS",
            help="Files that scan -o wrote: JSON Lines, JSON, CSV, XLSX or Parquet; keep each "
            "one's manifest beside it.",
        ),
    ],
    by: Annotated[
        list[str],
        typer.Option(
            metavar="COLUMN",
            help="Count by this kept column, such as the unit; repeatable. (default: the note's "
            "type, if scan kept it)",
            default_factory=list,
            show_default=False,
        ),
    ],
    lexicon: options.Lexicons,
    select: options.Select,
    ignore: options.Ignore,
    extend_select: options.ExtendSelect,
    extend_ignore: options.ExtendIgnore,
    output: options.Output = None,
    output_format: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="A page, or a workbook with charts.", show_default=False),
    ] = None,
    date_column: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN",
            help="Kept column with the note's date, day first. (default: found by name and "
            "content)",
            show_default=False,
        ),
    ] = None,
    min_n: Annotated[
        int, typer.Option("--min-n", min=1, help="Hide groups with fewer notes with findings.")
    ] = 10,
    min_score: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            max=1.0,
            help="Count findings from this score on. (default: as they counted when scanned)",
            show_default=False,
        ),
    ] = None,
    show: Annotated[
        Show | None,
        typer.Option(
            help="How much of a note's text to write. (default: the sentence)", show_default=False
        ),
    ] = None,
    mask: options.Mask = False,
    max_findings: Annotated[
        int, typer.Option(min=0, help="Findings to list on the page; figures are of all.")
    ] = 2_000,
    title: Annotated[str, typer.Option(help="The heading.", show_default=False)] = TITLE,
    marking: options.Marking = "OFFICIAL-SENSITIVE",
    config: options.Config = None,
    isolated: options.Isolated = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Make one page, or a workbook, from findings: by category, month and kept columns.

    The page needs no other file and no network. Groups too small to be fair are hidden, and people
    are not ranked. Where findings are chosen, by options or by a settings file, it says so.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    output = None if output == Path("-") else output
    chosen = format_by_ending(
        output_format, output, _ENDINGS, default="html", example="report.xlsx"
    )
    if output is None and sys.stdout.isatty():
        raise UsageError("a page is not for the terminal; name a file, such as -o report.html")
    if output is not None:
        files.check_not_read(output, findings)
    file = in_force(ctx)
    choice = Choice(
        selection=selection_of(
            file,
            select=select,
            extend_select=extend_select,
            ignore=ignore,
            extend_ignore=extend_ignore,
        ),
        min_score=min_score,
        settings=file,
        lexicons=tuple(lexicon),
    )
    selected, words = choose([read_findings_file(path) for path in _each_once(findings)], choice)
    made = tally(
        [shown(one, show or "sentence", mask=mask) for one in selected],
        by=by,
        date_column=date_column,
        min_n=min_n,
        chosen=words,
    )
    if not quiet:
        for remark in (*made.chosen, *made.remarks):
            tell(f"note: {remark}")
    write(made, chosen, output, title=title, marking=marking, max_findings=max_findings)
    if output is not None and not quiet:
        tell(f"wrote {output}")


def shown(file: FindingsFile, show: Show, *, mask: bool = False) -> FindingsFile:
    """Return the file with no more of the notes' text than `show` allows, masked or as it is."""
    findings = file.findings
    if mask:
        from vbl_detect.masking import masked_finding  # noqa: PLC0415 - only masking needs it

        findings = tuple(map(masked_finding, findings))
    return file.with_findings(tuple(finding.shown(show) for finding in findings))


def write(
    report: Report,
    chosen: ReportFormat,
    output: Path | None,
    *,
    title: str,
    marking: str,
    max_findings: int,
) -> None:
    """Write the report to a file, whole or not at all, or to standard output.

    Parameters
    ----------
    report : Report
        What it tells.
    chosen : {"html", "xlsx"}
        The format.
    output : Path, optional
        Where to; None: standard output.
    title, marking, max_findings
        As for `vbl_detect.report.page.as_page`.
    """
    if output is None:
        page = as_page(report, title=title, marking=marking, max_findings=max_findings)
        sys.stdout.buffer.write(page.encode("utf-8"))
        return
    with files.writing(output) as temporary:
        if chosen == "xlsx":
            write_workbook(report, temporary, title=title, marking=marking)
        else:
            page = as_page(report, title=title, marking=marking, max_findings=max_findings)
            temporary.write_bytes(page.encode("utf-8"))


def _each_once(paths: Sequence[Path]) -> list[Path]:
    """Return the paths, one that is named twice once."""
    return list({path.resolve(): path for path in paths}.values())
