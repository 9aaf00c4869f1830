"""``vbl-detect agree``: how far people who labelled the same notes agree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from vbl_detect.annotators.adjudication import Adjudication, adjudicate, as_lines
from vbl_detect.annotators.decisions import Decision, as_sheet, read_decisions
from vbl_detect.annotators.differences import differences
from vbl_detect.annotators.figures import measure
from vbl_detect.annotators.panel import Panel, read_panel
from vbl_detect.cli import options
from vbl_detect.cli.agree_formats import FORMATS, AgreeFormat, Told
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.counts import how_many
from vbl_detect.errors import UsageError
from vbl_detect.files import check_not_read, check_place, writing

_ENDINGS: Mapping[str, AgreeFormat] = {".md": "md", ".html": "html", ".json": "json"}


def agree_command(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE", help="Labelled notes, JSON Lines: a file for each reader, two or more."
        ),
    ],
    names: Annotated[
        list[str],
        typer.Option(
            metavar="NAMES",
            help="The readers' names in the order of the files, separated by commas. (default: the "
            "files' names)",
            default_factory=list,
            show_default=False,
        ),
    ],
    output_format: Annotated[
        AgreeFormat | None,
        typer.Option(
            "--format",
            help="For the screen, for people (md, html), for programs. (default: by the ending of "
            "-o, else text)",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write there, not to the screen."),
    ] = None,
    max_differences: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="Differences to show. (default: 20 on the screen, elsewhere all)",
            show_default=False,
        ),
    ] = None,
    adjudicated: Annotated[
        Path | None,
        typer.Option(
            "--adjudicate",
            metavar="FILE",
            help="Write the notes on which most readers agree there, as labelled notes, and beside "
            "it a sheet of what a person has to decide.",
        ),
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="SHEET", help="That sheet, with its column 'decision' filled in."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over an agreed answer, and its sheet.")
    ] = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Measure how far readers of the same notes agree; show where not; write the agreed answer.

    Kappa and alpha are 1 for full agreement and 0 for what chance alone would give. Intervals come
    from a bootstrap over notes.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    if decisions is not None and adjudicated is None:
        raise UsageError("--decisions needs --adjudicate FILE, where the agreed answer is to go")
    if output is not None:
        check_not_read(output, files)
    panel = read_panel(files, options.split_commas(names))
    if adjudicated is not None:
        check_inputs_stay(adjudicated, files)
        tell_agreed = write_agreed(panel, adjudicated, decisions, force=force)
    chosen = output_format or _ENDINGS.get("" if output is None else output.suffix.lower(), "text")
    limit = max_differences
    if limit is None and chosen == "text" and output is None:
        limit = 20
    told = Told(panel=panel, figures=measure(panel), differences=differences(panel), limit=limit)
    content = FORMATS[chosen](told) + "\n"
    if output is None:
        typer.echo(content, nl=False)
    else:
        with writing(output) as temporary:
            temporary.write_text(content, "utf-8", errors="replace")
    if not quiet:
        for remark in panel.remarks():
            tell(f"note: {remark}")
        if adjudicated is not None:
            tell(tell_agreed)


def check_inputs_stay(target: Path, files: list[Path]) -> None:
    """Make sure that no reader's file is written over.

    Raises
    ------
    UsageError
        If `target` is one of `files`.
    """
    if target.resolve() in {file.resolve() for file in files}:
        raise UsageError(f"{target}: this is a reader's own file; name another for the answer")


def write_agreed(panel: Panel, target: Path, sheet: Path | None, *, force: bool = False) -> str:
    """Write the agreed answer and the sheet of what is open; return what to tell.

    Parameters
    ----------
    panel : Panel
        The notes and their readers.
    target : Path
        Where the agreed notes go; the sheet stands beside it as ``NAME-to-decide.csv``.
    sheet : Path, optional
        A sheet with decisions.
    force : bool
        Whether an earlier answer and its sheet may be lost.

    Raises
    ------
    UsageError
        If an earlier answer, or a sheet that may hold somebody's decisions, would be lost.
    """
    check_place(target)
    place = target.with_name(f"{target.stem}-to-decide.csv")
    if sheet is None and not force:
        if place.exists():
            raise UsageError(
                f"{place} is there already and may hold decisions; give it back with --decisions "
                f"{place}, or write both anew with --force"
            )
        if target.exists():
            raise UsageError(
                f"{target} is there already; name another file, or write over it with --force"
            )
    decided: dict[str, Decision] = {}
    agreed = adjudicate(panel, decided)
    if sheet is not None:
        decided = read_decisions(sheet, agreed.to_decide)
        agreed = adjudicate(panel, decided)
    with writing(target) as temporary:
        lines = "".join(f"{line}\n" for line in as_lines(agreed, panel.readers))
        temporary.write_bytes(lines.encode())
    if agreed.to_decide:
        with writing(place) as temporary:
            content = as_sheet(agreed.to_decide, panel.readers, decided)
            temporary.write_bytes(content.encode("utf-8-sig"))
    return in_words(agreed, target, place)


def in_words(agreed: Adjudication, target: Path, sheet: Path) -> str:
    """Return what was written, and what is left to do."""
    told = f"wrote {target}: {how_many(len(agreed.agreed), 'note')}"
    if agreed.n_open:
        told += (
            f"; still open: {how_many(agreed.n_open, 'decision')} in "
            f"{how_many(agreed.n_waiting, 'more note')}; fill in the column decision of {sheet} "
            f"and give it back with --decisions {sheet}"
        )
    return told
