"""``vbl-detect evaluate``: how well findings agree with labelled notes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from vbl_detect import resources
from vbl_detect.cli import options
from vbl_detect.cli.evaluation_tables import as_tables
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.cli.model_comparison import BUILT_IN, as_json, as_text, compare_models
from vbl_detect.errors import ExitCode, ReaderError, UsageError
from vbl_detect.evaluation.density import ordinary_prose
from vbl_detect.evaluation.page import as_page
from vbl_detect.evaluation.summary import Evaluation, summarise
from vbl_detect.files import check_not_read, replacing
from vbl_detect.gold import GoldNote, read_gold, read_texts
from vbl_detect.marks import counted_marks, findings_in
from vbl_detect.pipeline import find_matcher
from vbl_detect.records import ModelChoice
from vbl_detect.systems import MODEL_NAMES, judge, load_variant, threshold_of

EvaluateFormat = Literal["table", "json", "html"]


def evaluate_command(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD", help="Labelled notes, JSON Lines.")],
    lexicon: options.Lexicons,
    ordinary: Annotated[
        list[Path],
        typer.Option(
            metavar="FILE",
            help="Prose without such wording, JSON Lines with a key text: every finding in it is "
            "taken as false; repeatable.",
            default_factory=list,
            show_default=False,
        ),
    ],
    model: options.Model = "full",
    model_folder: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Measure the model in this folder, which train wrote, not the built-in one.",
        ),
    ] = None,
    compare: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER",
            help="Compare with this old model, or with built-in: the difference in F1 with its "
            "interval, and a verdict. Exit code 1 if the measured model is worse by more than "
            "--margin.",
            show_default=False,
        ),
    ] = None,
    margin: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="For --compare: how much lower F1 may be.")
    ] = 0.02,
    min_score: options.MinScore = None,
    precision: Annotated[
        float,
        typer.Option(min=0.0, max=1.0, help="Name the threshold that gives this precision."),
    ] = 0.85,
    prevalence: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="Share of sentences that blame, expected in real files."
        ),
    ] = 0.02,
    output_format: Annotated[
        EvaluateFormat,
        typer.Option(
            "--format",
            help="The terminal's tables, all figures as JSON, or a page with plots.",
        ),
    ] = "table",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write there, not to the screen."),
    ] = None,
    details: Annotated[
        bool,
        typer.Option(
            "--details", help="Print all tables: levels, categories, contexts, thresholds."
        ),
    ] = False,
    config: options.Config = None,
    isolated: options.Isolated = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Measure findings against labelled notes: precision, recall and F1, beside baselines.

    A sentence is positive if it holds an asserted span that is not borderline; intervals come from
    a bootstrap over notes. No note's text is printed.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    if output is not None:
        check_not_read(output, [*gold, *ordinary])
    if compare is not None:
        if output_format == "html" or min_score is not None or ordinary:
            raise UsageError("--compare takes no --format html, --min-score or --ordinary")
        found, remarks = compare_models(
            _read_parts(gold),
            None if compare == BUILT_IN else Path(compare),
            model_folder,
            model=model,
            lexicons=lexicon,
            margin=margin,
        )
        for remark in remarks:
            tell(f"warning: {remark}")
        _write(as_json(found) if output_format == "json" else as_text(found), output)
        raise typer.Exit(ExitCode.FINDINGS if found.verdict == "worse" else ExitCode.DONE)
    figures = evaluate(
        _read_parts(gold),
        model=model,
        model_folder=model_folder,
        lexicons=lexicon,
        min_score=min_score,
        precision=precision,
        prevalence=prevalence,
        ordinary={path.name: read_texts(path) for path in ordinary},
    )
    formats: Mapping[EvaluateFormat, Callable[[], str]] = {
        "table": lambda: as_tables(figures, details=details),
        "json": lambda: json.dumps(figures.as_dict(), indent=2),
        "html": lambda: as_page(figures),
    }
    _write(formats[output_format](), output)


def _write(content: str, output: Path | None) -> None:
    if output is None:
        typer.echo(content)
        return
    with replacing(output) as temporary:
        temporary.write_text(content + "\n", "utf-8")


def evaluate(
    parts: Mapping[str, Sequence[GoldNote]],
    *,
    model: ModelChoice = "full",
    model_folder: Path | None = None,
    lexicons: Sequence[Path] = (),
    min_score: float | None = None,
    precision: float = 0.85,
    prevalence: float = 0.02,
    ordinary: Mapping[str, Sequence[str]] | None = None,
) -> Evaluation:
    """Return the figures of the tool and of the systems beside it.

    Parameters
    ----------
    parts : mapping of str to sequence of GoldNote
        The labelled notes by file.
    model : {"full", "fast"}
        The variant that is looked at closely; the other stands beside it.
    model_folder : Path, optional
        The model's folder; None: the built-in one.
    lexicons : sequence of Path
        The user's own lexicon folders.
    min_score : float, optional
        The chosen model's threshold for a finding to count; None: its own.
    precision : float
        The precision, 0 to 1, for which a threshold is wished.
    prevalence : float
        The share of blaming sentences, 0 to 1, to be expected in real files.
    ordinary : mapping of str to sequence of str, optional
        Prose by file in which every counted finding is taken as false.
    """
    nlp = load_variant(model, model_folder, lexicons=lexicons)
    notes = [note for part in parts.values() for note in part]
    judged = judge(notes, nlp, model, folder=model_folder, lexicons=lexicons, min_score=min_score)
    name = resources.MODEL if model_folder is None else model_folder.name
    return summarise(
        parts,
        judged,
        model=f"{MODEL_NAMES[model]} {name}",
        threshold=threshold_of(nlp) if min_score is None else min_score,
        categories=list(find_matcher(nlp).lexicon.categories),
        precision=precision,
        prevalence=prevalence,
        ordinary={
            name: ordinary_prose(texts, counted_marks(findings_in(texts, nlp, min_score=min_score)))
            for name, texts in (ordinary or {}).items()
        },
    )


def _read_parts(paths: Sequence[Path]) -> dict[str, list[GoldNote]]:
    """Read labelled notes by the name of their file, or by its path where names are the same."""
    parts: dict[str, list[GoldNote]] = {}
    for path in paths:
        notes = read_gold(path)
        if not notes:
            message = "the file holds no labelled note; leave it out"
            raise ReaderError(message, path=str(path))
        parts[str(path) if path.stem in parts else path.stem] = notes
    return parts
