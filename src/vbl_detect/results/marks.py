"""Marks: how many of how many, for a person, a category, or everyone together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from vbl_detect.exercises import Answer, Exercise, ExerciseMarks, mark
from vbl_detect.report.shares import Share, wilson
from vbl_detect.results.people import Person
from vbl_detect.rewriting_checks import RewritingCheck

#: What is measured, and how a person calls it.
MEASURES: Mapping[str, str] = {
    "exercises": "exercises all right",
    "found": "agreed phrases found",
    "category": "category right, of those found",
    "context": "context right, of those found",
    "left": "notes with nothing to mark left so",
    "rewritten": "rewritings in which nothing was left",
}
#: Those of one category.
OF_CATEGORY = ("found", "category", "context")


@dataclass(slots=True)
class Part:
    """How many of how many."""

    part: int = 0
    whole: int = 0

    def add(self, *, yes: bool) -> None:
        """Count one more."""
        self.part += yes
        self.whole += 1

    @property
    def share(self) -> Share | None:
        """The share with its Wilson interval; None for a share of nothing."""
        return wilson(self.part, self.whole)

    def __str__(self) -> str:
        """Return ``8 of 12, 66.7 % (39.1 to 86.2 %)``."""
        share = self.share
        return "-" if share is None else f"{self.part} of {self.whole}, {share}"


@dataclass(slots=True)
class Marks:
    """The marks of one person, one category, one group, or all.

    Attributes
    ----------
    name : str
        Whose they are.
    parts : mapping of str to Part
        By measure, of `MEASURES`.
    extra : int
        Phrases marked beyond the agreed ones.
    """

    name: str
    parts: dict[str, Part] = field(default_factory=lambda: {name: Part() for name in MEASURES})
    extra: int = 0

    def count(self, made: ExerciseMarks) -> None:
        """Count an exercise in which phrases were to be marked."""
        self.parts["exercises"].add(yes=made.right)
        if not made.spans:
            self.parts["left"].add(yes=not made.extra)
        self.count_spans(made, None)

    def count_spans(self, made: ExerciseMarks, category: str | None) -> None:
        """Count the agreed phrases of a category, or of all, and what was marked beyond them."""
        for span in made.spans:
            if span.gold.borderline or category not in {None, span.gold.category}:
                continue
            self.parts["found"].add(yes=span.given is not None)
            if span.given is not None:
                self.parts["category"].add(yes=span.category_right)
                self.parts["context"].add(yes=span.context_right)
        self.extra += sum(category in {None, span.category} for span in made.extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One person's answers, marked.

    Attributes
    ----------
    person : Person
        Whose.
    exercises : mapping of str to ExerciseMarks
        Of the exercises with phrases to mark.
    checks : mapping of str to RewritingCheck
        Of the rewriting tasks, where they were checked.
    unknown : int
        Answers to exercises that are not known, or that do not fit their text.
    """

    person: Person
    exercises: Mapping[str, ExerciseMarks]
    checks: Mapping[str, RewritingCheck]
    unknown: int = 0

    def marks(self, name: str | None = None) -> Marks:
        """Return what it comes to."""
        return together(name or self.person.name, [self])


def mark_person(
    person: Person,
    exercises: Mapping[str, Exercise],
    checks: Mapping[tuple[str, str], RewritingCheck],
) -> Marked:
    """Return a person's answers beside the agreed ones.

    Parameters
    ----------
    person : Person
        Whose.
    exercises : mapping of str to Exercise
        All exercises, by id.
    checks : mapping of (str, str) to RewritingCheck
        By exercise and by what was written.
    """
    made: dict[str, ExerciseMarks] = {}
    checked: dict[str, RewritingCheck] = {}
    unknown = 0
    for name, answer in person.answers.items():
        exercise = exercises.get(name)
        if exercise is None or not _fits(answer, exercise):
            unknown += 1
        elif exercise.rewrite is None:
            made[name] = mark(exercise.note, answer)
        elif (name, answer.rewriting or "") in checks:
            checked[name] = checks[name, answer.rewriting or ""]
    return Marked(
        person=person,
        exercises=dict(sorted(made.items())),
        checks=dict(sorted(checked.items())),
        unknown=unknown,
    )


def together(name: str, marked: Iterable[Marked]) -> Marks:
    """Return the marks of several people together.

    Parameters
    ----------
    name : str
        What they are called.
    marked : iterable of Marked
        The people.
    """
    marks = Marks(name)
    for one in marked:
        for made in one.exercises.values():
            marks.count(made)
        for check in one.checks.values():
            marks.parts["rewritten"].add(yes=check.clear)
    return marks


def by_category(marked: Iterable[Marked]) -> list[Marks]:
    """Return the marks of several people by category, those that were asked about, sorted.

    Parameters
    ----------
    marked : iterable of Marked
        The people.
    """
    held: defaultdict[str, list[ExerciseMarks]] = defaultdict(list)
    for one in marked:
        for made in one.exercises.values():
            named = {s.gold.category for s in made.spans} | {s.category for s in made.extra}
            for category in named:
                held[category].append(made)
    every = []
    for category, all_made in sorted(held.items()):
        marks = Marks(category)
        for made in all_made:
            marks.count_spans(made, category)
        every.append(marks)
    return every


def _fits(answer: Answer, exercise: Exercise) -> bool:
    return all(span.end <= len(exercise.note.text) for span in answer.spans)
