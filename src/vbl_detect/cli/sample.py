"""``vbl-detect sample``: notes drawn by chance for people to read, and what their answers say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from vbl_detect import files
from vbl_detect.cli import options
from vbl_detect.cli.endings import format_by_ending
from vbl_detect.cli.group import CommandGroup, set_verbosity, tell
from vbl_detect.cli.plain_help import PlainCommand
from vbl_detect.cli.progress import ShownListener
from vbl_detect.errors import ExitCode, ReaderError, UsageError
from vbl_detect.readers import ReadOptions
from vbl_detect.running import OnError
from vbl_detect.sampling.drawing import Wanted, draw, plan_of, read_population
from vbl_detect.sampling.estimates import estimate
from vbl_detect.sampling.filled import combine, read_filled
from vbl_detect.sampling.pages import as_json, as_markdown, as_text, plans_as_text, write_sheet
from vbl_detect.sampling.planning import Expected
from vbl_detect.sampling.workbook import write_sample

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    help="Draw notes by chance for people to read; estimate from their answers how many blame.",
)

EstimateFormat = Literal["text", "md", "json", "xlsx"]

_ENDINGS: dict[str, EstimateFormat] = {
    ".txt": "text", ".md": "md", ".json": "json", ".xlsx": "xlsx",
}  # fmt: skip


@app.command("draw", cls=PlainCommand)
def draw_command(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="The files, or folders of them, that hold notes."),
    ],
    by: Annotated[
        list[str],
        typer.Option(
            metavar="COLUMN",
            help="Draw from each value of this column, such as the unit; repeatable.",
            default_factory=list,
            show_default=False,
        ),
    ],
    text_column: Annotated[
        list[str],
        typer.Option(
            metavar="NAME",
            help="Column that holds the notes; repeatable. (default: as scan had it, or found)",
            default_factory=list,
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The workbook to write."),
    ] = None,
    size: Annotated[int, typer.Option("-n", min=1, help="Notes to draw in all.")] = 100,
    findings: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="What scan -o wrote of these files: flagged notes and others are drawn apart, and "
            "the tool is measured too.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Decides the draw; the same seed draws the same.")] = 1,
    flagged_share: Annotated[
        float,
        typer.Option(min=0.0, max=1.0, help="The flagged notes' part of the sample."),
    ] = 0.5,
    min_per_stratum: Annotated[
        int, typer.Option(min=1, help="Draw at least so many from each stratum.")
    ] = 5,
    per_stratum: Annotated[
        int | None,
        typer.Option(
            min=1, help="Draw so many from each stratum, in place of -n.", show_default=False
        ),
    ] = None,
    show_verdict: Annotated[
        bool,
        typer.Option(
            "--show-verdict",
            help="Show readers what the tool found. That leads them: to teach, not to measure.",
        ),
    ] = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="Write no workbook; tell what to expect of a sample.")
    ] = False,
    expect_precision: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="For --plan: part of the flagged notes that hold such language."
        ),
    ] = 0.5,
    expect_missed: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="For --plan: part of the other notes, or of all, that hold it."
        ),
    ] = 0.02,
    id_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Column with the record's reference. (default: as scan had it, or found)",
            show_default=False,
        ),
    ] = None,
    sheet: options.Sheet = None,
    encoding: options.Encoding = None,
    marking: options.Marking = "OFFICIAL-SENSITIVE",
    on_error: Annotated[
        OnError, typer.Option(help="Name and skip what cannot be read, or stop there.")
    ] = "skip",
    no_progress: options.NoProgress = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Draw notes by chance into a workbook with a column for readers' answers.

    With --findings, half the sample is drawn from flagged notes, so that few readings tell much;
    the estimate takes account of it. Readers do not see which they are.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    if not plan:
        _check_output(output, [*paths, *([findings] if findings else [])])
    wanted = Wanted(
        size=size,
        by=tuple(dict.fromkeys(by)),
        seed=seed,
        minimum=min_per_stratum,
        per_stratum=per_stratum,
        flagged_share=flagged_share,
    )
    read = ReadOptions(
        text_columns=tuple(text_column), id_column=id_column, sheet=sheet, encoding=encoding
    )
    listener = ShownListener(on_error=on_error, quiet=quiet, show_progress=not no_progress)
    with listener:
        population = read_population(paths, findings, wanted.by, read, listener)
    if not quiet:
        for remark in population.remarks:
            tell(f"note: {remark}")
    if plan:
        expected = Expected(precision=expect_precision, missed=expect_missed)
        _print(plans_as_text(plan_of(population, wanted, expected)))
    elif output is not None:
        drawn = draw(population, wanted)
        with files.writing(output) as temporary:
            write_sample(drawn, temporary, show_verdict=show_verdict, marking=marking)
        if not quiet:
            parts = len(drawn.design.strata)
            tell(
                f"wrote {output}: {len(drawn.notes):,} of {drawn.design.notes:,} notes, from "
                f"{parts:,} {'stratum' if parts == 1 else 'strata'}, seed {seed}"
            )
    if listener.problems:
        raise typer.Exit(ExitCode.UNREADABLE_INPUT)


@app.command("estimate", cls=PlainCommand)
def estimate_command(
    workbooks: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="The workbook that sample draw wrote, filled in; several readers' copies of one.",
        ),
    ],
    output: options.Output = None,
    output_format: Annotated[
        EstimateFormat | None,
        typer.Option("--format", help="How to write it. (default: text)", show_default=False),
    ] = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Estimate from the answers how many notes hold such language, and how right the tool is.

    Every figure has a 95 % interval. Rows without an answer are left out and told; "unsure" is
    reckoned both ways.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    output = None if output == Path("-") else output
    chosen = format_by_ending(
        output_format, output, _ENDINGS, default="text", example="estimate.xlsx"
    )
    distinct = {path.resolve(): path for path in workbooks}
    filled = [read_filled(path) for path in distinct.values()]
    design, answers, remarks = combine(filled)
    made = estimate(design, answers, remarks)
    written = {"text": as_text, "md": as_markdown, "json": as_json}
    if output is None:
        _print(written[chosen](made))
        return
    files.check_not_read(output, workbooks)
    with files.writing(output) as temporary:
        if chosen == "xlsx":
            write_sheet(made, temporary)
        else:
            temporary.write_text(written[chosen](made), "utf-8", newline="\n")
    if not quiet:
        tell(f"wrote {output}")


def _check_output(output: Path | None, read: list[Path]) -> None:
    if output is None:
        raise UsageError("name the workbook to write: -o sample.xlsx")
    if output.suffix.lower() != ".xlsx":
        raise UsageError(f"{output}: a sample is a workbook; end the name in .xlsx")
    files.check_not_read(output, read)
    if output.exists() and _is_answered(output):
        raise UsageError(f"{output}: readers have answered in this workbook; name another")


def _is_answered(workbook: Path) -> bool:
    try:
        return any(read_filled(workbook).answers.values())
    except ReaderError:  # some other workbook, or one with a fault in an answer
        return True


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8"))
