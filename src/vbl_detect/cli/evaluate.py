"""``vbl-detect evaluate``: how well findings agree with labelled notes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from vbl_detect.cli import options
from vbl_detect.cli.group import set_verbosity
from vbl_detect.context_shares import Share, context_shares
from vbl_detect.evaluation import LEVELS, Agreement, agreement, category_accuracy, silent_share
from vbl_detect.gold import GoldNote, read_gold
from vbl_detect.marks import Marks, every_sentence_marks, headword_marks, lexicon_marks
from vbl_detect.pipeline import find_matcher, load


def evaluate_command(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD...", help="Labelled notes, JSON Lines.")
    ],
    lexicon: options.Lexicons,
    min_score: options.MinScore = None,
    output_format: Annotated[
        Literal["table", "json"], typer.Option("--format", help="How to print the figures.")
    ] = "table",
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Measure findings against labelled notes: precision, recall and F1, beside baselines.

    A sentence is positive if it holds an asserted span that is not borderline; intervals come from
    a bootstrap over notes.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    notes = [note for path in gold for note in read_gold(path)]
    figures = evaluate(notes, lexicons=lexicon, min_score=min_score)
    if output_format == "json":
        typer.echo(json.dumps(figures, default=asdict, indent=2))
    else:
        _print(figures, len(notes))


def evaluate(
    notes: list[GoldNote], *, lexicons: list[Path], min_score: float | None = None
) -> dict[str, Any]:
    """Return the figures of the tool and of the baselines, by system.

    Parameters
    ----------
    notes : list of GoldNote
        The labelled notes.
    lexicons : list of Path
        The user's own lexicon folders.
    min_score : float, optional
        The threshold for a finding to count; None: as stored with the scores.
    """
    nlp = load(lexicons=lexicons)
    hits = lexicon_marks(notes, nlp, any_context=True)
    systems: dict[str, Marks] = {
        "counted findings": lexicon_marks(notes, nlp, min_score=min_score),
        "every lexicon hit": hits,
        "headword search": headword_marks(notes, find_matcher(nlp).lexicon),
        "every sentence": every_sentence_marks(notes),
    }
    in_context = lexicon_marks(notes, nlp, min_score=0.0)
    figures: dict[str, Any] = {
        name: {
            **{level: agreement(notes, marks, level) for level in LEVELS},
            "category_accuracy": category_accuracy(notes, marks),
            "uncounted_spans_silent": silent_share(notes, marks),
        }
        for name, marks in systems.items()
    }
    figures["contexts"] = {
        name: share._asdict() for name, share in context_shares(notes, in_context, hits).items()
    }
    return figures


def _print(figures: dict[str, Any], n_notes: int) -> None:
    console = Console()
    contexts = figures.pop("contexts")
    for level in LEVELS:
        first: Agreement = next(iter(figures.values()))[level]
        title = f"By {level}: {first.n_gold} positive in {n_notes} notes (95 % interval)"
        table = Table("System", "Precision", "Recall", "F1", "Marked", title=title)
        for name, values in figures.items():
            found: Agreement = values[level]
            table.add_row(
                name,
                str(found.precision),
                str(found.recall),
                str(found.f1),
                str(found.n_marked),
            )
        console.print(table)
    for name, values in figures.items():
        (right, matched), (silent, uncounted) = (
            values["category_accuracy"],
            values["uncounted_spans_silent"],
        )
        console.print(
            f"{name}: category right on {right} of {matched} matched findings; "
            f"{silent} of {uncounted} uncounted gold spans draw no finding",
            highlight=False,
        )
    title = "Context, on gold spans that the lexicon matches"
    table = Table("Context", "Right", title=title, caption="asserted: counted; others: not counted")
    for name, share in contexts.items():
        table.add_row(name, str(Share(**share)))
    console.print(table)
