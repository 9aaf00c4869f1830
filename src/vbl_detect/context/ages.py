"""Who is grown up: ages that follow a name or a pronoun."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vbl_detect.context.reading import Mention
from vbl_detect.context.words import PRONOUNS, SUBJECT_PRONOUNS

CHILD_FROM, ADULT_FROM, ADULT_TO = 1, 18, 90
#: What may stand between somebody and their age: "Marlon (31)", "Y is 31", "Lily, 14".
_BEFORE_AGE = frozenset({"(", ",", '"', "\u201d", "is", "was", "aged", "'s", "\u2019s"})
_VERBS = frozenset({"is", "was", "'s", "\u2019s"})
#: After a verb the number must be the end of what is said of them: "is 31 and has", "is 31.".
_AFTER_AGE = frozenset(". , ; : and with who but so now - ) years yrs yo ( or today".split())
_IN_WORDS = {"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_CHILD_WORDS = frozenset(
    "child children girl girls boy boys yp lad lads pupil pupils schoolgirl schoolboy teen "
    "teenager baby daughter son".split()
)
_YEARS = frozenset("yo y/o yr yrs year years f m yof yom".split())


def _is_fact(words: Sequence[str], position: int) -> bool:
    """Tell whether a pronoun begins a clause: "He is 26", unlike "thinks he is 26"."""
    if words[position][0].isupper() or not position:
        return True
    before = words[position - 1].lower()
    return not before.isalpha() or before in ("and", "but", "as", "because", "since")


def is_adult(age: int | None) -> bool:
    """Tell whether an age is a grown-up's."""
    return age is not None and ADULT_FROM <= age < ADULT_TO


def age_after(words: Sequence[str], position: int) -> int | None:
    """Return the age that follows a name or pronoun: "Marlon (31)", "Dean H, 24", "Y is 31"."""
    at = position + 1
    if at < len(words) and words[at][:1].isupper() and words[position][:1].isupper():
        at += 1  # a surname, or its initial
    mark, age, after = (*words[at : at + 3], "", "", "")[:3]
    if mark not in _BEFORE_AGE:
        return None
    if mark in _VERBS and after and after not in _AFTER_AGE:
        return None
    if age.isdecimal() and len(age) <= 2:  # noqa: PLR2004 - two digits
        return int(age)
    return _IN_WORDS.get(age) if mark in _VERBS else None


def has_child(words: Sequence[str]) -> bool:
    """Tell whether a note speaks of a child, by a word or by an age."""
    if not _CHILD_WORDS.isdisjoint(word.lower() for word in words):
        return True
    return any(
        second.isdecimal()
        and len(second) <= 2  # noqa: PLR2004 - two digits
        and CHILD_FROM <= int(second) < ADULT_FROM
        and (first in ("(", "aged", "is") or (first == "," and second != "1"))
        for first, second in pairwise(words)
    ) or any(
        first.isdecimal() and CHILD_FROM <= int(first) < ADULT_FROM and second.lower() in _YEARS
        for first, second in pairwise(words)
    )


def find_aged(words: Sequence[str]) -> list[Mention]:
    """Return the pronouns that a note gives an age, where it speaks of a child: "He is 26"."""
    aged = [
        (position, age)
        for position, word in enumerate(words)
        if word.lower() in SUBJECT_PRONOUNS
        and (age := age_after(words, position)) is not None
        and (age != ADULT_FROM and _is_fact(words, position))
    ]
    if not aged or not has_child(words):
        return []
    return [
        Mention(at, at + 1, "suspect" if is_adult(age) else "victim", *PRONOUNS[words[at].lower()])
        for at, age in aged
        if age < ADULT_TO
    ]
