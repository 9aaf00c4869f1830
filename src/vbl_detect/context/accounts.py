"""Speech that runs over several sentences: "Mum had a lot to say. He comes and goes. ..."."""

from __future__ import annotations

from collections.abc import Iterator

from vbl_detect.context.mentions import Mention
from vbl_detect.context.pronouns import resolve_pronoun
from vbl_detect.context.reach import SPEECH
from vbl_detect.context.reading import Cue, Reading
from vbl_detect.context.sources import source_at, source_of_role
from vbl_detect.context.verdict import Source
from vbl_detect.context.words import (
    AUTHORS,
    AUXILIARIES,
    DETERMINERS,
    POSSESSIVE_PRONOUNS,
    PRONOUNS,
    SUBJECT_PRONOUNS,
)
from vbl_detect.lexicon import Role

#: An account goes on for at most so many sentences after the one that opens it.
_LONGEST = 7
#: A sentence goes on with an account if the child, or somebody, stands among its first words.
_OPENING = 4
#: "I let her speak": the author lets somebody else.
_LET = "let"
_IMPERSONAL = frozenset({"it", "there", "that"})
_VERBS = frozenset({"'d", "\u2019d", "'s", "\u2019s", "used", "went"})
#: Whoever else leads a sentence is the author's subject, and ends the account.
_LEADING = 2
_NOBODY: frozenset[Role] = frozenset({"police", "document", "victim", "thing"})


def find_accounts(reading: Reading) -> dict[int, Source]:
    """Return, by sentence, whose account it goes on with.

    An account opens with a cue of the effect ``account`` ("had a lot to say", "spoke first") and
    goes on while sentences speak of the child without a new speaker. It ends with its line, and
    where the author, the police or somebody else comes to the fore.

    Parameters
    ----------
    reading : Reading
        The note.
    """
    found: dict[int, Source] = {}
    for cue in reading.cues_of("account"):
        number = reading.sentence_at(cue.start)
        role = _speaker(reading, cue, number)
        if role is None:
            continue
        source = source_of_role(reading, cue, role)
        for sentence in _sentences_of(reading, number, role):
            found.setdefault(sentence, source)
    return found


def _speaker(reading: Reading, cue: Cue, number: int) -> Role | None:
    """Return the role of whose account a cue opens: the nearest person, else a pronoun's."""
    first, last = reading.sentence_range(number)
    heard = reading.words[cue.start] == _LET
    near = reading.words[max(first, cue.start - 2) : cue.start]
    if not heard and not AUTHORS.isdisjoint(near):
        return None
    inside = [m for m in reading.mentions if first <= m.start < last]
    before = [m for m in inside if m.end <= cue.start or m.start < cue.start][::-1]
    for mention in (*before, *(m for m in inside if m.start >= cue.start)):
        if mention.role not in _NOBODY:
            return mention.role
    pronoun = next(
        (at for at in range(cue.end - 1, first - 1, -1) if reading.words[at] in PRONOUNS),
        None,
    )
    if pronoun is not None:
        return _role_of(_last_speaker(reading, pronoun)) or _role_of(
            resolve_pronoun(reading, pronoun)
        )
    if any(m.role == "police" for m in inside):
        return None
    return _role_of(_last_speaker(reading, first))


def _last_speaker(reading: Reading, position: int) -> Mention | None:
    """Return who may have spoken in the two sentences before a position."""
    number = reading.sentence_at(position)
    earliest, _ = reading.sentence_range(max(0, number - 2))
    return next(
        (
            m
            for m in reversed(reading.mentions)
            if earliest <= m.start < position and m.role not in _NOBODY
        ),
        None,
    )


def _role_of(mention: Mention | None) -> Role | None:
    return None if mention is None or mention.role in _NOBODY else mention.role


def _sentences_of(reading: Reading, opening: int, role: Role) -> Iterator[int]:
    last = min(opening + _LONGEST + 1, len(reading.sentence_starts))
    for number in range(opening + 1, last):
        if not _goes_on(reading, number, role):
            return
        yield number


def _goes_on(reading: Reading, number: int, role: Role) -> bool:
    first, last = reading.sentence_range(number)
    words = reading.words
    if "\n" in reading.text[reading.ends[first - 1] : reading.starts[first]]:
        return False
    opening = range(first, min(first + _OPENING, last))
    if not AUTHORS.isdisjoint(words[first:last]):
        return False
    for cue in reading.cues:
        if first <= cue.start < last:
            if cue.rule.effect == "resumes" and cue.start - first <= _LEADING:
                return False
            if cue.rule.effect in SPEECH and not _same_speaker(reading, cue, role):
                return False
    leads = [reading.mention_at(at) for at in range(first, min(first + _LEADING, last))]
    if any(m is not None and m.role not in ("victim", role) for m in leads):
        return False
    return any(
        words[at] in SUBJECT_PRONOUNS
        or words[at] in _IMPERSONAL
        or (words[at] in POSSESSIVE_PRONOUNS and at == first)
        or reading.mention_at(at) is not None
        for at in opening
    ) or _begins_with_name(reading, first, last)


def _begins_with_name(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a sentence begins as "Amber likes ..." does."""
    if last - first < 2:  # noqa: PLR2004 - a name and a verb
        return False
    name = reading.text[reading.starts[first] : reading.ends[first]]
    verb = reading.words[first + 1]
    is_verb = verb in AUXILIARIES or verb in _VERBS or (verb.isalpha() and verb.endswith("s"))
    return name.istitle() and len(name) > 2 and is_verb and name.lower() not in DETERMINERS  # noqa: PLR2004 - no initial


def _same_speaker(reading: Reading, cue: Cue, role: Role) -> bool:
    source = source_at(reading, cue)
    return source is None or source.role in (role, "victim")
