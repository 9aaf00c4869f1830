"""The figures of one system apart: by category, by note type, by part of the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vbl_detect.context_shares import Share
from vbl_detect.evaluation.levels import Agreement, agreement, overlap
from vbl_detect.gold import GoldNote
from vbl_detect.marks import Marks


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """One category.

    Attributes
    ----------
    spans : Agreement
        By span: a mark is right if it names the category and lies on a counted span of it.
    named : Share
        Of its counted spans that draw a mark of any category, those that draw one of this.
    """

    spans: Agreement
    named: Share


def by_category(
    notes: Sequence[GoldNote], marks: Marks, categories: Sequence[str]
) -> dict[str, CategoryFigures]:
    """Return precision, recall and F1 of spans, and how often the category is right, by category.

    Parameters
    ----------
    notes : sequence of GoldNote
        The gold, of length n_notes.
    marks : Marks
        What the system marks as counted, of length n_notes.
    categories : sequence of str
        The slugs.
    """
    figures = {}
    for category in categories:
        gold = [
            replace(
                note,
                spans=tuple(s for s in note.spans if s.borderline or s.category == category),
            )
            for note in notes
        ]
        own = [[mark for mark in marked if mark.category == category] for marked in marks]
        figures[category] = CategoryFigures(
            agreement(gold, own, "span"), _named(notes, marks, category)
        )
    return figures


def _named(notes: Sequence[GoldNote], marks: Marks, category: str) -> Share:
    named = [
        {mark.category for mark in marked if overlap(mark, span)}
        for note, marked in zip(notes, marks, strict=True)
        for span in note.spans
        if span.counts and span.category == category
    ]
    found = [categories for categories in named if categories]
    return Share(sum(category in categories for categories in found), len(found))


def by_group(
    notes: Sequence[GoldNote], marks: Marks, groups: Sequence[str]
) -> dict[str, Agreement]:
    """Return precision, recall and F1 by sentence for each group of notes, in order of name.

    Parameters
    ----------
    notes, marks
        As for `by_category`.
    groups : sequence of str
        Each note's group, of length n_notes.
    """
    figures = {}
    for name in sorted(set(groups)):
        places = [place for place, group in enumerate(groups) if group == name]
        figures[name] = agreement(
            [notes[place] for place in places], [marks[place] for place in places], "sentence"
        )
    return figures
