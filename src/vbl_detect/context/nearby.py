"""Who the words are about, told by what stands in them or just beside them."""

from __future__ import annotations

from vbl_detect.context.grammar import is_oblique
from vbl_detect.context.mentions import Mention
from vbl_detect.context.pronouns import resolve_pronoun
from vbl_detect.context.reading import Reading
from vbl_detect.context.words import (
    DETERMINERS,
    OBJECT_PRONOUNS,
    POSSESSIVE_PRONOUNS,
    POSSESSIVES,
    QUOTATION_MARKS,
    SUBJECT_PRONOUNS,
)

_TO_BE = ["to", "be"]
#: Before whom somebody goes to or stays with.
_GOALS = frozenset("to with towards into".split())
#: Before whom somebody is only likened to.
_LIKE = frozenset("like of than".split())
#: "called the defendant a liar".
_NAMING = frozenset(
    "call calls called calling brand brands branded branding label labels labelled labelling deem "
    "deems deemed dub dubbed consider considers considered find finds found".split()
)
#: People other than suspects are taken for the subject only so near before the words.
_NEAR_SUBJECT = 5
#: A pronoun is the subject of the words if it stands among the first so many of them.
_OPENING = 3
#: "the man who": the person may stand this far before the relative.
_NEAR_RELATIVE = 6


def who_stands_beside(reading: Reading, start: int) -> Mention | None:
    """Return who stands just before the words: "the suspect's story", "the suspect as a liar"."""
    words = reading.words
    edge = start
    if words[edge - 1 : edge] in (["a"], ["an"]):
        named = reading.mention_at(edge - 2) if edge > 1 else None
        return named if named is not None and _is_named(reading, named) else None
    while edge and (words[edge - 1] in POSSESSIVES or words[edge - 1] == "as"):
        edge -= 1
    mention = reading.mention_at(edge - 1) if edge else None
    if mention is None or mention.role in ("document", "police") or mention.end > start:
        return None
    if mention.role == "victim":
        return None if is_oblique(reading, mention.start) else mention  # "mother of misper"
    if edge == start and (_is_goal(reading, mention) or _is_compared(reading, mention)):
        return None
    return mention if mention.role == "suspect" else None


def _is_named(reading: Reading, mention: Mention) -> bool:
    """Tell whether a suspect is called something: "called the defendant a liar"."""
    start = mention.start
    while start and reading.words[start - 1] in DETERMINERS:
        start -= 1
    return mention.role == "suspect" and not _NAMING.isdisjoint(reading.words[start - 1 : start])


def _is_goal(reading: Reading, mention: Mention) -> bool:
    """Tell whether somebody goes to a person, or is with them: "went back to Sinead F"."""
    named = reading.mention_at(mention.start - 1) if mention.start else None
    start = mention.start if named is None else named.start
    before = [word for word in reading.words[max(0, start - 2) : start] if word not in DETERMINERS]
    return before[-1:] != [] and before[-1] in _GOALS


def _is_compared(reading: Reading, mention: Mention) -> bool:
    """Tell whether somebody is only likened to a person: "like a man", "the air of a man"."""
    start = mention.start
    if {"a", "an"}.isdisjoint(reading.words[start - 1 : start + 1]):
        return False
    return not _LIKE.isdisjoint(reading.words[max(0, start - 2) : start])


def own_pronoun(reading: Reading, start: int, end: int) -> int | None:
    """Return where a pronoun stands that says whom the words are about: in them or before them."""
    words = reading.words
    before = words[start - 1] if start else ""
    if before in QUOTATION_MARKS and start > 1 and words[start - 2] in POSSESSIVE_PRONOUNS:
        return start - 2  # S1 is her "boyfriend"
    if words[start] in POSSESSIVE_PRONOUNS and not is_oblique(reading, start):
        return start
    if before in POSSESSIVE_PRONOUNS or before in OBJECT_PRONOUNS:
        return start - 1
    for at in range(start - 2, max(start - _NEAR_SUBJECT, 0), -1):
        follows = words[at + 1 : at + 3]
        if words[at] in OBJECT_PRONOUNS and (follows[0] in ("as", "being") or follows == _TO_BE):
            return at
    if start and (before in SUBJECT_PRONOUNS or reading.mention_at(start - 1) is not None):
        end = min(end, start + 1)  # "the suspect claims he": they have their subject
    if {"he", "she"}.issubset(words[start:end]):
        return None  # "he said she said"
    return next(
        (at for at in range(start, min(end, start + _OPENING)) if words[at] in SUBJECT_PRONOUNS),
        None,
    )


def _is_denied(reading: Reading, mention: Mention) -> bool:
    """Tell whether somebody is named to be ruled out: "the man, not the girl, who"."""
    return "not" in reading.words[max(0, mention.start - 2) : mention.start]


def before_relative(reading: Reading, first: int, relative: int) -> Mention | None:
    """Return who stands before a relative, from a sentence's start on: "the man who"."""
    for position in range(relative - 1, max(first, relative - _NEAR_RELATIVE) - 1, -1):
        mention = reading.mention_at(position)
        if mention is not None and not _is_denied(reading, mention):
            return mention
        if reading.words[position] in SUBJECT_PRONOUNS:
            return resolve_pronoun(reading, position)  # "he's the one who"
    return None
