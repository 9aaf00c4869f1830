"""The wordings that people miss most often, and those they mark without need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vbl_detect.exercises import AnswerSpan, Exercise
from vbl_detect.results.marks import Marked, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A phrase of an exercise, and how many people missed it or marked it without need.

    Attributes
    ----------
    exercise : str
        The exercise's id.
    phrase : str
        The words.
    category : str
        The agreed category, or the one most people chose.
    people : Part
        How many people, of those who answered the exercise.
    """

    exercise: str
    phrase: str
    category: str
    people: Part


def missed(marked: Iterable[Marked], exercises: Mapping[str, Exercise]) -> list[Wording]:
    """Return the agreed phrases that somebody missed, the most often missed first.

    Parameters
    ----------
    marked : iterable of Marked
        The people.
    exercises : mapping of str to Exercise
        By id.
    """
    held: dict[tuple[str, int, int], tuple[str, Part]] = {}
    for one in marked:
        for name, made in one.exercises.items():
            for span in made.spans:
                gold = span.gold
                if not gold.borderline:
                    place = (name, gold.start, gold.end)
                    _, people = held.setdefault(place, (gold.category, Part()))
                    people.add(yes=span.given is None)
    return _ordered(
        Wording(
            exercise=name,
            phrase=exercises[name].note.text[start:end],
            category=category,
            people=people,
        )
        for (name, start, end), (category, people) in held.items()
        if people.part
    )


def over_flagged(marked: Iterable[Marked], exercises: Mapping[str, Exercise]) -> list[Wording]:
    """Return what somebody marked beyond the agreed phrases, the most often marked first.

    Marks that share words are one wording, shown as most people marked it.

    Parameters
    ----------
    marked : iterable of Marked
        The people.
    exercises : mapping of str to Exercise
        By id.
    """
    asked: Counter[str] = Counter()
    given: dict[str, list[tuple[AnswerSpan, int]]] = {}
    for number, one in enumerate(marked):
        for name, made in one.exercises.items():
            asked[name] += 1
            given.setdefault(name, []).extend((span, number) for span in made.extra)
    return _ordered(
        wording
        for name, spans in given.items()
        for wording in _joined(name, spans, asked[name], exercises[name].note.text)
    )


def _joined(
    name: str, spans: list[tuple[AnswerSpan, int]], asked: int, text: str
) -> Iterator[Wording]:
    spans = sorted(spans, key=lambda one: (one[0].start, one[0].end))
    while spans:
        end, held = spans[0][0].end, [spans.pop(0)]
        while spans and spans[0][0].start < end:
            held.append(spans.pop(0))
            end = max(end, held[-1][0].end)
        places = Counter((span.start, span.end) for span, _ in held)
        (first, last), _ = min(places.items(), key=lambda one: (-one[1], one[0]))
        kinds = Counter(span.category for span, _ in held)
        category, _ = min(kinds.items(), key=lambda one: (-one[1], one[0]))
        yield Wording(
            exercise=name,
            phrase=text[first:last],
            category=category,
            people=Part(len({number for _, number in held}), asked),
        )


def _ordered(wordings: Iterable[Wording]) -> list[Wording]:
    return sorted(
        wordings,
        key=lambda w: (-w.people.part, -w.people.part / w.people.whole, w.exercise, w.phrase),
    )
