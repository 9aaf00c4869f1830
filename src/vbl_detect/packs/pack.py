"""A pack: exercises in order, whether their answers come with them, and the words of both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from vbl_detect.exercises import Exercise, as_record
from vbl_detect.lexicon import Category
from vbl_detect.records import Context

Mode: TypeAlias = Literal["practice", "assessment"]

#: Source: docs/annotation.md, "context".
CONTEXT_TITLES: Mapping[Context, str] = {
    "asserted": "Asserted: the author's own wording, or adopted by the author",
    "reported": "Reported: another professional's or a parent's wording, not adopted",
    "quoted": "Quoted: the victim's, a suspect's or a witness's own words",
    "negated": "Negated: the author denies or corrects it",
    "mention": "Mention: talk about the wording itself",
    "other-subject": "Other subject: about a suspect, an agency or a third party",
}
_SHORT = {
    "thrive": "THRIVE",
    "ppn": "PPN",
    "cse": "CSE",
    "cce": "CCE",
    "da": "DA",
    "email": "E-mail",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Exercises for one course.

    Attributes
    ----------
    exercises : tuple of Exercise
        In the order in which they are shown.
    mode : {"practice", "assessment"}
        Whether the answers are shown at once, or are in another file.
    title : str
        The heading.
    categories : mapping of str to Category
        All categories, by slug.
    fictional : bool
        Whether nobody real is in it; False for exercises from one's own records.
    """

    exercises: tuple[Exercise, ...]
    mode: Mode
    title: str
    categories: Mapping[str, Category]
    fictional: bool = True

    @property
    def id(self) -> str:
        """Twelve hex digits that stand for the exercises and the mode."""
        told = json.dumps([self.mode, *map(as_record, self.exercises)], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    @property
    def origin(self) -> str:
        """Where the notes come from, in a sentence that whoever works with the pack should read."""
        if self.fictional:
            return "All notes are fictional."
        return (
            "The sentences come from real records, and the answers are a program's: handle them as "
            "you handle the records, masked or not, and read them with doubt."
        )


def note_type_title(slug: str) -> str:
    """Return a note's type as a person writes it: ``cse-review`` is "CSE review".

    Parameters
    ----------
    slug : str
        The type's slug.
    """
    words = " ".join(_SHORT.get(word, word) for word in slug.split("-"))
    return words[:1].upper() + words[1:]
