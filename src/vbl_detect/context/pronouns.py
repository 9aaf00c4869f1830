"""Whom a pronoun stands for: by gender, number, nearness and role."""

from __future__ import annotations

from vbl_detect.context.grammar import is_oblique, is_possessor
from vbl_detect.context.reading import Mention, Reading
from vbl_detect.context.words import (
    PRONOUNS,
)
from vbl_detect.lexicon import Gender

#: How many sentences back a pronoun's person may stand.
FARTHEST = 6
#: Whoever leads a sentence stays the subject of so many more that begin with a pronoun.
_LONGEST_TOPIC = 4
#: A mention so many words into its sentence still counts as standing where the subject does.
_LEADING = 2


def resolve_pronoun(reading: Reading, position: int) -> Mention | None:
    """Return whom the pronoun at a position stands for, or None: the person at risk.

    The nearest fitting mention wins; one that leads its sentence, or is the person at risk, counts
    as nearer, one behind a preposition or in the possessive as farther.
    """
    own = reading.mention_at(position)
    if own is not None:
        return own  # "He is 26": the note says who "he" is
    sentence = reading.sentence_at(position)
    best: tuple[float, Mention] | None = None
    for mention in reading.mentions:
        if mention.start >= position:
            break
        apart = sentence - reading.sentence_at(mention.start)
        if not _may_stand_for(reading, position, mention, apart):
            continue
        score = -float(apart) + 0.8 * _leads(reading, mention)
        score -= 0.6 * (is_oblique(reading, mention.start) + is_possessor(reading, mention))
        score += 0.5 * (mention.role == "victim")
        if best is None or score >= best[0]:
            best = (score, mention)
    if best is None and _is_someone_else(reading, position):
        gender, number = PRONOUNS[reading.words[position]]
        return Mention(position, position + 1, "suspect", gender, number)
    return None if best is None else best[1]


def _is_someone_else(reading: Reading, position: int) -> bool:
    """Tell whether a pronoun cannot stand for the person at risk, by its gender."""
    gender, _ = PRONOUNS[reading.words[position]]
    theirs = reading.victim_gender
    if gender == "any" or theirs in (None, gender):
        return False
    of = [PRONOUNS.get(word, ("any", "any"))[0] for word in reading.words]
    return of.count(gender) < of.count(theirs)


def _may_stand_for(reading: Reading, position: int, mention: Mention, apart: int) -> bool:
    gender, number = PRONOUNS[reading.words[position]]
    if mention.role in ("document", "police", "thing") or apart > FARTHEST:
        return False
    if number == "one" and mention.number == "many":
        return False
    if gender == "any":
        return mention.role == "victim" or mention.number == "many"
    own = _gender(reading, mention)
    return own in ("any", gender) and (
        mention.role == "victim" or _is_rival(reading, mention, gender, apart)
    )


def _is_rival(reading: Reading, mention: Mention, gender: Gender, apart: int) -> bool:
    """Tell whether a pronoun may stand for somebody else than the person at risk.

    Where it may stand for both, it does so only for a suspect just before it, in the lead.
    """
    may_be_victim = reading.victim_gender in (None, gender)
    if mention.role == "suspect":
        return not may_be_victim or (
            _leads(reading, mention) and _goes_on_about(reading, mention, gender, apart)
        )
    own = _gender(reading, mention)
    return not may_be_victim and own == gender and apart <= 1


def _goes_on_about(reading: Reading, mention: Mention, gender: Gender, apart: int) -> bool:
    """Tell whether every sentence after a mention's begins with a pronoun for them."""
    number = reading.sentence_at(mention.start)
    between = (reading.sentence_range(number + step)[0] for step in range(1, apart))
    return apart <= _LONGEST_TOPIC and all(
        PRONOUNS.get(reading.words[first], ("any", "any"))[0] == gender for first in between
    )


def _gender(reading: Reading, mention: Mention) -> Gender:
    gender = reading.gender_of(mention)
    if gender != "any":
        return gender
    if mention.role == "victim":
        return reading.victim_gender or "any"
    return "m" if mention.role == "suspect" else "any"


def _leads(reading: Reading, mention: Mention) -> bool:
    """Tell whether a mention stands where a sentence's subject does."""
    first, _ = reading.sentence_range(reading.sentence_at(mention.start))
    return mention.start - first <= _LEADING
