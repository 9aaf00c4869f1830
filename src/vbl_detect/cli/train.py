"""``vbl-detect train``: from labelled notes to a model folder."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from vbl_detect.cli import options
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.errors import UsageError
from vbl_detect.gold import read_gold, read_texts


def train_command(
    notes: Annotated[
        list[Path],
        typer.Argument(metavar="NOTES", help="Parts of the labelled notes, JSON Lines."),
    ],
    dev: Annotated[
        Path,
        typer.Option(metavar="FILE", help="Labelled notes that choose the thresholds; not fitted."),
    ],
    hold_out: Annotated[
        list[str],
        typer.Option(
            metavar="NAME",
            help="A part, by file name without its ending, that screen and tagger do not see and "
            "the stacker is fitted on; repeatable. (default: every fifth part)",
            default_factory=list,
            show_default=False,
        ),
    ],
    ordinary: Annotated[
        list[Path],
        typer.Option(
            metavar="FILE",
            help="Text without such wording, in other registers: JSON Lines with a key text; "
            "repeatable.",
            default_factory=list,
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="Where the model goes; needed but for --readings.",
        ),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Take screen and tagger from this model, made from the same notes, and fit the "
            "stacker alone: after a change of lexicon or context rules.",
        ),
    ] = None,
    after: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Go on from the tagger of this model, in half the time: to learn more notes, and "
            "long texts.",
        ),
    ] = None,
    mean_with: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="With --keep: set the tagger's weights to the mean of its own and those of this "
            "model, from which it went on. Often better on new notes than either.",
        ),
    ] = None,
    readings: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write what the tagger would read to this file (.npz) and stop: to fit it on "
            "another machine, with a graphics card, by scripts/fit_tagger.py.",
        ),
    ] = None,
    tagger: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Take the tagger's weights from this file, which scripts/fit_tagger.py wrote, and "
            "fit screen and stacker; with --keep the stacker alone.",
        ),
    ] = None,
    epochs: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Passes of the tagger over the notes. (default: 6, with --after 4)",
            show_default=False,
        ),
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            help="End the fitting of the tagger after so many minutes, passes left or not.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of all that is drawn by chance.")] = 1,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="Take this many notes of each part only, to try things out."),
    ] = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Fit the classifier from labelled notes; needs the extra "train".

    Writes screen, tagger, stacker, hashes and a fingerprint of the data. The same notes, seed,
    versions and processor give the same model.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    try:
        from vbl_detect.training.data import TrainingData  # noqa: PLC0415
        from vbl_detect.training.parts import Sources, write_readings  # noqa: PLC0415
        from vbl_detect.training.run import train  # noqa: PLC0415
        from vbl_detect.training.tagger import GOING_ON, TaggerSettings  # noqa: PLC0415
    except ImportError as error:
        message = (
            f"training needs {error.name}, which is not installed; "
            "install it with pip install 'vbl-detect[train]'"
        )
        raise UsageError(message) from error

    of_a_fit = {"--after": after, "--epochs": epochs, "--minutes": minutes}
    for option, given, others in (
        ("--keep", keep, of_a_fit),
        ("--tagger", tagger, of_a_fit | {"--mean-with": mean_with}),
        ("--readings", readings, of_a_fit | {"--keep": keep, "--output": output}),
    ):
        idle = [name for name, value in others.items() if value]
        if given and idle:
            raise UsageError(
                f"{idle[0]} has nothing to do beside {option}, which fits no tagger; leave one out"
            )
    if mean_with and not keep:
        raise UsageError("--mean-with needs a tagger that is fitted already; name it with --keep")
    settings = replace(GOING_ON if after else TaggerSettings(), seed=seed, minutes=minutes)
    if epochs:
        settings = replace(settings, epochs=epochs)
    parts = {path.stem: read_gold(path)[:limit] for path in notes}
    unknown = sorted(set(hold_out) - parts.keys())
    if unknown:
        known = ", ".join(parts)
        raise UsageError(f"--hold-out {unknown[0]}: there is no such part; the parts are {known}")
    held_out = frozenset(hold_out or list(parts)[::5])
    if len(held_out) == len(parts):
        raise UsageError("every part is held out; give more parts or name fewer with --hold-out")
    data = TrainingData(
        parts=parts,
        held_out=held_out,
        dev=read_gold(dev)[:limit],
        ordinary=[text for path in ordinary for text in read_texts(path)[:limit]],
    )
    if readings:
        written = write_readings(data, readings, seed)
        if not quiet:
            tell(f"wrote {readings}: {written:,} notes and sentences")
        return
    if not output:
        raise UsageError("nothing says where the model goes; name a folder with --output")
    meta = train(
        data,
        output,
        settings,
        Sources(keep=keep, after=after, mean_with=mean_with, tagger=tagger),
        command=shlex.join(["vbl-detect", *sys.argv[1:]]),
        report=lambda line: None if quiet else tell(line),
    )
    if not quiet:
        tell(f"wrote {output} in {meta['minutes']} minutes; thresholds {meta['thresholds']}")
