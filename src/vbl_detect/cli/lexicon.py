"""``vbl-detect lexicon``: show the lexicon, find its faults, try its rows."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Annotated

import spacy
import typer
from rich.console import Console
from rich.table import Table

from vbl_detect import resources
from vbl_detect.cli import options
from vbl_detect.cli.group import CommandGroup, tell
from vbl_detect.cli.settings import SettingsCommand, in_force
from vbl_detect.context_checks import check_context, try_rules
from vbl_detect.counts import how_many
from vbl_detect.errors import ExitCode
from vbl_detect.lexicon import Lexicon, Term, read_lexicon
from vbl_detect.lexicon_checks import check, try_rows
from vbl_detect.selection import Selection

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    help="Show the lexicon, find the faults in its files, try its rows on text.",
)

Folders = Annotated[
    list[Path],
    typer.Argument(
        metavar="FOLDER",
        help="Your own lexicon folders, laid over the built-in one. (default: those of the "
        "settings file)",
        default_factory=list,
        show_default=False,
    ),
]


@app.command("list", cls=SettingsCommand)
def list_command(
    ctx: typer.Context,
    folders: Folders,
    select: options.Select,
    ignore: options.Ignore,
    config: options.Config = None,
    isolated: options.Isolated = False,
) -> None:
    """List the terms: code, severity, headword, and what to write instead."""
    lexicon = read_lexicon(_layers(folders, ctx))
    selection = Selection(options.split_commas(select), options.split_commas(ignore))
    codes = selection.codes(lexicon)
    console = Console()
    terms = [term for code, term in lexicon.terms.items() if code in codes]
    if console.is_terminal:
        console.print(_terms_table(terms))
    else:
        for term in terms:
            cells = (term.code, term.severity, term.context_needed, term.term, term.suggestion)
            typer.echo("\t".join(cells))
    tell(_count_by_category(lexicon, terms))


@app.command("check", cls=SettingsCommand)
def check_command(
    ctx: typer.Context,
    folders: Folders,
    config: options.Config = None,
    isolated: options.Isolated = False,
) -> None:
    """Report every fault in the lexicon's files as file:line."""
    nlp = spacy.blank("en")
    lexicon, faults = check(_layers(folders, ctx), nlp)
    faults = sorted({*faults, *check_context(lexicon, nlp)})
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        tell(f"{len(faults)} fault{'s' if len(faults) != 1 else ''} in the lexicon")
        raise typer.Exit(ExitCode.FINDINGS)
    tell(
        _count_by_category(lexicon, list(lexicon.terms.values()))
        + f", {len(lexicon.context_rules)} context rules, no fault"
    )


@app.command("test", cls=SettingsCommand)
def try_command(
    ctx: typer.Context,
    folders: Folders,
    config: options.Config = None,
    isolated: options.Isolated = False,
) -> None:
    """Try every row on its own examples, and each term's patterns in four positions."""
    lexicon = read_lexicon(_layers(folders, ctx))
    nlp = spacy.blank("en")
    tried = failed = 0
    for trial in chain(try_rules(lexicon, nlp), try_rows(lexicon, nlp)):
        tried += 1
        if not trial.passed:
            failed += 1
            typer.echo(str(trial.as_fault()))
    rows = len(lexicon.terms) + len(lexicon.context_rules)
    tell(f"{rows} rows tried {tried:,} times, {failed:,} failed")
    if failed:
        raise typer.Exit(ExitCode.FINDINGS)


def _layers(folders: list[Path], ctx: typer.Context) -> list[Path]:
    return [resources.lexicon_dir(), *(folders or in_force(ctx).lexicons)]


def _terms_table(terms: list[Term]) -> Table:
    table = Table("Code", "Severity", "Term", "Write instead", highlight=False)
    for term in terms:
        table.add_row(term.code, term.severity, term.term, term.suggestion)
    return table


def _count_by_category(lexicon: Lexicon, terms: list[Term]) -> str:
    counts = Counter(term.category for term in terms)
    listing = ", ".join(f"{slug} {counts[slug]}" for slug in lexicon.categories if counts[slug])
    return how_many(len(terms), "term") + (f": {listing}" if listing else "")
