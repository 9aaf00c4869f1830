"""Mark a person's answer against the agreed one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.records import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSpan:
    """A phrase that a person marked; half-open offsets in code points of the note's text."""

    start: int
    end: int
    category: str
    context: Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a person marked in one exercise; no spans: nothing to mark.

    Attributes
    ----------
    id : str
        The exercise.
    spans : tuple of AnswerSpan
        What was marked.
    rewriting : str, optional
        What the person wrote in the place of the stretch that was to be rewritten; None: that was
        not the task.
    """

    id: str
    spans: tuple[AnswerSpan, ...] = ()
    rewriting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanMark:
    """One agreed phrase, and the person's phrase that stands for it.

    Attributes
    ----------
    gold : GoldSpan
        The agreed phrase.
    given : AnswerSpan or None
        The person's phrase that shares most with it; None: it was missed.
    """

    gold: GoldSpan
    given: AnswerSpan | None

    @property
    def exact(self) -> bool:
        """Whether the same words are marked."""
        return self.given is not None and (self.given.start, self.given.end) == (
            self.gold.start,
            self.gold.end,
        )

    @property
    def category_right(self) -> bool:
        """Whether the category is the agreed one."""
        return self.given is not None and self.given.category == self.gold.category

    @property
    def context_right(self) -> bool:
        """Whether the context is the agreed one."""
        return self.given is not None and self.given.context == self.gold.context


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseMarks:
    """An answer beside the agreed one.

    Attributes
    ----------
    id : str
        The exercise.
    spans : tuple of SpanMark
        One for each agreed phrase. A borderline one that was missed is no fault.
    extra : tuple of AnswerSpan
        What the person marked beyond them.
    """

    id: str
    spans: tuple[SpanMark, ...]
    extra: tuple[AnswerSpan, ...]

    @property
    def missed(self) -> tuple[GoldSpan, ...]:
        """The agreed phrases that were not marked, without the borderline ones."""
        return tuple(m.gold for m in self.spans if m.given is None and not m.gold.borderline)

    @property
    def right(self) -> bool:
        """Whether everything was found with its category and context, and nothing beyond it."""
        found = all(m.category_right and m.context_right for m in self.spans if m.given)
        return found and not self.missed and not self.extra


def mark(note: GoldNote, answer: Answer) -> ExerciseMarks:
    """Return an answer's marks: each phrase stands for one agreed phrase, the largest share first.

    Parameters
    ----------
    note : GoldNote
        The exercise's note, with the agreed phrases.
    answer : Answer
        What the person marked in it.
    """
    pairs = sorted(
        (
            (-_shared(gold, given), i, j)
            for i, gold in enumerate(note.spans)
            for j, given in enumerate(answer.spans)
            if _shared(gold, given) > 0
        ),
    )
    of_gold: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in of_gold and j not in taken:
            of_gold[i] = j
            taken.add(j)
    return ExerciseMarks(
        id=note.id,
        spans=tuple(
            SpanMark(gold=gold, given=answer.spans[of_gold[i]] if i in of_gold else None)
            for i, gold in enumerate(note.spans)
        ),
        extra=tuple(_left(answer.spans, taken)),
    )


def _left(spans: Iterable[AnswerSpan], taken: set[int]) -> Iterable[AnswerSpan]:
    return (span for j, span in enumerate(spans) if j not in taken)


def _shared(gold: GoldSpan, given: AnswerSpan) -> int:
    return min(gold.end, given.end) - max(gold.start, given.start)
