"""When an exercise comes again: spaced repetition, by the library fsrs.

Source: the Free Spaced Repetition Scheduler (FSRS), version 6, with its published parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from fsrs import Card, Rating, Scheduler

from vbl_detect.exercises import Exercise, ExerciseMarks, choose

#: What is kept of an exercise that was answered: when it is due, and how well it is known.
CardRecord: TypeAlias = dict[str, Any]

#: What was missed comes again in the next quiz, however soon that is.
_AGAIN = timedelta(0)
_LONGEST = 365

_SCHEDULER = Scheduler(
    learning_steps=(_AGAIN,),
    relearning_steps=(_AGAIN,),
    maximum_interval=_LONGEST,
    enable_fuzzing=False,  # the same answers give the same days
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How many exercises wait.

    Attributes
    ----------
    now, week, later, unseen : int
        Due now, within seven days, later, and not asked yet.
    following : datetime or None
        When the next one is due that is not due now.
    """

    now: int
    week: int
    later: int
    unseen: int
    following: datetime | None


def rated(marks: ExerciseMarks) -> Rating:
    """Return how well an exercise was known.

    Parameters
    ----------
    marks : ExerciseMarks
        The answer beside the agreed one: missed, or marked too much, comes again at once; found
        with another category or context comes again sooner than found.
    """
    if marks.right:
        return Rating.Good
    return Rating.Again if marks.missed or marks.extra else Rating.Hard


def rated_words(*, clear: bool) -> Rating:
    """Return how well a passage was rewritten: nothing is left in it, or something is."""
    return Rating.Good if clear else Rating.Again


def reviewed(record: CardRecord | None, rating: Rating, now: datetime) -> CardRecord:
    """Return what is to be kept of an exercise after an answer.

    Parameters
    ----------
    record : dict, optional
        What was kept of it; None: it was never asked.
    rating : Rating
        How well it was known.
    now : datetime
        When it was answered, in UTC.
    """
    card = Card(card_id=0, due=now) if record is None else _card(record)
    card, _ = _SCHEDULER.review_card(card, rating, now)
    kept: CardRecord = {**card.to_dict()}
    del kept["card_id"]
    return kept


def due_at(record: CardRecord) -> datetime:
    """Return when an exercise is due, in UTC.

    Parameters
    ----------
    record : dict
        What was kept of it.

    Raises
    ------
    ValueError, KeyError, TypeError
        If it is nothing that `reviewed` returned.
    """
    return _card(record).due


def due_counts(
    exercises: Iterable[Exercise], cards: Mapping[str, CardRecord], now: datetime
) -> Due:
    """Return how many exercises wait.

    Parameters
    ----------
    exercises : iterable of Exercise
        Those that are asked about.
    cards : mapping of str to dict
        What was kept, by exercise.
    now : datetime
        In UTC.
    """
    ids = [exercise.id for exercise in exercises]
    times = [due_at(cards[name]) for name in ids if name in cards]
    waiting = [time for time in times if time > now]
    week = sum(time <= now + timedelta(days=7) for time in waiting)
    return Due(
        now=len(times) - len(waiting),
        week=week,
        later=len(waiting) - week,
        unseen=len(ids) - len(times),
        following=min(waiting, default=None),
    )


def due_in_words(due: Due) -> str:
    """Return how many exercises wait, and when the next one is due if none does.

    Parameters
    ----------
    due : Due
        The numbers.
    """
    told = (
        f"{due.now} due again now, {due.week} within a week, {due.later} later; "
        f"{due.unseen} never asked."
    )
    if due.now or due.unseen or due.following is None:
        return told
    return f"{told} Nothing to do now; the next is due on {due.following:%d %B %Y at %H:%M} UTC."


def next_exercises(
    exercises: Sequence[Exercise],
    cards: Mapping[str, CardRecord],
    number: int,
    *,
    seed: int,
    now: datetime,
) -> list[Exercise]:
    """Return what to ask: what is due, the longest due first, then what was never asked.

    Parameters
    ----------
    exercises : sequence of Exercise
        Those to choose from.
    cards : mapping of str to dict
        What was kept, by exercise.
    number : int
        How many at most.
    seed : int
        Decides over what was never asked.
    now : datetime
        In UTC.
    """
    due = sorted(
        (due_at(cards[exercise.id]), exercise.id, exercise)
        for exercise in exercises
        if exercise.id in cards and due_at(cards[exercise.id]) <= now
    )
    again = [exercise for _, _, exercise in due[:number]]
    unseen = [exercise for exercise in exercises if exercise.id not in cards]
    return again + choose(unseen, number - len(again), seed=seed)


def _card(record: CardRecord) -> Card:
    return Card.from_dict({"card_id": 0, **record})  # type: ignore[typeddict-item] # checked there
