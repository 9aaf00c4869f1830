"""``vbl-detect label queue``: the notes most worth labelling."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from vbl_detect.cli import options
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.cli.progress import ShownListener
from vbl_detect.counts import how_many
from vbl_detect.errors import ExitCode, UsageError
from vbl_detect.files import check_not_read, check_place, writing
from vbl_detect.gold import read_gold
from vbl_detect.labelling.choosing import SHARES
from vbl_detect.labelling.queue import Queue, Wanted, make_queue, shares_of
from vbl_detect.labelling.records import as_lines
from vbl_detect.readers import ReadOptions, expand, find_files
from vbl_detect.run_listener import size_of
from vbl_detect.run_settings import STDIN, OnError, RunSettings
from vbl_detect.running import read_file
from vbl_detect.systems import load_variant, threshold_of

_SHARES = ",".join(f"{name}={share:.0%}".removesuffix("%") for name, share in SHARES.items())


def queue_command(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="What scan reads: files, folders, or -."),
    ],
    text_column: options.TextColumns,
    known: Annotated[
        list[Path],
        typer.Option(
            metavar="FILE",
            help="Notes that are labelled already, JSON Lines: they are not asked for again, and "
            "tell what is rare and what is new; repeatable.",
            default_factory=list,
            show_default=False,
        ),
    ],
    lexicon: options.Lexicons,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write there, not to the screen."),
    ] = None,
    number: Annotated[int, typer.Option("--number", "-n", min=1, help="Notes to choose.")] = 50,
    shares: Annotated[
        str,
        typer.Option(
            metavar="REASON=SHARE,...",
            help="How much of the queue is there for which reason: uncertain (a score near the "
            "threshold), rare (a category with few examples), unlike (anything labelled), chance.",
        ),
    ] = _SHARES,
    seed: Annotated[int, typer.Option(help="Decides the draw; the same seed draws the same.")] = 1,
    note_type_column: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Column that tells a note's type.", show_default=False),
    ] = None,
    id_column: options.IdColumn = None,
    sheet: options.Sheet = None,
    encoding: options.Encoding = None,
    model: options.Model = "full",
    model_folder: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Ask what this model wants to know, which train wrote."
        ),
    ] = None,
    mask: options.Mask = False,
    on_error: Annotated[
        OnError, typer.Option(help="Name and skip what cannot be read, or stop there.")
    ] = "skip",
    no_progress: options.NoProgress = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Choose the notes most worth labelling, each with the reason.

    Copies and near-copies come once. The order is the order to label them in: stop where you like.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    output = None if output == STDIN else output
    parts = shares_of(shares)
    if parts is None:
        raise UsageError(f"--shares {shares!r}: write, for instance, {_SHARES}")
    if output is not None:
        check_place(output)
        check_not_read(output, [*known, *(file for path in paths for file in expand(path))])
    gold = [note for path in known for note in read_gold(path)]
    wanted = Wanted(
        number=number, shares=parts, seed=seed, note_type_column=note_type_column, mask=mask
    )
    read = ReadOptions(
        text_columns=tuple(text_column),
        id_column=id_column,
        keep_columns=(note_type_column,) if note_type_column else (),
        sheet=sheet,
        encoding=encoding,
    )
    listener = ShownListener(on_error=on_error, quiet=quiet, show_progress=not no_progress)
    settings = RunSettings(read=read)
    files = find_files([path for path in paths if path != STDIN], listener)
    files += [STDIN] * (STDIN in paths)
    if output is not None:
        files = [path for path in files if path.resolve() != output.resolve()]
    listener.total_bytes = sum(map(size_of, files))
    nlp = load_variant(model, model_folder, lexicons=lexicon)
    with listener:
        notes = (note for path in files for note in read_file(path, settings, listener))
        queue = make_queue(notes, nlp, gold, wanted, threshold_of(nlp))
    content = as_lines(queue.notes).encode()
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        with writing(output) as temporary:
            temporary.write_bytes(content)
    if not quiet:
        tell(_summary(queue, output))
    if listener.problems:
        raise typer.Exit(ExitCode.UNREADABLE_INPUT)


def _summary(queue: Queue, output: Path | None) -> str:
    reasons = ", ".join(
        f"{queue.reasons[name]:,} {name}" for name in SHARES if name in queue.reasons
    )
    told = f"{how_many(len(queue.notes), 'note')} of {queue.of:,}"
    told += f" ({reasons})" if reasons else ""
    if queue.alike:
        told += f"; left out as nearly the same as another: {queue.alike:,}"
    return told if output is None else f"wrote {output}: {told}"
