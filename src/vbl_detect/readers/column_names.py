"""What the names of columns say: whether one holds notes, or the record's reference."""

from __future__ import annotations

import re
from enum import IntEnum

#: Names of columns that hold notes, as records systems and their exports call them.
TEXT_NAMES = frozenset(
    {
        "assessment", "body", "case note", "case notes", "circumstances", "comment", "comments",
        "content", "description", "detail", "details", "entries", "entry", "entry text",
        "free text", "freetext", "full text", "investigation log", "log", "log entry", "log text",
        "message", "narrative", "narrative text", "note", "note text", "notes", "notes text",
        "observations", "oel", "oel entry", "oel text", "rationale", "remarks", "review",
        "review text", "reviews", "summary", "supervisor review", "text", "update", "updates",
    }
)  # fmt: skip

#: Names of columns that hold the record's reference, the best first: that of the record, then
#: that of the single entry.
ID_NAMES = (
    "record ref", "record reference", "record id", "record number", "record no", "ref",
    "reference", "ref no", "reference no", "reference number", "urn", "occurrence number",
    "occurrence no", "occurrence ref", "occurrence id", "crime ref", "crime reference",
    "crime number", "crime no", "misper ref", "misper id", "niche ref", "niche id",
    "case number", "case no", "case ref", "case reference", "case id", "incident number",
    "incident ref", "event number", "log number", "id", "entry id", "entry ref", "entry number",
    "note id", "identifier",
)  # fmt: skip

_TEXT_WORDS = frozenset(
    {
        "assessment", "circumstances", "comment", "comments", "description", "detail",
        "details", "entry", "log", "narrative", "note", "notes", "observations", "rationale",
        "remarks", "review", "summary", "text", "update", "updates",
    }
)  # fmt: skip
_STRONG_LAST_WORDS = frozenset(
    {
        "comment", "comments", "narrative", "note", "notes", "observations", "rationale",
        "remarks", "review", "text",
    }
)  # fmt: skip
_ID_LAST_WORDS = frozenset(["ref", "reference", "id", "urn", "number", "no", "num"])
# A column with one of these in its name says something about the note, the person or the place.
_OTHER_WORDS = frozenset(
    {
        "address", "age", "author", "by", "category", "code", "collar", "count", "date", "day",
        "dob", "email", "flag", "gender", "grade", "hash", "house", "length", "level",
        "location", "mobile", "month", "name", "nhs", "offence", "officer", "outcome", "path",
        "phone", "postcode", "rank", "reviewer", "row", "school", "score", "sex", "shift",
        "staff", "station", "status", "team", "tel", "telephone", "time", "title", "type",
        "unit", "url", "user", "version", "ward", "website", "year",
    }
)  # fmt: skip

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_A_WORD = re.compile(r"[\W_]+")


class Promise(IntEnum):
    """How much a column's name promises that it holds notes."""

    UNLIKELY = -1
    UNKNOWN = 0
    LIKELY = 1
    CERTAIN = 2


def plain_name(name: str) -> str:
    """Return a column's name in lower case, its words parted by single spaces, without a number.

    Parameters
    ----------
    name : str
        The name as the source writes it: ``"EntryText"``, ``"entry_text"``, ``"Entry text (2)"``.
    """
    words = _NOT_A_WORD.sub(" ", _CAMEL.sub(" ", name)).casefold().split()
    while len(words) > 1 and words[-1].isdecimal():
        words.pop()
    return " ".join(words)


def promise_of_text(name: str) -> Promise:
    """Return how much a column's name promises notes.

    Parameters
    ----------
    name : str
        The column's name.
    """
    plain = plain_name(name)
    if plain in TEXT_NAMES:
        return Promise.CERTAIN
    words = plain.split()
    if words and words[-1] in _STRONG_LAST_WORDS:
        return Promise.LIKELY
    if plain in ID_NAMES or names_something_else(name) or (words and words[-1] in _ID_LAST_WORDS):
        return Promise.UNLIKELY
    return Promise.UNKNOWN if _TEXT_WORDS.isdisjoint(words) else Promise.LIKELY


def names_something_else(name: str) -> bool:
    """Tell whether a name is of a date, a person, a place: neither a note nor a reference.

    Parameters
    ----------
    name : str
        The column's name.
    """
    return not _OTHER_WORDS.isdisjoint(plain_name(name).split())


def id_rank(name: str) -> int | None:
    """Return how good a name is for the record's reference, 0 the best; None if it is not one.

    Parameters
    ----------
    name : str
        The column's name.
    """
    plain = plain_name(name)
    if plain in ID_NAMES:
        return ID_NAMES.index(plain)
    words = plain.split()
    if words and words[-1] in _ID_LAST_WORDS and not names_something_else(name):
        return len(ID_NAMES)
    return None
