"""Who a clause is about: pronouns, subjects, and clauses without one."""

from __future__ import annotations

from collections.abc import Iterator

from vbl_detect.context.reading import Mention, Reading
from vbl_detect.context.words import (
    AFTER_IS,
    ASIDES,
    AUTHORS,
    AUXILIARIES,
    CLAUSE_WORDS,
    COPULAS,
    DETERMINERS,
    OBJECT_PRONOUNS,
    POSSESSIVE_PRONOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBJECT_PRONOUNS,
)
from vbl_detect.lexicon import Gender

#: How many sentences back a pronoun's person may stand.
FARTHEST = 6
#: Whoever leads a sentence stays the subject of so many more that begin with a pronoun.
_LONGEST_TOPIC = 4
#: A mention so many words into its sentence still counts as standing where the subject does.
_LEADING = 2
_TO_BE = ["to", "be"]
#: "J's mother": other people than suspects lead their clause if no more words stand before them.
_LED_BY = 3
#: People other than suspects are taken for the subject only so near before the words.
_NEAR_SUBJECT = 5
#: "Mum gives in to him": somebody else, whom the words are done to, stands in them or so near.
_NEAR_OBJECT = 2
#: "is the main dealer": so many words from the verb to the noun.
_LONGEST_COMPLEMENT = 3
#: A pronoun is the subject of the words if it stands among the first so many of them.
_OPENING = 3
#: A bracket of no more words does not end a clause.
_SHORT_BRACKET = 5
#: "the man who": the person may stand this far before the relative.
_NEAR_RELATIVE = 4


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
    if mention.role in ("document", "police") or apart > FARTHEST:
        return False
    if number == "one" and mention.number == "many":
        return False
    if gender == "any":
        return mention.role == "victim" or mention.number == "many"
    own = _gender(mention, reading.victim_gender)
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
    own = _gender(mention, reading.victim_gender)
    return not may_be_victim and own == gender and apart <= 1


def _goes_on_about(reading: Reading, mention: Mention, gender: Gender, apart: int) -> bool:
    """Tell whether every sentence after a mention's begins with a pronoun for them."""
    number = reading.sentence_at(mention.start)
    between = (reading.sentence_range(number + step)[0] for step in range(1, apart))
    return apart <= _LONGEST_TOPIC and all(
        PRONOUNS.get(reading.words[first], ("any", "any"))[0] == gender for first in between
    )


def _gender(mention: Mention, victim_gender: Gender | None) -> Gender:
    if mention.gender != "any":
        return mention.gender
    if mention.role == "victim":
        return victim_gender or "any"
    return "m" if mention.role == "suspect" else "any"


def _leads(reading: Reading, mention: Mention) -> bool:
    """Tell whether a mention stands where a sentence's subject does."""
    first, _ = reading.sentence_range(reading.sentence_at(mention.start))
    return mention.start - first <= _LEADING


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


def subject_of(reading: Reading, start: int, end: int) -> Mention | None:
    """Return whom the words from `start` to `end` are about, or None: the person at risk.

    It is the subject of their clause or, where that has none, of the clauses before it in the
    sentence. Nobody else named inside the words counts: "her boyfriend (26)" is about her.
    """
    own = _own_pronoun(reading, start, end)
    if own is not None:
        return resolve_pronoun(reading, own)
    inside = [reading.mention_at(position) for position in range(start, end)]
    if any(mention is not None and mention.role == "victim" for mention in inside[:2]):
        return None
    first, _ = reading.sentence_range(reading.sentence_at(start))
    if reading.words[start] == "who":
        named = _before_relative(reading, first, start)
        return named or _subject_before(reading, start, end, first)
    return _beside(reading, start) or _subject_before(reading, start, end, first)


def _subject_before(reading: Reading, start: int, end: int, first: int) -> Mention | None:
    """Return the subject of the clause, or of the clauses before it."""
    words = reading.words
    edge = start
    objects = OBJECT_PRONOUNS.intersection(words[start : end + _NEAR_OBJECT])
    for clause in _clause_starts(reading, first, start):
        is_relative = words[clause] == "who"
        found = _first_subject(reading, clause, edge, finite=is_relative)
        if is_relative and not found:
            return _before_relative(reading, first, clause)
        if found:
            subject = found[0]
            if subject is None or subject.role in ("victim", "suspect"):
                return subject
            ahead = sum(word.isalpha() for word in words[clause : subject.start])
            leads = ahead <= _LED_BY and (
                clause == first
                or (
                    edge == start
                    and start - subject.end <= _NEAR_SUBJECT
                    and _is_noun_phrase(reading, clause, subject.start)
                )
            )
            return subject if leads and not objects else None
        if clause > first and words[clause - 1] in ";:":
            return None
        edge = clause
    return _suspect_before(reading, first) if start - first <= 1 else None


