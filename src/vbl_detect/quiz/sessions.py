"""Which exercises a quiz asks: those of the one that was left unfinished, or chosen anew."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from vbl_detect.errors import UsageError
from vbl_detect.exercises import Exercise, fitting
from vbl_detect.lexicon import Category
from vbl_detect.packs import Pack
from vbl_detect.quiz.schedule import next_exercises
from vbl_detect.quiz.state import Session, State


def fitting_options(bank: Sequence[Exercise], options: Mapping[str, Any]) -> list[Exercise]:
    """Return the exercises that fit what a quiz is chosen by.

    Parameters
    ----------
    bank : sequence of Exercise
        What there is.
    options : mapping
        As `Session.options` keeps them.

    Raises
    ------
    UsageError
        If there is none.
    """
    fit = fitting(
        bank,
        options["task"],
        focus=options["category"],
        difficulties=options["difficulty"],
        note_types=options["note_type"],
    )
    if not fit:
        raise UsageError("no exercise fits all of this; leave one of the options out")
    return fit


def unfinished(
    state: State, options: Mapping[str, Any] | None, known: Container[str], place: Path
) -> Session | None:
    """Return the quiz that was left unfinished, if there is one.

    Parameters
    ----------
    state : State
        What was kept.
    options : mapping, optional
        What a quiz is asked for by now; None: nothing was said.
    known : container of str
        The exercises that can be asked.
    place : Path
        Where the state is kept, for the message.

    Raises
    ------
    UsageError
        If it was chosen by other options, or holds exercises that are not known.
    """
    session = state.session
    if session is None:
        return None
    told = f"{len(session.answers)} of {len(session.ids)} exercises are answered"
    if options is not None and options != session.options:
        raise UsageError(
            f"an unfinished quiz of other exercises is kept in {place}, {told}; leave the options "
            "out to go on with it, or add --new to begin"
        )
    if any(one not in known for one in session.ids):
        raise UsageError(
            f"the unfinished quiz kept in {place} is about another pack, {told}; name it with "
            "--pack to go on with it, or add --new to begin"
        )
    return session


def begin(
    state: State,
    fit: Sequence[Exercise],
    options: Mapping[str, Any],
    categories: Mapping[str, Category],
    now: datetime,
) -> Session | None:
    """Return a new quiz; None if nothing is due.

    Parameters
    ----------
    state : State
        What was kept.
    fit : sequence of Exercise
        The exercises to choose from.
    options : mapping
        What they were chosen by; its ``number`` and ``seed`` decide here.
    categories : mapping of str to Category
        All categories, by slug.
    now : datetime
        In UTC.
    """
    chosen = next_exercises(fit, state.cards, options["number"], seed=options["seed"], now=now)
    if not chosen:
        return None
    pack = Pack(exercises=tuple(chosen), mode="practice", title="", categories=categories)
    return Session(pack=pack.id, options=options, ids=[one.id for one in chosen])
