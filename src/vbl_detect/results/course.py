"""All that the answers to some exercises come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vbl_detect.exercises import Exercise
from vbl_detect.report.groups import too_small
from vbl_detect.results.change import Change, changes, pairs
from vbl_detect.results.change import remarks as remarks_on_change
from vbl_detect.results.marks import Marked, Marks, by_category, mark_person, together
from vbl_detect.results.people import Person
from vbl_detect.results.wordings import Wording, missed, over_flagged
from vbl_detect.rewriting_checks import RewritingCheck, RewritingJudge


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One time of asking.

    Attributes
    ----------
    name : str
        ``before``, ``after``, or empty where there is one only.
    marked : sequence of Marked
        The people, sorted by name.
    """

    name: str
    marked: Sequence[Marked]

    @property
    def everyone(self) -> Marks:
        """The marks of all together."""
        return together("everyone", self.marked)

    @property
    def categories(self) -> list[Marks]:
        """The marks of all by category."""
        return by_category(self.marked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The marks of people whose answers stand in one folder."""

    name: str
    people: int
    marks: Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A rewriting, beside the model answer."""

    person: str
    exercise: Exercise
    check: RewritingCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is told.

    Attributes
    ----------
    rounds : sequence of Round
        One, or before and after.
    changes : sequence of Change
        Empty with one round.
    missed, over : sequence of Wording
        Of the last round.
    groups : sequence of Group
        Those large enough to be shown, by name; of the last round.
    hidden : Group or None
        The smaller ones together.
    rewritten : sequence of Rewritten
        Of all rounds, by exercise and then by name.
    remarks : sequence of str
        What must be known to read it.
    """

    rounds: Sequence[Round]
    changes: Sequence[Change]
    missed: Sequence[Wording]
    over: Sequence[Wording]
    groups: Sequence[Group]
    hidden: Group | None
    rewritten: Sequence[Rewritten]
    remarks: Sequence[str]

    @property
    def last(self) -> Round:
        """The only round, or that after the course."""
        return self.rounds[-1]

    def pairs(self) -> list[tuple[Marked, Marked]]:
        """Return the people of both rounds."""
        return pairs(self.rounds[0].marked, self.last.marked) if len(self.rounds) > 1 else []


def course(
    rounds: Mapping[str, Sequence[Person]],
    exercises: Mapping[str, Exercise],
    *,
    judge: RewritingJudge | None = None,
    min_n: int | None = None,
) -> Course:
    """Return what answers come to.

    Parameters
    ----------
    rounds : mapping of str to sequence of Person
        ``{"": people}``, or ``{"before": …, "after": …}``.
    exercises : mapping of str to Exercise
        All that may have been asked, by id.
    judge : callable, optional
        Checks the rewritings; None: they are left out.
    min_n : int, optional
        Show groups, by folder, of so many people or more; None: show no groups.
    """
    checks = _checks([p for people in rounds.values() for p in people], exercises, judge)
    made = [
        Round(
            name=name,
            marked=[
                mark_person(person, exercises, checks)
                for person in sorted(people, key=lambda one: (one.key, one.name))
            ],
        )
        for name, people in rounds.items()
    ]
    last = made[-1].marked
    groups, hidden = _groups(last, min_n)
    both = len(made) > 1
    return Course(
        rounds=made,
        changes=changes(pairs(made[0].marked, last)) if both else (),
        missed=missed(last, exercises),
        over=over_flagged(last, exercises),
        groups=groups,
        hidden=hidden,
        rewritten=_rewritten(made, exercises),
        remarks=[
            *_remarks(made),
            *(remarks_on_change(made[0].marked, last, exercises) if both else ()),
        ],
    )


def _checks(
    people: Sequence[Person], exercises: Mapping[str, Exercise], judge: RewritingJudge | None
) -> dict[tuple[str, str], RewritingCheck]:
    """Judge what was written, each wording once."""
    checks: dict[tuple[str, str], RewritingCheck] = {}
    if judge is None:
        return checks
    for person in people:
        for name, answer in person.answers.items():
            exercise, words = exercises.get(name), (answer.rewriting or "").strip()
            if exercise is not None and exercise.rewrite is not None and words:
                place = (name, answer.rewriting or "")
                if place not in checks:
                    checks[place] = judge(exercise, words)
    return checks


def _rewritten(rounds: Sequence[Round], exercises: Mapping[str, Exercise]) -> list[Rewritten]:
    held = [
        Rewritten(
            person=f"{one.person.name} ({round_.name})" if round_.name else one.person.name,
            exercise=exercises[name],
            check=check,
        )
        for round_ in rounds
        for one in round_.marked
        for name, check in one.checks.items()
    ]
    return sorted(held, key=lambda one: (one.exercise.id, one.person))


def _groups(marked: Sequence[Marked], min_n: int | None) -> tuple[list[Group], Group | None]:
    if min_n is None:
        return [], None
    held: dict[str, list[Marked]] = {}
    for one in marked:
        held.setdefault(one.person.group, []).append(one)
    hidden = too_small({name: len(of) for name, of in held.items()}, min_n)
    shown = [
        Group(name=name, people=len(of), marks=together(name, of))
        for name, of in sorted(held.items())
        if name not in hidden
    ]
    rest = [one for name in sorted(hidden) for one in held[name]]
    if len(rest) < min_n:
        return shown, None
    name = f"{len(hidden)} smaller groups together"
    return shown, Group(name=name, people=len(rest), marks=together(name, rest))


def _remarks(rounds: Sequence[Round]) -> list[str]:
    said = []
    unknown = sum(one.unknown for round_ in rounds for one in round_.marked)
    if unknown:
        said.append(
            f"{unknown} answers are to exercises that are not in the bank; name their pack, "
            "written as lines, with --pack"
        )
    return said
