"""Which exercises a pack or a quiz takes: the options, and what they choose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import typer

from vbl_detect.closest import did_you_mean
from vbl_detect.errors import UsageError
from vbl_detect.exercises import CLEAN, Exercise, read_exercises, rewritings
from vbl_detect.lexicon import Category, read_lexicon
from vbl_detect.resources import exercise_bank, lexicon_dir

#: What ``--task`` chooses between.
TaskChoice = Literal["mark", "rewrite", "both"]

Categories: TypeAlias = Annotated[
    list[str],
    typer.Option(
        "--category",
        metavar="NAME",
        help=f"Teach this category: its letters (RC) or name, or {CLEAN!r} for notes with "
        "nothing to mark; repeatable. (default: all, evenly)",
        default_factory=list,
        show_default=False,
    ),
]
Difficulties: TypeAlias = Annotated[
    list[int],
    typer.Option(
        "--difficulty",
        min=1,
        max=3,
        help="1 plain, 2 indirect, 3 hard; repeatable. (default: all)",
        default_factory=list,
        show_default=False,
    ),
]
NoteTypes: TypeAlias = Annotated[
    list[str],
    typer.Option(
        "--note-type",
        metavar="TYPE",
        help="Notes of this type, such as missing-review; repeatable. (default: all)",
        default_factory=list,
        show_default=False,
    ),
]


def built_in() -> tuple[list[Exercise], dict[str, Category]]:
    """Return the exercises of the bank, and the categories by slug."""
    return read_exercises(exercise_bank()), categories()


def categories() -> dict[str, Category]:
    """Return the built-in categories by slug."""
    return dict(read_lexicon([lexicon_dir()]).categories)


def of_task(exercises: Sequence[Exercise], task: TaskChoice) -> list[Exercise]:
    """Return exercises of one kind, or of both.

    Parameters
    ----------
    exercises : sequence of Exercise
        What there is.
    task : {"mark", "rewrite", "both"}
        The kind.
    """
    to_mark = [exercise for exercise in exercises if exercise.rewrite is None]
    if task == "mark":
        return to_mark
    to_rewrite = rewritings(exercises)
    return to_rewrite if task == "rewrite" else [*to_mark, *to_rewrite]


def foci(names: Collection[str], known: Mapping[str, Category]) -> set[str]:
    """Return the slugs of categories, or ``clean``, by what a person calls them.

    Parameters
    ----------
    names : collection of str
        Letters, slugs or titles.
    known : mapping of str to Category
        The categories.

    Raises
    ------
    UsageError
        If one is unknown.
    """
    return {_focus(name, known.values()) for name in names}


def check_note_types(names: Collection[str], exercises: Sequence[Exercise]) -> None:
    """Make sure that note types exist.

    Parameters
    ----------
    names : collection of str
        What was asked for.
    exercises : sequence of Exercise
        What there is.

    Raises
    ------
    UsageError
        If one is unknown.
    """
    types = sorted({exercise.note.note_type for exercise in exercises})
    for name in names:
        if name not in types:
            hint = did_you_mean(name, types)
            raise UsageError(
                f"{name!r} is no note type here{hint}; the note types are {', '.join(types)}"
            )


def read_pack(path: Path) -> list[Exercise]:
    """Return the exercises of a pack that was written as lines, with its answers.

    Parameters
    ----------
    path : Path
        What ``learn pack`` wrote to a name ending in ``.jsonl``.

    Raises
    ------
    UsageError
        If it is a page or a hand-out.
    """
    if path.suffix.lower() != ".jsonl":
        raise UsageError(
            f"{path}: a pack is read from its lines; write it with learn pack -o NAME.jsonl, or "
            "--answers NAME.jsonl"
        )
    return read_exercises(path)


def _focus(name: str, known: Collection[Category]) -> str:
    called = name.strip().casefold()
    for category in known:
        names = (category.slug, category.letters, category.title)
        if called in map(str.casefold, names):
            return category.slug
    if called == CLEAN:
        return CLEAN
    slugs = [*(category.slug for category in known), CLEAN]
    raise UsageError(
        f"{name!r} is no category{did_you_mean(name, slugs)}; the categories are {', '.join(slugs)}"
    )
