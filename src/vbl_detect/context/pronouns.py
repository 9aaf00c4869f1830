"""Whom a pronoun stands for: by gender, number, nearness and role."""

from __future__ import annotations

from vbl_detect.context.grammar import is_oblique, is_possessor
from vbl_detect.context.mentions import Mention
from vbl_detect.context.reading import Reading
from vbl_detect.context.words import BE, CLAUSE_MARKS, PRONOUNS, SUBJECT_PRONOUNS
from vbl_detect.lexicon import Gender

#: How many sentences back a pronoun's person may stand.
FARTHEST = 6
#: Whoever leads a sentence stays the subject of so many more that begin with a pronoun.
_LONGEST_TOPIC = 4
#: A mention so many words into its sentence still counts as standing where the subject does.
_LEADING = 2
#: Farther on it does if nobody is named before it: "What happened is that S1 made ...".
_FARTHEST_LEAD = 5
_NOT_SUSPECT = frozenset({"family", "professional", "witness"})
#: Who leads so many times fewer clauses is not the person at risk.
_FAR_FEWER = 3


def resolve_pronoun(reading: Reading, position: int) -> Mention | None:
    """Return whom the pronoun at a position stands for, or None: the person at risk.

    The nearest fitting mention wins; one that leads its sentence, or is the person at risk, counts
    as nearer, one behind a preposition or in the possessive as farther.
    """
    own = reading.mention_at(position)
    if own is not None:
        return own  # "He is 26": the note says who "he" is
    topic = reading.topic_at(position)
    if topic is not None and _is_topics(reading, topic, position):
        return topic
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


def _is_topics(reading: Reading, topic: Mention, position: int) -> bool:
    """Tell whether a pronoun stands for the suspect whose line of a form it is in."""
    gender, number = PRONOUNS[reading.words[position]]
    own = reading.gender_of(topic)
    fits = own == gender or (own == "any" and reading.victim_gender != gender)
    return number == "one" and fits


def _is_someone_else(reading: Reading, position: int) -> bool:
    """Tell whether a pronoun cannot stand for the person at risk, by its gender."""
    gender, _ = PRONOUNS[reading.words[position]]
    theirs = reading.victim_gender
    if gender == "any" or theirs in (None, gender):
        return False
    said = [(word, PRONOUNS[word][0]) for word in reading.words if word in PRONOUNS]
    of = [sex for _, sex in said]
    leading = [sex for word, sex in said if word in SUBJECT_PRONOUNS]
    return of.count(gender) < of.count(theirs) or 0 < _FAR_FEWER * leading.count(
        gender
    ) < leading.count(theirs)


def _may_stand_for(reading: Reading, position: int, mention: Mention, apart: int) -> bool:
    gender, number = PRONOUNS[reading.words[position]]
    if mention.role in ("document", "police", "thing") or apart > FARTHEST:
        return False
    if number == "one" and mention.number == "many":
        return False
    if gender == "any":
        return mention.role == "victim" or (
            mention.number == "many" and apart <= 1 and _leads(reading, mention)
        )
    own = _gender(reading, mention)
    return own in ("any", gender) and (
        mention.role == "victim" or _is_rival(reading, mention, position, apart)
    )


def _is_rival(reading: Reading, mention: Mention, position: int, apart: int) -> bool:
    """Tell whether a pronoun may stand for somebody else than the person at risk.

    Where it may stand for both, it does so only for whom the sentences before it go on about.
    """
    gender, _ = PRONOUNS[reading.words[position]]
    may_be_victim = reading.victim_gender in (None, gender)
    if may_be_victim and not apart and reading.words[position - 1] in BE:
        return False  # "S1 is her sugar daddy"
    if mention.role == "suspect":
        return not may_be_victim or (
            _leads(reading, mention)
            and not is_possessor(reading, mention)
            and not _is_one_of_two(reading, mention)
            and _goes_on_about(reading, mention, gender, apart)
            and (
                _gender(reading, mention) == gender
                or _is_told_of(reading, mention)
                or (not apart and not _victim_between(reading, mention.end, position))
            )
        )
    if _gender(reading, mention) != gender:
        return False
    if not may_be_victim:
        return apart <= 1
    return _leads(reading, mention) and (
        (apart == 0 and reading.words[position - 1] in CLAUSE_MARKS)
        or (apart == 1 and reading.victim_gender is None)
    )


def _is_one_of_two(reading: Reading, mention: Mention) -> bool:
    """Tell whether an "and" joins a mention to another: "S1 and S2"."""
    words, start, end = reading.words, mention.start, mention.end
    return (words[end : end + 1] == ["and"] and reading.mention_at(end + 1) is not None) or (
        words[start - 1 : start] == ["and"] and reading.mention_at(start - 2) is not None
    )


def _is_told_of(reading: Reading, mention: Mention) -> bool:
    """Tell whether a suspect whose gender nothing tells is the one whom a note goes on about.

    Its pronouns are those of the person at risk, if it names one, unless arrest or interview is
    spoken of.
    """
    first, last = reading.sentence_range(reading.sentence_at(mention.start))
    return any(first <= cue.start < last for cue in reading.cues_of("custody")) or not any(
        m.role == "victim" for m in reading.mentions
    )


def _victim_between(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the person at risk is named between two positions."""
    return any(m.role == "victim" and start <= m.start < end for m in reading.mentions)


def _goes_on_about(reading: Reading, mention: Mention, gender: Gender, apart: int) -> bool:
    """Tell whether every sentence after a mention's goes on about them.

    Where nothing tells that the pronoun fits the person at risk, one about nobody may
    come between.
    """
    number = reading.sentence_at(mention.start)
    return apart <= _LONGEST_TOPIC and all(
        _keeps_topic(reading, number + step, gender) for step in range(1, apart)
    )


def _keeps_topic(reading: Reading, number: int, gender: Gender) -> bool:
    """Tell whether a sentence begins with a pronoun of a gender, or names nobody that may be."""
    first, last = reading.sentence_range(number)
    if PRONOUNS.get(reading.words[first], ("any", "any"))[0] == gender:
        return True
    return reading.victim_gender is None and not any(
        reading.words[at] in PRONOUNS or reading.mention_at(at) is not None
        for at in range(first, last)
    )


def _gender(reading: Reading, mention: Mention) -> Gender:
    gender = reading.gender_of(mention)
    if gender != "any":
        return gender
    if mention.role == "victim":
        return reading.victim_gender or "any"
    other = reading.genders.other
    if mention.role != "suspect" or other is None:
        return "any"
    is_theirs = any(m.gender == other and m.role in _NOT_SUSPECT for m in reading.mentions)
    return "any" if is_theirs else other  # "her" may be Gran


def _leads(reading: Reading, mention: Mention) -> bool:
    """Tell whether a mention stands where a sentence's subject does."""
    first, _ = reading.sentence_range(reading.sentence_at(mention.start))
    return mention.start - first <= _LEADING or (
        reading.victim_gender is None
        and mention.start - first <= _FARTHEST_LEAD
        and not is_oblique(reading, mention.start)
        and not is_possessor(reading, mention)
        and not any(
            reading.mention_at(at) is not None or reading.words[at] in SUBJECT_PRONOUNS
            for at in range(first, mention.start)
        )
    )
