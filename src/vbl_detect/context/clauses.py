"""Where the clauses of a sentence begin and end, asides passed over."""

from __future__ import annotations

from vbl_detect.context.reading import Reading
from vbl_detect.context.words import (
    ASIDES,
    CLAUSE_WORDS,
    DETERMINERS,
    RELATIVES,
    SUBJECT_PRONOUNS,
)

#: A bracket of no more words does not end a clause.
_SHORT_BRACKET = 5
_BEFORE_EXCEPT = frozenset("all nothing anything everything nobody none".split())


def clause_starts(reading: Reading, first: int, start: int) -> list[int]:
    """Return where the clauses of a sentence start, up to `start`, the last one first."""
    found = [first]
    position = first
    while position < start:
        word = reading.words[position]
        closing = _closing_bracket(reading, position) or _closing_comma(reading, position)
        if closing is not None and closing < start:
            position = closing
        elif word in RELATIVES:
            found.append(position)
        elif (
            reading.is_mark(position)
            or (word in CLAUSE_WORDS and not _is_all_but(reading, position))
            or _joins_clauses(reading, position)
        ):
            found.append(position + 1)
        position += 1
    return [position for position in found[::-1] if position < start]


def same_clause(reading: Reading, start: int, end: int) -> bool:
    """Tell whether no clause ends between two positions.

    An age in brackets and an aside of one word end none; an "and" with a subject of its own
    begins one: "asked if she was ok and she left".
    """
    words, position = reading.words, start
    while position < end:
        word, closing = words[position], words[position + 2 : position + 3]
        aside = word == "," and words[position + 1] in ASIDES
        if (word == "(" and closing == [")"]) or (aside and closing == [","]):
            position += 3
            continue
        adds = word == "and" and position + 1 < end and words[position + 1] in SUBJECT_PRONOUNS
        if adds or word in CLAUSE_WORDS or reading.is_mark(position):
            return False
        position += 1
    return True


def _is_all_but(reading: Reading, position: int) -> bool:
    """Tell whether a "but" excepts, and joins no clause: "he's all but a man"."""
    words = reading.words
    return words[position] == "but" and position > 0 and words[position - 1] in _BEFORE_EXCEPT


def _joins_clauses(reading: Reading, position: int) -> bool:
    """Tell whether an "and" joins clauses, and not two people: "she and S1"."""
    words = reading.words
    if words[position] != "and":
        return False
    is_person = words[position - 1] in SUBJECT_PRONOUNS or reading.mention_at(position - 1)
    return not (is_person and reading.mention_at(position + 1))


def _closing_bracket(reading: Reading, position: int) -> int | None:
    """Return where a short bracket closes that opens at a position: "Mother (28) has ..."."""
    if reading.words[position] != "(":
        return None
    bracket = reading.words[position : position + _SHORT_BRACKET]
    return position + bracket.index(")") if ")" in bracket else None


def _closing_comma(reading: Reading, position: int) -> int | None:
    """Return where an aside closes that opens at a comma: "the suspect, her son, has ..."."""
    words = reading.words
    if words[position] != ",":
        return None
    last = min(position + _SHORT_BRACKET, len(words))
    closing = next((at for at in range(position + 1, last) if words[at] == ","), None)
    if closing is None:
        return None
    rest = [
        word
        for at, word in enumerate(words[position + 1 : closing], position + 1)
        if reading.mention_at(at) is None and word not in DETERMINERS
    ]
    is_aside = all(word.isdecimal() or word in ASIDES for word in rest)
    return closing if closing > position + 1 and is_aside else None
