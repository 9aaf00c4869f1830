"""Whether words are denied: "nothing suggests that she chose this"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from vbl_detect.context.place import Place
from vbl_detect.context.reading import Cue
from vbl_detect.context.verdict import Verdict
from vbl_detect.context.words import (
    AUTHORS,
    CLAUSE_WORDS,
    JOINTS,
    NEGATORS,
    QUESTION_WORDS,
    SUBJECT_PRONOUNS,
)

#: A bare negation reaches this many words, and no farther than the next subject.
_NEGATION_REACH = 4
#: Two negations so near each other undo each other.
_DOUBLE_NEGATION = 8
_NEW_SUBJECT = SUBJECT_PRONOUNS | AUTHORS | {"there", "it", "and"}


def negations(place: Place) -> Iterator[Verdict]:
    """Yield the verdict of each cue that denies the words, the nearest before them first."""
    cues = place.cues("negated")
    if _undone(place, cues):
        return
    yield from (
        place.verdict("negated", cue)
        for cue in cues
        if cue.rule.scope != "phrase" or cue.start >= place.end or is_bare_reach(place, cue)
    )


def is_bare_reach(place: Place, cue: Cue) -> bool:
    """Tell whether a cue that reaches as far as its phrase reaches the words."""
    words = place.reading.words
    if words[place.start] in CLAUSE_WORDS:
        return False  # "won't budge despite advice"
    between = words[cue.end : place.start]
    if between[-1:] == ["or"] and not NEGATORS.isdisjoint(words[place.start : place.end]):
        return False  # "could not or would not say"
    return len(between) <= _NEGATION_REACH and _NEW_SUBJECT.isdisjoint(between)


def _undone(place: Place, cues: list[Cue]) -> bool:
    """Tell whether two negations before the words undo each other."""
    words = place.reading.words
    places = sorted({(cue.start, cue.end) for cue in cues if cue.end <= place.start})
    return any(
        0 <= second[0] - first[1] <= _DOUBLE_NEGATION
        and JOINTS.isdisjoint(words[first[1] : second[0]])
        and words[second[0]] in NEGATORS - {"nor"}
        and words[first[0]] not in ("neither", "nor")
        and (
            words[first[0]] != words[second[0]]
            or not SUBJECT_PRONOUNS.isdisjoint(words[first[1] : second[0]])
        )
        and QUESTION_WORDS.isdisjoint(words[slice(*first)])
        for first, second in pairwise(places)
    )
