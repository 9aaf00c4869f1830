"""Who speaks at a cue of speech."""

from __future__ import annotations

from collections.abc import Sequence

from vbl_detect.context.grammar import is_oblique, is_possessor
from vbl_detect.context.mentions import Mention
from vbl_detect.context.nearby import before_relative
from vbl_detect.context.pronouns import resolve_pronoun
from vbl_detect.context.reading import Cue, Reading
from vbl_detect.context.words import (
    AUTHORS,
    BE,
    DETERMINERS,
    IMPERSONAL,
    OBJECT_PRONOUNS,
    PARTICIPLES,
    POSSESSIVE_PRONOUNS,
    POSSESSIVES,
    STRANGERS,
    SUBJECT_PRONOUNS,
)
from vbl_detect.lexicon import Role

#: A speaker stands at most so many words before the cue, or after it.
_FARTHEST_BEFORE = 14
_FARTHEST_AFTER = 4
#: Verbs after the words that want their speaker next to them: "says her teacher".
_SAYS = frozenset("says said states stated reckons adds added writes believes claims".split())
_NEXT = 1
#: Verbs after the words that need an aside: ", she told us."
_TELLS = frozenset({"told", "tells"})
#: Verbs of thinking that open a sentence in the author's own name.
_THINKS = frozenset("reckon suspect guess think believe doubt feel".split())
#: "The youth ranger on duty said": so many words at most.
_LONGEST_STRANGER = 6
#: "In the words of a locum": after these somebody is named, whoever it is.
_NAMING = frozenset({"of"})
#: What is theirs says what they say, unless it only shows something.
_NEAR_SPEAKERS = frozenset({"family", "witness", "defence"})
_EVIDENCE = frozenset(
    "messages texts chats data footage phone download images photos injuries behaviour".split()
)
#: "Cousin's page says": what somebody writes says what they say.
_WRITINGS = frozenset("page post story text message email letter diary blog status feed".split())
#: "The view of staff", "an account given by S1": whose view it is stands behind these.
_OF = frozenset("of from by".split())
#: The author, to whom something is said.
_OBJECTS = frozenset({"us", "me"})
#: Before these a verb of saying has no speaker: "it was said".
_NO_SPEAKER = IMPERSONAL | {"to", "be", "what"}


def speaker_role(reading: Reading, cue: Cue) -> Role | None:
    """Return the role of who speaks at a cue, or None: nobody in particular.

    Parameters
    ----------
    reading : Reading
        The note.
    cue : Cue
        A cue with one of the effects `SPEECH`.
    """
    first, last = reading.sentence_range(reading.sentence_at(cue.start))
    after = _mention_after(reading, cue.end, last)
    words = reading.words
    if cue.rule.effect == "attributed":
        aside = _speaker_of_aside(reading, cue, first, last)
        return aside or _attributed_role(reading, cue, after, last)
    if after is not None and after.role != "document" and "by" in words[cue.end : after.start]:
        return after.role
    inside = _speaker_inside(reading, cue)
    if inside is not None:
        return inside
    is_passive = words[cue.start].endswith("ed") or words[cue.start] in PARTICIPLES
    if cue.start > first and is_passive and _is_passive_verb(words, cue.start):
        return None  # a passive without an agent: nobody in particular
    return _role_before(reading, cue.start, first)


def _speaker_inside(reading: Reading, cue: Cue) -> Role | None:
    """Return the role of who is named inside a cue: "the view from staff is that"."""
    for position in range(cue.start + 1, cue.end):
        mention = reading.mention_at(position)
        if mention is None or mention.role in ("document", "thing", "victim"):
            continue
        before = reading.words[position - 1]
        before = reading.words[position - 2] if before in DETERMINERS else before
        if before in _OF:
            return mention.role
    return None


def _is_passive_verb(words: Sequence[str], position: int) -> bool:
    """Tell whether a form of "be" stands before a participle; "he's said" is no passive."""
    before = words[position - 1]
    return before in BE and not (before in POSSESSIVES and words[position] in _SAYS)


