"""What is compared, sentence by sentence: does it blame, which category, which context."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from vbl_detect.annotators.panel import Panel
from vbl_detect.gold import GoldSpan
from vbl_detect.sentences import sentence_bounds

Question = Literal["blaming", "category", "context"]
QUESTIONS: tuple[Question, ...] = get_args(Question)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence and its labels.

    Attributes
    ----------
    note : int
        The note's place in the panel.
    labels : mapping of str to str
        By reader; who has no say on the question is left out.
    """

    note: int
    labels: Mapping[str, str]


def units(panel: Panel, question: Question) -> list[Unit]:
    """Return the sentences to which two readers or more have an answer.

    Parameters
    ----------
    panel : Panel
        The notes.
    question : {"blaming", "category", "context"}
        Whether the sentence holds a span that counts, where a sentence with only borderline spans
        has no answer; or which categories, or contexts, its spans have, where only a reader who
        marked one has an answer.
    """
    answer = _ANSWERS[question]
    found = []
    for place, note in enumerate(panel.notes):
        for start, end in sentence_bounds(note.text):
            answers = {
                reader: answer([s for s in spans if s.start < end and start < s.end])
                for reader, spans in note.spans.items()
            }
            labels = {reader: label for reader, label in answers.items() if label is not None}
            if len(labels) > 1:
                found.append(Unit(place, labels))
    return found


def _blaming(spans: Sequence[GoldSpan]) -> str | None:
    if any(span.counts for span in spans):
        return "yes"
    return None if any(span.borderline for span in spans) else "no"


def _categories(spans: Sequence[GoldSpan]) -> str | None:
    return " + ".join(sorted({span.category for span in spans})) or None


def _contexts(spans: Sequence[GoldSpan]) -> str | None:
    return " + ".join(sorted({span.context for span in spans})) or None


_ANSWERS: dict[Question, Callable[[Sequence[GoldSpan]], str | None]] = {
    "blaming": _blaming,
    "category": _categories,
    "context": _contexts,
}
