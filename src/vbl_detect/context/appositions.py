"""People named twice in a row: "VP 29F", "the defendant is Ms Kerr", "a man called Dex"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vbl_detect.context.ages import age_after, is_adult
from vbl_detect.context.mentions import Mention
from vbl_detect.context.words import AUTHORS, POSSESSIVES

#: What may stand between somebody and their name.
_BEFORE_NAME = frozenset({"is", "was", "ms", "mr", "mrs", "miss", ",", "(", ":", "named", "called"})
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


def _is_verb(mention: Mention, words: Sequence[str]) -> bool:
    """Tell whether a word for a suspect is a verb: "I suspect a crush"."""
    if words[mention.start] != "suspect" or mention.end - mention.start > 1:
        return False
    return not _BEFORE_VERB.isdisjoint(words[mention.start - 1 : mention.start])