def _attributed_role(reading: Reading, cue: Cue, after: Mention | None, last: int) -> Role | None:
    """Return the role of who is named after a cue: "according to Mum"."""
    words = reading.words
    if words[cue.start] in _TELLS:
        return None
    is_verb = words[cue.start] in _SAYS
    if after is not None and not (is_verb and after.start - cue.end > _NEXT):
        return after.role
    next_word = words[cue.end] if cue.end < last else ""
    if next_word in OBJECT_PRONOUNS and after is None:
        return _pronoun_role(reading, cue.end)
    names = is_verb or words[cue.end - 1] in _NAMING
    return "professional" if names and next_word in STRANGERS and after is None else None


def _speaker_of_aside(reading: Reading, cue: Cue, first: int, last: int) -> Role | None:
    """Return the role of who speaks in an aside after the words: ", she says."."""
    words = reading.words
    before = cue.start - 1
    if before <= first or words[cue.end : cue.end + 1] not in ([","], ["."], [";"]):
        return None
    mention = reading.mention_at(before)
    start = before if mention is None else mention.start
    if mention is not None and words[start - 1] not in STRANGERS | {","}:
        start -= 1  # "the night worker"
    start -= words[start - 1] in STRANGERS
    if start <= first or words[start - 1] != "," or cue.end >= last:
        return None
    if mention is not None:
        return mention.role
    return _pronoun_role(reading, before) if words[before] in SUBJECT_PRONOUNS else None


def _mention_after(reading: Reading, position: int, last: int) -> Mention | None:
    for at in range(position, min(position + _FARTHEST_AFTER, last)):
        mention = reading.mention_at(at)
        if mention is not None and mention.role != "thing":
            return mention
    return None


def _pronoun_role(reading: Reading, position: int) -> Role:
    person = resolve_pronoun(reading, position)
    return "victim" if person is None else person.role


def _role_before(reading: Reading, start: int, first: int) -> Role | None:
    """Return the role of the speaker whose verb begins at `start`."""
    words = reading.words
    if start == first:
        # "Reckon that ...": the author leaves out "I". "Says that ...": the person it is about.
        return "police" if words[start] in _THINKS else "victim"
    before = words[start - 1]
    if before in ("who", "which"):
        named = before_relative(reading, first, start - 1)
        return None if named is None else named.role
    if before in _NO_SPEAKER - {"and", "but"}:
        return None
    if before in POSSESSIVE_PRONOUNS:
        return _pronoun_role(reading, start - 1)
    return _nearest_role(reading, start, first)


def _nearest_role(reading: Reading, start: int, first: int) -> Role | None:
    """Return the role of who stands nearest before `start` and can speak there."""
    for position in range(start - 1, max(first, start - _FARTHEST_BEFORE) - 1, -1):
        role = _role_at(reading, position, start)
        if role is not None:
            return role
        if reading.words[position] == ";":
            return None
    return _stranger_before(reading, start, first)


def _role_at(reading: Reading, position: int, start: int) -> Role | None:
    """Return the role of who stands at a position, if they can be who speaks at `start`."""
    word = reading.words[position]
    if word in AUTHORS:
        return "police"
    if word in SUBJECT_PRONOUNS:
        return _pronoun_role(reading, position)
    mention = reading.mention_at(position)
    if mention is None or mention.role == "thing" or is_oblique(reading, mention.start):
        return None
    if word in _OBJECTS:
        return None  # "she thanked us and said"
    owns_something = is_possessor(reading, mention) and mention.end + 1 < start
    if owns_something and mention.role != "professional":
        owned = reading.words[mention.end + 1]
        speaks = owned in _WRITINGS or (mention.role in _NEAR_SPEAKERS and owned not in _EVIDENCE)
        return mention.role if speaks else None
    return mention.role


def _stranger_before(reading: Reading, start: int, first: int) -> Role | None:
    """Return the role of a speaker whom no table knows: "the ranger said"."""
    words = reading.words
    if start == first + 1 and words[first].isalpha() and words[first] not in IMPERSONAL:
        return "professional"
    for position in range(start - 2, max(first, start - _LONGEST_STRANGER) - 1, -1):
        if words[position] in STRANGERS and (position == first or words[position - 1] in ",;:and"):
            return "professional"
    return None
