"""What a noun does in its sentence: governed by a preposition, an owner, or said of somebody."""

from __future__ import annotations

from vbl_detect.context.mentions import Mention
from vbl_detect.context.reading import Reading
from vbl_detect.context.words import (
    AFTER_IS,
    CLAUSE_WORDS,
    COPULAS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
)

#: "is the main dealer": so many words from the verb to the noun.
_LONGEST_COMPLEMENT = 3


def is_oblique(reading: Reading, position: int) -> bool:
    """Tell whether a preposition governs the noun at a position."""
    words = reading.words
    before = words[position - 1] if position else ""
    if (before in DETERMINERS or before in POSSESSIVES) and position > 1:
        before = words[position - 2]
    return before in PREPOSITIONS


def is_possessor(reading: Reading, mention: Mention) -> bool:
    """Tell whether a mention is in the possessive: "the suspect's phone"."""
    words = reading.words
    if mention.end >= len(words) or words[mention.end] not in POSSESSIVES:
        return False
    after = words[mention.end + 1] if mention.end + 1 < len(words) else ""
    return after not in AFTER_IS  # "Dad's a liar": it stands for "is"


def is_complement(reading: Reading, position: int) -> bool:
    """Tell whether a noun says what somebody is: "he is a dealer", "seems the ringleader"."""
    first, _ = reading.sentence_range(reading.sentence_at(position))
    if reading.words[position - 1 : position] in (["a"], ["an"], ["also"], ["quite"]):
        return True
    for at in range(position - 1, max(position - _LONGEST_COMPLEMENT, first) - 1, -1):
        word = reading.words[at]
        if word in COPULAS and not (word in POSSESSIVES and reading.mention_at(at - 1)):
            return True
        if reading.is_mark(at) or (word in CLAUSE_WORDS and word != "but"):
            return False
    return False
