"""Where exercises are: the built-in bank and packs of one's own; and what people call them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from vbl_detect.closest import did_you_mean
from vbl_detect.errors import UsageError
from vbl_detect.exercises.records import CLEAN, Exercise, read_exercises
from vbl_detect.lexicon import Category, read_lexicon
from vbl_detect.resources import exercise_bank, lexicon_dir


def built_in() -> tuple[list[Exercise], dict[str, Category]]:
    """Return the exercises of the bank, and the categories by slug."""
    return read_exercises(exercise_bank()), built_in_categories()


def built_in_categories() -> dict[str, Category]:
    """Return the built-in categories by slug."""
    return dict(read_lexicon([lexicon_dir()]).categories)


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
                f"{name!r} is no note type here; the note types are {', '.join(types)}{hint}"
            )


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
        f"{name!r} is no category; the categories are {', '.join(slugs)}{did_you_mean(name, slugs)}"
    )
