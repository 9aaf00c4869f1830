"""The figures of an evaluation as tables that fit a terminal of 80 columns."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from vbl_detect.evaluation.levels import LEVELS, Agreement, Level
from vbl_detect.evaluation.lines import headline
from vbl_detect.evaluation.summary import Evaluation

WIDTH = 80
#: Tables of more columns stand closer.
MOST_WIDE = 4
#: The thresholds that the table of them names.
THRESHOLDS = tuple(step / 10 for step in range(1, 10))
AGREEMENT_COLUMNS = ("Precision", "Recall", "F1")


def as_tables(figures: Evaluation, *, details: bool) -> str:
    """Return the figures as text: the headline, and all tables if asked for.

    Parameters
    ----------
    figures : Evaluation
        The figures.
    details : bool
        Whether to give all tables.
    """
    console = Console(file=io.StringIO(), width=WIDTH, highlight=False, record=True)
    _print_level(console, figures, "sentence")
    name, _ = figures.chosen
    console.print(f"\n{name.capitalize()} ({escape(figures.model.rpartition(' ')[2])}):")
    _print_rows(console, "", headline(figures))
    if details:
        _print_details(console, figures)
    else:
        console.print("\nAll figures: --details, --format json, --format html.")
    return "\n".join(line.rstrip() for line in console.export_text().splitlines())


def _print_details(console: Console, figures: Evaluation) -> None:
    for level in LEVELS[1:]:
        _print_level(console, figures, level)
    _print_rows(
        console,
        "Category right, of matched findings; uncounted spans left silent",
        [
            (name, str(system.category_accuracy), str(system.uncounted_spans_silent))
            for name, system in figures.systems.items()
        ],
        ("System", "Category", "Silent"),
    )
    _print_rows(
        console,
        "By category, spans",
        [
            (name, *_agreement(of.spans), f"{of.named.right}/{of.named.total}")
            for name, of in figures.categories.items()
        ],
        ("Category", *AGREEMENT_COLUMNS, "Named"),
    )
    _print_rows(
        console,
        "By context: asserted spans counted, others not counted",
        [
            (name, str(of.all_spans), str(of.matched_spans), str(of.rules))
            for name, of in figures.contexts.items()
        ],
        ("Context", "All spans", "In the lexicon", "Its rules alone"),
    )
    for title, groups in (("Note type", figures.note_types), ("Part", figures.parts)):
        _print_rows(
            console,
            f"By {title.lower()}, sentences",
            [
                (escape(name), *_agreement(found), str(found.n_gold))
                for name, found in groups.items()
            ],
            (title, *AGREEMENT_COLUMNS, "Pos."),
        )
    _print_rows(
        console,
        "Thresholds, by sentence",
        [
            (f"{point.threshold:.1f}", f"{point.precision:.2f}", f"{point.recall:.2f}")
            for threshold in THRESHOLDS
            if (point := figures.curve.at(threshold)) is not None
        ],
        ("From", "Precision", "Recall"),
    )
    _print_rows(
        console,
        "Calibration: scores beside the share that counts",
        [
            (
                f"{part.low:.1f}-{part.high:.1f}",
                str(part.n),
                _told(part.mean_score),
                _told(part.share),
            )
            for part in figures.calibration.bins
        ],
        ("Score", "Findings", "Mean score", "Share"),
    )


def _print_level(console: Console, figures: Evaluation, level: Level) -> None:
    first: Agreement = getattr(figures.chosen[1], level)
    _print_rows(
        console,
        f"By {level}: {first.n_gold} positive in {figures.notes} notes (95 % intervals)",
        [(name, *_agreement(getattr(system, level))) for name, system in figures.systems.items()],
        ("System", *AGREEMENT_COLUMNS),
    )


def _print_rows(
    console: Console, title: str, rows: Iterable[Sequence[str]], columns: Sequence[str] = ()
) -> None:
    if title:
        console.print(f"\n{title}")
    gap = 1 if len(columns) > MOST_WIDE else 2
    table = Table(*columns, box=None, show_header=bool(columns), padding=(0, gap, 0, 0))
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _agreement(found: Agreement) -> tuple[str, str, str]:
    return str(found.precision), str(found.recall), str(found.f1)


def _told(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
