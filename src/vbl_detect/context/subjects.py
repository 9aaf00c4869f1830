"""Who a clause is about: its subject, or that of the clauses before it."""

from __future__ import annotations

from collections.abc import Iterator

from vbl_detect.context.clauses import clause_starts
from vbl_detect.context.grammar import is_complement, is_oblique, is_possessor
from vbl_detect.context.mentions import Mention
from vbl_detect.context.nearby import before_relative, own_pronoun, who_stands_beside
from vbl_detect.context.pronouns import resolve_pronoun
from vbl_detect.context.reading import Reading
from vbl_detect.context.words import (
    AUTHORS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    OBJECT_PRONOUNS,
    POSSESSIVE_PRONOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECT_PRONOUNS,
)

#: "J's mother": other people than suspects lead their clause if no more words stand before them.
_LED_BY = 3
#: People other than suspects are taken for the subject only so near before the words.
_NEAR_SUBJECT = 5
#: "The van keeps disappearing": a thing is the subject only so near before the words.
_NEAR_THING = 3
#: Where these are the subject, somebody at risk is among them: "S1 and she are a pair".
_BOTH = frozenset("both neither pair couple parties".split())
#: "Mum gives in to him": somebody else, whom the words are done to, stands in them or so near.
_NEAR_OBJECT = 2
#: What is said of them is said of whose they are.
_THEIR_WORDS = frozenset(
    "account accounts story version explanation statement alibi denial denials answers claim "
    "claims behaviour conduct attitude demeanour evidence replies reply response responses".split()
)
#: "Women's aid worker: mum has ...": a label before the clause is no longer.
_LONGEST_LABEL = 6
#: "one of the men", "most of the adults".
_PARTS = frozenset("one two three four both some all most many several".split())


def subject_of(reading: Reading, start: int, end: int) -> Mention | None:
    """Return whom the words from `start` to `end` are about, or None: the person at risk.

    It is the subject of their clause or, where that has none, of the clauses before it in the
    sentence. Nobody else named inside the words counts: "her boyfriend (26)" is about her.
    """
    named = reading.mention_at(start)
    if named is not None and named.role == "family" and named.start < start and end <= named.end:
        return named  # "mum's boyfriend" is not hers
    if reading.words[start] in AUTHORS:
        return None
    own = own_pronoun(reading, start, end)
    if own is not None:
        owner = resolve_pronoun(reading, own)
        is_said = reading.words[own] in POSSESSIVE_PRONOUNS and reading.words[own - 1] in BE
        if owner is None or owner.role == "victim" or not is_said:
            # "she is his bit on the side", "she looks upon him as her partner": hers all the same
            return None if owner is not None and _is_looked_upon(reading, own) else owner
    inside = [reading.mention_at(position) for position in range(start, end)]
    if any(mention is not None and mention.role == "victim" for mention in inside[:2]) or any(
        _is_not_theirs(reading, at) for at in range(start + 1, end)
    ):
        return None
    first, _ = reading.sentence_range(reading.sentence_at(start))
    if reading.words[start] == "who":
        named = before_relative(reading, first, start)
        return named or _subject_before(reading, start, end, first)
    return who_stands_beside(reading, start) or _subject_before(reading, start, end, first)


def _subject_before(reading: Reading, start: int, end: int, first: int) -> Mention | None:
    """Return the subject of the clause, or of the clauses before it."""
    words = reading.words
    edge = start
    objects = any(
        words[at] in OBJECT_PRONOUNS and reading.mention_at(at + 1) is None  # not "her son"
        for at in range(start, min(end + _NEAR_OBJECT, len(words)))
    )
    for clause in clause_starts(reading, first, start):
        is_relative = words[clause] == "who"
        found = _first_subject(reading, clause, edge, finite=is_relative)
        if is_relative and not found:
            return before_relative(reading, first, clause)
        if found:
            at, subject = found[0]
            if subject is None or subject.role in ("victim", "suspect"):
                return subject
            is_pronoun = words[at] in SUBJECT_PRONOUNS
            after = at + 1 if is_pronoun else subject.end
            if subject.role == "thing":
                is_theirs = start - after <= _NEAR_THING and edge == start
                return subject if is_theirs or _is_alone(reading, clause, at, end) else None
            ahead = sum(word.isalpha() for word in words[clause:at])
            leads = ahead <= _LED_BY and (
                clause == first
                or (clause - first <= _LONGEST_LABEL and words[clause - 1] == ":")
                or is_pronoun
                or (
                    edge == start
                    and (start - after <= _NEAR_SUBJECT or _nobody_between(reading, after, start))
                    and _is_noun_phrase(reading, clause, at)
                )
            )
            return subject if leads and not objects else None
        if clause > first and words[clause - 1] in ";:":
            return None
        edge = clause
    return _suspect_before(reading, first) if start - first <= 1 else None


