"""``vbl-detect learn``: exercises for analysts."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from vbl_detect.cli import options
from vbl_detect.cli.group import CommandGroup, set_verbosity, tell
from vbl_detect.errors import UsageError
from vbl_detect.exercises import CLEAN, choose, read_exercises
from vbl_detect.lexicon import Category, read_lexicon
from vbl_detect.packs import (
    ANSWER_ENDINGS,
    ENDINGS,
    Mode,
    Pack,
    checked_ending,
    write_answers,
    write_pack,
)
from vbl_detect.resources import exercise_bank, lexicon_dir

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    help="Make exercises for analysts from fictional notes.",
)

TITLE = "Hearing victim-blaming language: exercises"


@app.callback()
def learn() -> None:
    """Make exercises for analysts from fictional notes."""


@app.command("pack")
def pack_command(
    category: Annotated[
        list[str],
        typer.Option(
            metavar="NAME",
            help=f"Teach this category: its letters (RC) or name, or {CLEAN!r} for notes with "
            "nothing to mark; repeatable. (default: all, evenly)",
            default_factory=list,
            show_default=False,
        ),
    ],
    difficulty: Annotated[
        list[int],
        typer.Option(
            min=1,
            max=3,
            help="1 plain, 2 indirect, 3 hard; repeatable. (default: all)",
            default_factory=list,
            show_default=False,
        ),
    ],
    note_type: Annotated[
        list[str],
        typer.Option(
            metavar="TYPE",
            help="Notes of this type, such as missing-review; repeatable. (default: all)",
            default_factory=list,
            show_default=False,
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="A page to work on (.html), a hand-out to print (.docx), or .jsonl.",
        ),
    ],
    number: Annotated[int, typer.Option("--number", "-n", min=1, help="How many exercises.")] = 12,
    seed: Annotated[int, typer.Option(help="Another number, another choice.")] = 1,
    mode: Annotated[
        Mode, typer.Option(help="Show the answers at once, or leave them out.")
    ] = "practice",
    answers: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write the answers apart, for the trainer (.docx or .jsonl).",
            show_default=False,
        ),
    ] = None,
    title: Annotated[str, typer.Option(help="The heading.", show_default=False)] = TITLE,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Make a pack of exercises from the built-in bank.

    The same options give the same pack. Everything in it is fictional, and the page needs no
    network and no account.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    if answers is not None and answers.resolve() == output.resolve():
        raise UsageError(f"{answers}: the answers need a file of their own; name another")
    checked_ending(output, ENDINGS)
    if answers is not None:
        checked_ending(answers, ANSWER_ENDINGS)
    categories = read_lexicon([lexicon_dir()]).categories
    bank = read_exercises(exercise_bank())
    types = sorted({exercise.note.note_type for exercise in bank})
    for name in note_type:
        if name not in types:
            raise UsageError(f"{name!r} is no note type of the bank; choose of {', '.join(types)}")
    chosen = choose(
        bank,
        number,
        seed=seed,
        focus={_focus(name, categories.values()) for name in category},
        difficulties=set(difficulty),
        note_types=set(note_type),
    )
    if not chosen:
        raise UsageError("no exercise of the bank fits all of this; leave one of the options out")
    pack = Pack(exercises=tuple(chosen), mode=mode, title=title, categories=categories)
    write_pack(pack, output, with_answers=answers is None)
    if answers is not None:
        write_answers(pack, answers)
    if quiet:
        return
    if len(chosen) < number:
        tell(f"note: only {len(chosen)} exercises of the bank fit")
    tell(f"wrote {output}: {len(chosen)} exercises, pack {pack.id}")
    if answers is not None:
        tell(f"wrote {answers}: the answers")
    elif mode == "assessment":
        tell("note: the answers are not in it; add --answers FILE to write them for the trainer")


def _focus(name: str, categories: Collection[Category]) -> str:
    """Return the slug of a category, or ``clean``, by what a person calls it."""
    called = name.strip().casefold()
    for category in categories:
        names = (category.slug, category.letters, category.title)
        if called in map(str.casefold, names):
            return category.slug
    if called == CLEAN:
        return CLEAN
    slugs = ", ".join(category.slug for category in categories)
    raise UsageError(f"{name!r} is no category; choose of {slugs}, {CLEAN}")
