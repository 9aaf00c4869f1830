"""Whether "she" or "he" is the person at risk: by words for them, else by the pronouns of a note.

Nothing here takes a gender for a role: swap all genders of a note, and what comes out is swapped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vbl_detect.context.mentions import Mention
from vbl_detect.context.words import DETERMINERS, PREPOSITIONS, PRONOUNS, SUBJECT_PRONOUNS
from vbl_detect.lexicon import Gender

#: A guess wants so many times more that speaks for one gender.
_CLEAR_MAJORITY = 1.5
#: A pronoun speaks for the gender of whoever is named so few words before it.
_NEAR = 12
#: And every pronoun a little for its own.
_SHARE = 0.5
#: A word for the person at risk that tells their gender speaks louder.
_NAMED = 2
#: "the man", not "the offender's mum".
_NOUN = 2
_OTHER: dict[Gender, Gender] = {"f": "m", "m": "f"}

_SEXES: dict[str, Gender] = {
    **dict.fromkeys(("f", "female", "woman", "wife", "lady"), "f"),
    **dict.fromkeys(("m", "male", "man", "husband", "gentleman"), "m"),
}
#: Somebody's sex stands so few words after them.
_FARTHEST_SEX = 4
#: Between somebody and their sex: "S1 (f, 31)", "the suspect is a woman".
_BEFORE_SEX = frozenset({"(", ",", "-", "\u2013", "/", "is", "was", "a", "an"})


def told_sex(words: Sequence[str], start: int, end: int) -> Gender | None:
    """Return the sex told of whom the words from `start` to `end` name: "victim F, 27"."""
    if start and words[start - 1] in _SEXES:
        return _SEXES[words[start - 1]]
    for word in words[end : end + _FARTHEST_SEX]:
        if word in _SEXES:
            return _SEXES[word]
        if word not in _BEFORE_SEX and not word.isdecimal():
            return None
    return None


class Guess(NamedTuple):
    """What a note tells of the gender of the person at risk.

    Attributes
    ----------
    clear : str or None
        Their gender, if it is clear.
    other : str or None
        The one that only somebody else can have, if the note has pronouns of it.
    """

    clear: Gender | None
    other: Gender | None


def guess_gender_at_risk(
    words: Sequence[str], mentions: Sequence[Mention], *, about_child: bool
) -> Guess:
    """Return what a note tells of the gender of the person at risk.

    Words for them speak for it, and so does a pronoun that follows one; words and pronouns for a
    suspect speak for the other, in a note that has "she" and "he". Where nobody is named, those of
    whom more clauses are about are at risk.

    Parameters
    ----------
    words : sequence of str
        The note's words in lower case, of length n_words.
    mentions : sequence of Mention
        Who is named, in the order they stand.
    about_child : bool
        Whether grown-ups are not at risk.
    """
    pronouns = [(at, PRONOUNS[word][0]) for at, word in enumerate(words) if word in PRONOUNS]
    told = {gender for _, gender in pronouns}
    both = told >= {"f", "m"}
    roles = ("victim", "suspect", "adult") if about_child else ("victim", "suspect")
    people = [m for m in mentions if m.number == "one" and m.role in roles]
    votes: dict[Gender, float] = {"f": 0.0, "m": 0.0, "any": 0.0}
    for mention in people:
        if mention.gender == "any":
            continue
        if mention.role == "victim":
            votes[mention.gender] += _NAMED
        elif both:
            votes[_OTHER[mention.gender]] += 1
    known = any(votes.values())
    named = {mention.start for mention in people}
    leading = [m for m in people if not _is_governed(words, m.start)]
    last = -1
    for at, gender in pronouns:
        if gender == "any" or at in named:
            continue
        while last + 1 < len(leading) and leading[last + 1].start < at:
            last += 1
        fits = last >= 0 and leading[last].gender in ("any", gender)
        is_near = fits and at - leading[last].end <= _NEAR
        is_victim = is_near and leading[last].role == "victim"
        if both or is_victim or not is_near:
            votes[gender] += _SHARE
        if is_near and (is_victim or both):
            votes[gender if is_victim else _OTHER[gender]] += 1
            known = True
    if both and not known:
        subjects = [PRONOUNS[word][0] for word in words if word in SUBJECT_PRONOUNS]
        votes = {gender: subjects.count(gender) for gender in votes}
    she, he = votes["f"], votes["m"]
    if she == he:
        told_apart = next((sex for sex in _OTHER if _is_told_apart(people, sex)), None)
        return Guess(told_apart, None if told_apart is None else _OTHER[told_apart])
    more: Gender = "f" if she > he else "m"
    is_clear = max(she, he) > _CLEAR_MAJORITY * min(she, he)
    other = _OTHER[more]
    if not is_clear and _is_told_apart(people, more):
        return Guess(more, _OTHER[more])
    return Guess(more if is_clear else None, other if other in told else None)


def _is_told_apart(people: Sequence[Mention], gender: Gender) -> bool:
    """Tell whether words for the person at risk are of one gender, those for others of the other.

    "A girl ... a man": whatever the pronouns are.
    """
    at_risk = {m.gender for m in people if m.role == "victim"} - {"any"}
    named = [m for m in people if m.role != "victim" and m.end - m.start <= _NOUN]
    others = {m.gender for m in named} - {"any"}
    return at_risk == {gender} and others == {_OTHER[gender]}


def _is_governed(words: Sequence[str], position: int) -> bool:
    """Tell whether a preposition stands before a noun: "to the suspect"."""
    before = words[max(0, position - 2) : position]
    return bool(before) and (
        before[-1] in PREPOSITIONS or (before[-1] in DETERMINERS and before[0] in PREPOSITIONS)
    )
