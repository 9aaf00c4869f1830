"""The agreed answer: what most readers marked alike, and what a person decided."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from vbl_detect.annotators.decisions import Decision, key_of
from vbl_detect.annotators.differences import Place, places
from vbl_detect.annotators.panel import NOBODY, Panel, PanelNote
from vbl_detect.gold import GoldSpan

How = Literal["all", "majority", "decided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What holds at a place.

    Attributes
    ----------
    place : Place
        Where, and who marked what.
    spans : tuple of GoldSpan
        The answer, to the letter one reader's marks; empty: nothing is to be marked.
    how : {"all", "majority", "decided"}
        How it came about.
    by : tuple of str
        The readers who marked just this.
    decided_by : str
        The person who decided, if the sheet names one.
    """

    place: Place
    spans: tuple[GoldSpan, ...]
    how: How
    by: tuple[str, ...]
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudication:
    """The agreed answer to a panel's notes.

    Attributes
    ----------
    agreed : tuple of (PanelNote, tuple of Answer)
        The notes in which every place has an answer.
    to_decide : tuple of Place
        Every place without a majority, those that are decided included.
    n_open : int
        How many of these still wait for a person.
    n_waiting : int
        The notes that wait for them.
    """

    agreed: tuple[tuple[PanelNote, tuple[Answer, ...]], ...]
    to_decide: tuple[Place, ...]
    n_open: int
    n_waiting: int


def adjudicate(panel: Panel, decisions: Mapping[str, Decision]) -> Adjudication:
    """Return what the readers agree on, and what a person has to decide.

    A place is agreed if more than half of those who labelled the note marked it alike: extent,
    category, context and borderline. That most marked nothing decides nothing, since a single
    careful reader may have seen what the others missed.

    Parameters
    ----------
    panel : Panel
        The notes and their readers.
    decisions : mapping of str to Decision
        By the place's key, as `vbl_detect.annotators.decisions.key_of` gives it.
    """
    agreed: list[tuple[PanelNote, tuple[Answer, ...]]] = []
    to_decide: list[Place] = []
    n_open = 0
    for note in panel.notes:
        answers: list[Answer] = []
        waiting = 0
        for place in places(note):
            answer = majority(place)
            if answer is None:
                to_decide.append(place)
                answer = _decided(place, decisions.get(key_of(place)))
            if answer is None:
                waiting += 1
            else:
                answers.append(answer)
        n_open += waiting
        if not waiting:
            agreed.append((note, tuple(answers)))
    return Adjudication(
        agreed=tuple(agreed),
        to_decide=tuple(to_decide),
        n_open=n_open,
        n_waiting=len(panel.notes) - len(agreed),
    )


def majority(place: Place) -> Answer | None:
    """Return what more than half of the readers marked alike, or None."""
    [(spans, number)] = Counter(place.readings.values()).most_common(1)
    if not spans or 2 * number <= len(place.readings):
        return None
    how: How = "all" if number == len(place.readings) else "majority"
    return Answer(place=place, spans=spans, how=how, by=_readers_of(place, spans))


def as_lines(adjudication: Adjudication, readers: Sequence[str]) -> Iterator[str]:
    """Yield the agreed notes as labelled notes, one JSON object each, with how they came about.

    Parameters
    ----------
    adjudication : Adjudication
        What was agreed.
    readers : sequence of str
        All readers of the panel.
    """
    for note, answers in adjudication.agreed:
        record: dict[str, Any] = {
            "id": note.id,
            "note_type": note.note_type,
            "text": note.text,
            "spans": [asdict(span) for answer in answers for span in answer.spans],
            "adjudication": {
                "readers": [reader for reader in readers if reader in note.spans],
                "places": [_provenance(answer) for answer in answers],
            },
        }
        yield json.dumps(record)


def _provenance(answer: Answer) -> dict[str, Any]:
    place = answer.place
    told: dict[str, Any] = {
        "start": place.start,
        "end": place.end,
        "how": answer.how,
        "by": list(answer.by),
        "spans": len(answer.spans),
    }
    return told | ({"decided_by": answer.decided_by} if answer.decided_by else {})


def _decided(place: Place, decision: Decision | None) -> Answer | None:
    if decision is None:
        return None
    spans = () if decision.choice == NOBODY else place.readings[decision.choice]
    return Answer(
        place=place,
        spans=spans,
        how="decided",
        by=_readers_of(place, spans),
        decided_by=decision.decided_by,
    )


def _readers_of(place: Place, spans: tuple[GoldSpan, ...]) -> tuple[str, ...]:
    return tuple(reader for reader, reading in place.readings.items() if reading == spans)