def _is_noun_phrase(reading: Reading, start: int, end: int) -> bool:
    """Tell whether only articles and owners stand between two positions: "S1's (solicitor)"."""
    return all(
        reading.words[at] in DETERMINERS | POSSESSIVES or reading.mention_at(at) is not None
        for at in range(start, end)
    )


def _suspect_before(reading: Reading, first: int) -> Mention | None:
    """Return the suspect whom a sentence without a subject goes on about.

    Such a sentence is about the person at risk unless the one before it has a suspect in the lead
    and speaks of arrest or interview.
    """
    if first == 0:
        return None
    start, end = reading.sentence_range(reading.sentence_at(first - 1))
    mention = reading.mention_at(start) or reading.mention_at(min(start + 1, end - 1))
    if mention is None or mention.role != "suspect" or reading.words[mention.end] == ":":
        return None
    custody = any(cue.rule.effect == "custody" and start <= cue.start < end for cue in reading.cues)
    return mention if custody else None


def _beside(reading: Reading, start: int) -> Mention | None:
    """Return who stands just before the words: "the suspect's story", "the suspect as a liar"."""
    words = reading.words
    edge = start
    while edge and (words[edge - 1] in POSSESSIVES or words[edge - 1] == "as"):
        edge -= 1
    mention = reading.mention_at(edge - 1) if edge else None
    if mention is None or mention.role in ("document", "police"):
        return None
    if mention.role == "victim":
        return None if is_oblique(reading, mention.start) else mention  # "mother of misper"
    return mention if mention.role == "suspect" else None


def _own_pronoun(reading: Reading, start: int, end: int) -> int | None:
    """Return where a pronoun stands that says whom the words are about: in them or before them."""
    words = reading.words
    before = words[start - 1] if start else ""
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


def _before_relative(reading: Reading, first: int, relative: int) -> Mention | None:
    for position in range(relative - 1, max(first, relative - _NEAR_RELATIVE) - 1, -1):
        mention = reading.mention_at(position)
        if mention is not None:
            return mention
        if reading.words[position] in SUBJECT_PRONOUNS:
            return resolve_pronoun(reading, position)  # "he's the one who"
    return None


def _clause_starts(reading: Reading, first: int, start: int) -> list[int]:
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
        elif reading.is_mark(position) or word in CLAUSE_WORDS or _joins_clauses(reading, position):
            found.append(position + 1)
        position += 1
    return [position for position in found[::-1] if position < start]


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


def _first_subject(
    reading: Reading, clause: int, edge: int, *, finite: bool = False
) -> list[Mention | None]:
    """Return the subject between two positions in a list of one, or an empty list.

    It is the first one, or a later one whose verb follows at once: "the lawyer knows she has".
    If `finite`, it is only such a one.
    """
    found: list[Mention | None] = []
    past = -1
    for position, subject in _subjects(reading, clause, edge):
        after = reading.words[position + 1] if subject is None else ""
        is_pronoun = reading.words[position] in SUBJECT_PRONOUNS
        if subject is not None and not is_pronoun and subject.start == position:
            after = reading.words[subject.end]
        has_verb = position > past and (is_pronoun or after in AUXILIARIES)
        if has_verb or not (found or finite):
            found = [subject]
        past = position + 1 if is_pronoun or subject is None else subject.end
    return found


def _subjects(reading: Reading, clause: int, edge: int) -> Iterator[tuple[int, Mention | None]]:
    position = clause
    while position < edge:
        word = reading.words[position]
        mention = reading.mention_at(position)
        if word in AUTHORS or (word in ("it", "there") and position == clause):
            yield position, None
        elif word in SUBJECT_PRONOUNS or (
            word in POSSESSIVE_PRONOUNS
            and position == clause
            and mention is None
            and reading.mention_at(position + 1) is None
        ):
            yield position, resolve_pronoun(reading, position)
        elif mention is not None:
            if _is_subject(reading, mention, edge):
                yield position, (None if mention.role == "police" else mention)
            position = mention.end
            continue
        position += 1


def _is_subject(reading: Reading, mention: Mention, edge: int) -> bool:
    words = reading.words
    is_label = mention.end < edge and words[mention.end] in (":", "-", "\u2013")
    return (
        mention.role != "document"
        and mention.end <= edge
        and not is_label
        and not is_possessor(reading, mention)
        and not is_oblique(reading, mention.start)
        and not _is_complement(reading, mention.start)
    )


def _is_complement(reading: Reading, position: int) -> bool:
    """Tell whether a noun says what somebody is: "he is a dealer", "seems the ringleader"."""
    first, _ = reading.sentence_range(reading.sentence_at(position))
    if reading.words[position - 1 : position] in (["a"], ["an"], ["also"]):
        return True
    for at in range(position - 1, max(position - _LONGEST_COMPLEMENT, first) - 1, -1):
        word = reading.words[at]
        if word in COPULAS and not (word in POSSESSIVES and reading.mention_at(at - 1)):
            return True
        if reading.is_mark(at) or word in CLAUSE_WORDS:
            return False
    return False
