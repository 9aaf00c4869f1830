"""Options that several commands share, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from vbl_detect.records import FailOn, ModelChoice, Show
from vbl_detect.writers import WRITERS


def number_of_workers(given: str) -> int | None:
    """Return how many workers an option asks for; None: as many as pay.

    Parameters
    ----------
    given : str
        What was given.

    Raises
    ------
    typer.BadParameter
        If it is neither ``auto`` nor a number from 1.
    """
    if given == "auto":
        return None
    if not (given.isascii() and given.isdigit()) or not int(given):
        raise typer.BadParameter(f"{given!r} is neither auto nor a number from 1")
    return int(given)


def split_commas(values: list[str]) -> tuple[str, ...]:
    """Return the values of a repeatable option that also takes several between commas.

    Parameters
    ----------
    values : list of str
        What was given, one item an occurrence of the option.
    """
    return tuple(part for value in values for item in value.split(",") if (part := item.strip()))


Select: TypeAlias = Annotated[
    list[str],
    typer.Option(
        metavar="CODES",
        callback=split_commas,
        help="Report only these: codes (RC012), beginnings of codes (RC), categories or "
        "severities; separated by commas, repeatable.",
        default_factory=list,
        show_default=False,
    ),
]
Ignore: TypeAlias = Annotated[
    list[str],
    typer.Option(
        metavar="CODES",
        callback=split_commas,
        help="Leave these out; wins over --select.",
        default_factory=list,
        show_default=False,
    ),
]
Lexicons: TypeAlias = Annotated[
    list[Path],
    typer.Option(
        "--lexicon",
        metavar="FOLDER",
        help="Your own lexicon folder, laid over the built-in one; repeatable.",
        default_factory=list,
        show_default=False,
    ),
]
MinScore: TypeAlias = Annotated[
    float | None,
    typer.Option(
        min=0.0,
        max=1.0,
        help="Count findings from this score on. (default: the threshold of the model)",
        show_default=False,
    ),
]
Model: TypeAlias = Annotated[
    ModelChoice,
    typer.Option(
        help="The whole classifier, or the same without its contextual tagger: faster, and it "
        "hears less.",
    ),
]
OutputFormat: TypeAlias = Annotated[
    str | None, typer.Option("--format", metavar="FORMAT", help=f"One of {', '.join(WRITERS)}.")
]
HowMuch: TypeAlias = Annotated[
    Show | None,
    typer.Option(
        "--show",
        help="How much of a text to write. (default: the sentence; the phrase in formats meant "
        "for the logs of other systems)",
        show_default=False,
    ),
]
Mask: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--mask/--no-mask",
        help="Black out names, addresses, numbers and other personal details in what is shown of "
        "a text. It misses some: masking is not anonymisation.",
        show_default=False,
    ),
]
IncludeContext: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--include-context/--no-include-context",
        help="Show findings that do not count as well.",
        show_default=False,
    ),
]
FailOnSeverity: TypeAlias = Annotated[
    FailOn,
    typer.Option("--fail-on", help="End with exit code 1 on a counted finding this grave."),
]
Workers: TypeAlias = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        parser=number_of_workers,
        help="Processes that judge: a number, or auto: one, and as many as there are cores when "
        "that pays. The findings are the same. (default: auto)",
        show_default=False,
    ),
]
TextColumns: TypeAlias = Annotated[
    list[str],
    typer.Option(
        "--text-column",
        metavar="NAME",
        help="Column that holds the notes; repeatable. (default: found by name and content)",
        default_factory=list,
        show_default=False,
    ),
]
IdColumn: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Column with the record's reference. (default: found by name and content)",
        show_default=False,
    ),
]
Sheet: TypeAlias = Annotated[
    str | None, typer.Option(metavar="NAME", help="Sheet of a workbook. (default: all)")
]
Marking: TypeAlias = Annotated[
    str, typer.Option(help='Protective marking on every page; "" for none.')
]
Encoding: TypeAlias = Annotated[
    str | None,
    typer.Option(
        help="Encoding of CSV and text files, such as cp1252. (default: detected)",
        show_default=False,
    ),
]
NoSplit: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--no-split", help="Judge a note that holds a whole log as one text, not entry by entry."
    ),
]
StdinFilename: TypeAlias = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="Name of standard input; its ending tells the format. (default: plain text)",
        show_default=False,
    ),
]
ExtendSelect: TypeAlias = Annotated[
    list[str],
    typer.Option(
        metavar="CODES",
        callback=split_commas,
        help="Report these as well as what the settings file selects.",
        default_factory=list,
        show_default=False,
    ),
]
ExtendIgnore: TypeAlias = Annotated[
    list[str],
    typer.Option(
        metavar="CODES",
        callback=split_commas,
        help="Leave these out as well as what the settings file ignores.",
        default_factory=list,
        show_default=False,
    ),
]
Config: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The settings file. (default: the nearest vbl.toml or pyproject.toml)",
        show_default=False,
    ),
]
Isolated: TypeAlias = Annotated[
    bool, typer.Option("--isolated", help="Take no settings from any file.")
]
NoProgress: TypeAlias = Annotated[bool, typer.Option("--no-progress", help="Show no progress bar.")]
NoSuppressions: TypeAlias = Annotated[
    bool,
    typer.Option("--no-suppressions", help="Count also what somebody has accepted in drafts."),
]
Output: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write there; the ending chooses the format."
    ),
]
Quiet: TypeAlias = Annotated[
    bool, typer.Option("--quiet", "-q", help="Write errors only, beside the results.")
]
Verbose: TypeAlias = Annotated[
    bool, typer.Option("--verbose", "-v", help="Write more, tracebacks included.")
]