def _is_looked_upon(reading: Reading, position: int) -> bool:
    """Tell whether a pronoun is what somebody is taken for: "looks upon him as her partner"."""
    words = reading.words
    is_owner = words[position] in POSSESSIVE_PRONOUNS  # "her" may be both
    follows = words[position + 1 : position + 2] in (["as"], ["being"], ["to"])
    return words[position] in OBJECT_PRONOUNS and (follows or not is_owner)


def _is_not_theirs(reading: Reading, position: int) -> bool:
    """Tell whether what is done to somebody is the person's at risk: "had let him come home"."""
    word, theirs = reading.words[position], reading.victim_gender
    is_object = word in OBJECT_PRONOUNS and reading.mention_at(position + 1) is None
    return is_object and theirs is not None and PRONOUNS[word][0] not in ("any", theirs)


def _is_alone(reading: Reading, clause: int, at: int, end: int) -> bool:
    """Tell whether a thing leads its clause, and nobody is spoken of from there on."""
    return at - clause <= 1 and _nobody_between(reading, at + 1, end)


def _nobody_between(reading: Reading, start: int, end: int) -> bool:
    return not any(
        reading.words[position] in PRONOUNS or reading.mention_at(position) is not None
        for position in range(start, end)
    )


def _suspect_before(reading: Reading, first: int) -> Mention | None:
    """Return the suspect whom a sentence without a subject goes on about.

    Such a sentence is about the person at risk unless the one before it has a suspect in the lead
    and speaks of arrest or interview.
    """
    opening = reading.words[first]
    if first == 0 or opening in DETERMINERS or opening in PREPOSITIONS or opening == "there":
        return None
    topic = reading.topic_at(first)
    if topic is not None:
        return topic
    start, end = reading.sentence_range(reading.sentence_at(first - 1))
    mention = reading.mention_at(start) or reading.mention_at(min(start + 1, end - 1))
    if mention is None or mention.role != "suspect" or reading.words[mention.end] == ":":
        return None
    custody = any(start <= cue.start < end for cue in reading.cues_of("custody"))
    return mention if custody else None


def _is_noun_phrase(reading: Reading, start: int, end: int) -> bool:
    """Tell whether only articles and owners stand between two positions: "S1's (solicitor)"."""
    return all(
        reading.words[at] in DETERMINERS | POSSESSIVES or reading.mention_at(at) is not None
        for at in range(start, end)
    )


def _first_subject(
    reading: Reading, clause: int, edge: int, *, finite: bool = False
) -> list[tuple[int, Mention | None]]:
    """Return where the subject between two positions stands, and who it is, or an empty list.

    It is the first one, or a later one whose verb follows at once: "the lawyer knows she has".
    If `finite`, it is only such a one.
    """
    found: list[tuple[int, Mention | None]] = []
    past = -1
    for position, subject in _subjects(reading, clause, edge):
        after = reading.words[position + 1] if subject is None else ""
        is_pronoun = reading.words[position] in SUBJECT_PRONOUNS
        if subject is not None and not is_pronoun and subject.start == position:
            after = reading.words[subject.end]
        has_verb = position > past and (is_pronoun or after in AUXILIARIES)
        if has_verb or not (found or finite):
            found = [(position, subject)]
        past = position + 1 if is_pronoun or subject is None else subject.end
    return found


def _subjects(reading: Reading, clause: int, edge: int) -> Iterator[tuple[int, Mention | None]]:
    position = clause
    while position < edge:
        word = reading.words[position]
        mention = reading.mention_at(position)
        opens = position == clause or (
            position == clause + 1 and reading.words[clause] in ("that", "and")
        )
        if word in AUTHORS or word in _BOTH or (word in ("it", "there") and opens):
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
                yield mention.start, (None if mention.role == "police" else mention)
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
        and (not is_possessor(reading, mention) or _is_their_word(reading, mention))
        and (not is_oblique(reading, mention.start) or _is_partitive(reading, mention.start))
        and not is_complement(reading, mention.start)
    )


def _is_their_word(reading: Reading, mention: Mention) -> bool:
    """Tell whether a clause is about what a suspect says: "S1's account is a fabrication"."""
    after = reading.words[mention.end + 1 : mention.end + 3]
    return mention.role == "suspect" and not _THEIR_WORDS.isdisjoint(after)


def _is_partitive(reading: Reading, position: int) -> bool:
    """Tell whether a part of many is spoken of: "one of the men"."""
    before = [word for word in reading.words[max(0, position - 4) : position] if word.isalpha()]
    before = before[:-1] if before[-1:] and before[-1] in DETERMINERS else before
    return before[-1:] == ["of"] and before[-2:-1] != [] and before[-2] in _PARTS
