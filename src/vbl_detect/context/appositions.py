"""People named twice in a row: "VP 29F", "the defendant is Ms Kerr", "a man called Dex"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vbl_detect.context.ages import age_after, is_adult
from vbl_detect.context.mentions import Mention
from vbl_detect.context.words import AUTHORS, POSSESSIVES

#: What may stand between somebody and their name.
_BEFORE_NAME = frozenset(
    ["is", "was", "ms", "mr", "mrs", "miss", ",", "(", ":", "named", "called", '"', "\u201c"]
)
#: "Aaron (19) is a suspect": what may stand between a name, or its age, and a word for a suspect.
_AFTER_NAME = frozenset("is was , a an the our main sole prime only".split())
_SUSPECT_THINGS = frozenset(
    "account accounts vehicle car van phone number address profile device package".split()
)
#: Capitalised, these name a role, no person.
_ROLES = frozenset(
    "victim complainant child misper patient youth resident minor teen teenager pupil lad girl boy"
    " son daughter survivor aggrieved youngster runaway".split()
)
_BEFORE_VERB = AUTHORS | {"to", "would", "might", "you", "staff", "they"}
#: So many of these at most: "is Ms".
_FARTHEST = 2


def join_appositions(
    mentions: Sequence[Mention], words: Sequence[str], written: Callable[[int], str]
) -> list[Mention]:
    """Return mentions with those that name the same person made one, or of one role.

    An age and sex that follow a person are theirs: "VP 29F". A name that follows a suspect is the
    suspect's, wherever it stands, unless it has a child's age: "suspect Ms Fallon, 36".

    Parameters
    ----------
    mentions : sequence of Mention
        Who is named, in the order they stand.
    words : sequence of str
        The note's words in lower case.
    written : callable
        What gives the word at a position as it is written.
    """
    kept: list[Mention] = []
    suspects: set[str] = set()
    for mention in mentions:
        if _is_verb(mention, words):
            continue
        before = kept[-1] if kept else None
        if before is not None and before.number == mention.number == "one":
            if before.end == mention.start and words[mention.start][:1].isdecimal():
                kept[-1] = before._replace(
                    end=mention.end,
                    gender=mention.gender if before.gender == "any" else before.gender,
                )
                continue
            if _is_suspects_name(before, mention, words) and written(mention.start).istitle():
                suspects.add(words[mention.start])
            if _is_said_suspect(before, mention, words) and written(before.start).istitle():
                suspects.add(words[before.start])
        kept.append(mention)
    if not suspects:
        return kept
    return [
        m._replace(role="suspect") if m.role == "victim" and words[m.start] in suspects else m
        for m in kept
    ]


def _is_suspects_name(suspect: Mention, name: Mention, words: Sequence[str]) -> bool:
    between = words[suspect.end : name.start]
    if suspect.role != "suspect" or name.role != "victim":
        return False
    age = age_after(words, name.start)
    return (
        name.end - name.start == 1
        and len(words[name.start]) > 1
        and len(between) <= _FARTHEST
        and _BEFORE_NAME.issuperset(between)
        and (age is None or is_adult(age))
        and POSSESSIVES.isdisjoint(words[name.end : name.end + 1])
    )


def _is_said_suspect(name: Mention, suspect: Mention, words: Sequence[str]) -> bool:
    """Tell whether a name is said to be a suspect's: "Aaron (19) is a suspect"."""
    if suspect.role != "suspect" or name.role != "victim":
        return False
    if words[name.start] in _ROLES or suspect.gender != "any":
        return False
    if name.end - name.start > 1 or len(words[name.start]) == 1:
        return False
    age = age_after(words, name.start)
    between = list(words[name.end : suspect.start])
    if age is not None:
        if not is_adult(age):
            return False
        between = [word for word in between if word not in "()," and not word.isdecimal()]
    return (
        len(between) > 0
        and between[0] in ("is", "was")
        and len(between) <= _FARTHEST + 1
        and _AFTER_NAME.issuperset(between)
        and words[suspect.end : suspect.end + 1] not in (["and"], ["as"], ["'s"], ["\u2019s"])
    )


def _is_verb(mention: Mention, words: Sequence[str]) -> bool:
    """Tell whether a word for a suspect is none: "I suspect a crush", "the suspect account"."""
    if words[mention.start] != "suspect" or mention.end - mention.start > 1:
        return False
    if not _SUSPECT_THINGS.isdisjoint(words[mention.end : mention.end + 1]):
        return True
    return not _BEFORE_VERB.isdisjoint(words[mention.start - 1 : mention.start])
