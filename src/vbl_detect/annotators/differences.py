"""Places that readers marked, and how their marks differ there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from vbl_detect.annotators.panel import Panel, PanelNote
from vbl_detect.gold import GoldSpan
from vbl_detect.sentences import sentence_bounds

#: Missed: somebody marked nothing there.
Kind = Literal["missed", "category", "context", "extent", "borderline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of a note in which marks of one reader or several overlap.

    Attributes
    ----------
    note : PanelNote
        The note.
    start, end : int
        Half-open offsets of the whole stretch.
    readings : mapping of str to tuple of GoldSpan
        What each reader of the note marked there; an empty tuple: nothing.
    """

    note: PanelNote
    start: int
    end: int
    readings: Mapping[str, tuple[GoldSpan, ...]]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What the readers differ in; empty where they agree."""
        marked = [spans for spans in self.readings.values() if spans]
        differing: list[Kind] = [
            kind
            for kind, value in _VALUES.items()
            if len({frozenset(map(value, spans)) for spans in marked}) > 1
        ]
        return (*(("missed",) if len(marked) < len(self.readings) else ()), *differing)

    @property
    def phrase(self) -> str:
        """The text of the stretch."""
        return self.note.text[self.start : self.end]


_VALUES: dict[Kind, Callable[[GoldSpan], object]] = {
    "category": lambda span: span.category,
    "context": lambda span: span.context,
    "extent": lambda span: (span.start, span.end),
    "borderline": lambda span: span.borderline,
}


def places(note: PanelNote) -> Iterator[Place]:
    """Yield the note's places in order.

    Parameters
    ----------
    note : PanelNote
        A note with two readers or more.
    """
    spans = sorted((s for of in note.spans.values() for s in of), key=lambda s: (s.start, s.end))
    bounds: list[tuple[int, int]] = []
    for span in spans:
        if bounds and span.start < bounds[-1][1]:
            bounds[-1] = (bounds[-1][0], max(bounds[-1][1], span.end))
        else:
            bounds.append((span.start, span.end))
    for start, end in bounds:
        readings = {
            reader: tuple(span for span in of if start <= span.start < end)
            for reader, of in note.spans.items()
        }
        yield Place(note=note, start=start, end=end, readings=readings)


def differences(panel: Panel) -> list[Place]:
    """Return the places on which readers differ, by note and offset."""
    return [place for note in panel.notes for place in places(note) if place.kinds]


def sentence_around(place: Place) -> tuple[int, int]:
    """Return half-open offsets of the sentences that hold a place.

    Parameters
    ----------
    place : Place
        The place.
    """
    bounds = [
        (start, end)
        for start, end in sentence_bounds(place.note.text)
        if start < place.end and place.start < end
    ]
    return (bounds[0][0], bounds[-1][1]) if bounds else (place.start, place.end)
