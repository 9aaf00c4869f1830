"""Whose words they are, and what that makes of them: by a cue, a labelled turn or a role."""

from __future__ import annotations

from collections.abc import Mapping

from vbl_detect.context.mentions import Mention
from vbl_detect.context.reading import Cue, Reading
from vbl_detect.context.speakers import speaker_role
from vbl_detect.context.verdict import Source, Verdict
from vbl_detect.context.words import AUTHORS
from vbl_detect.lexicon import Effect, Role
from vbl_detect.records import Context

#: What words become by who says them; the police are the author. Source: annotation guidelines,
#: "context" and settled cases 5, 9 and 12.
_SPOKEN_BY: Mapping[Role, Context] = {
    "victim": "quoted",
    "suspect": "quoted",
    "witness": "quoted",
    "defence": "quoted",
    "professional": "reported",
    "family": "reported",
    "document": "mention",
    "adult": "quoted",
    "thing": "mention",
}
_FIXED: Mapping[Effect, Context] = {
    "quoted": "quoted",
    "reported": "reported",
    "recorded": "mention",
}
#: Roles whose labelled turn ("School: ...") is not the author's.
TURN_ROLES = frozenset({"suspect", "witness", "defence", "professional", "family"})

#: "I have said": the author stands so near before the verb.
_NEAR_AUTHOR = 3

AUTHOR = Source(None)
COLLEAGUE = Source(None, "police")


def source_at(reading: Reading, cue: Cue) -> Source | None:
    """Return whose words follow a cue of speech; None if the cue says nothing of it.

    Parameters
    ----------
    reading : Reading
        The note.
    cue : Cue
        A cue with one of the effects `SPEECH`.
    """
    rule = cue.rule
    where = reading.offsets(cue.start, cue.end)
    if rule.effect in _FIXED:
        return Source(Verdict(_FIXED[rule.effect], rule.code, where))
    role = speaker_role(reading, cue)
    if role == "police":
        if AUTHORS.isdisjoint(reading.words[max(0, cue.start - _NEAR_AUTHOR) : cue.start]):
            return COLLEAGUE
        turn = reading.turns.get(reading.sentence_at(cue.start))
        if turn is not None:
            role = turn.role  # "Uncle: I've told him"
    if role is None or (rule.speakers and role not in rule.speakers):
        return None
    if role == "police":
        return AUTHOR
    return source_of_role(reading, cue, role)


def source_of_role(reading: Reading, cue: Cue, role: Role) -> Source:
    """Return the source of words that people in a role say, by the cue that tells it."""
    where = reading.offsets(cue.start, cue.end)
    return Source(Verdict(_SPOKEN_BY[role], cue.rule.code, where), role)


def source_of_turn(reading: Reading, sentence: int) -> Source | None:
    """Return whose labelled turn a sentence stands in."""
    mention = reading.turns.get(sentence)
    return None if mention is None else source_of_label(reading, mention)


def source_of_label(reading: Reading, mention: Mention) -> Source | None:
    """Return the source of words that somebody's name introduces: "School: ..."."""
    rule = reading.rules.get("label")
    if rule is None:
        return None
    where = reading.offsets(mention.start, mention.end)
    return Source(Verdict(_SPOKEN_BY[mention.role], rule.code, where), mention.role)
