"""Who is grown up: ages that follow a name or a pronoun."""

from __future__ import annotations

from collections.abc import Sequence

from vbl_detect.context.mentions import Mention
from vbl_detect.context.words import AUXILIARIES, PARTNERS, PRONOUNS, SUBJECT_PRONOUNS
from vbl_detect.lexicon import Gender

CHILD_FROM, ADULT_FROM, ADULT_TO = 1, 18, 90
_VERBS = frozenset({"is", "was", "turned", "turns", "'s", "\u2019s"})
#: What may stand between somebody and their age: "Marlon (31)", "Y is 31", "Lily, 14".
_BEFORE_AGE = _VERBS | {"(", ",", '"', "\u201d", "aged"}
_SEX_NOUNS = frozenset({"male", "female"})
#: After a verb the number must be the end of what is said of them: "is 31 and has", "is 31.".
_AFTER_AGE = frozenset(". , ; : and with who but so now - ) years yrs yo ( or today".split())
_IN_WORDS = {"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_CHILD_WORDS = frozenset(
    "child children girl girls boy boys yp lad lads pupil pupils schoolgirl schoolboy teen "
    "teenager baby daughter son".split()
)
#: "Son: Mum's lonely": whoever speaks for somebody old, though such kin are children elsewhere.
_KIN = frozenset("son daughter niece nephew grandson granddaughter".split())
#: A number behind these is a score.
_GRADES = frozenset("high medium standard low score dash risk grade total ticks".split())
_BEFORE_CHILDS_AGE = frozenset({"(", "aged", "is", ","})
#: "14F", "F14": one word to the tokenizer.
_CHILDS_AGE_AND_SEX = frozenset(
    pattern.format(age)
    for age in range(10, ADULT_FROM)
    for pattern in ("{}f", "{}f.", "{}yo", "{}yr", "{}yrs", "{}y/o", "f{}", "m{}", "f/{}", "m/{}")
)
_YEARS = frozenset("yo y/o yr yrs year years f m yof yom".split())


def _is_fact(words: Sequence[str], position: int) -> bool:
    """Tell whether a pronoun begins a clause: "He is 26", unlike "thinks he is 26"."""
    if words[position][0].isupper() or not position:
        return True
    before = words[position - 1].lower()
    return not before.isalpha() or before in ("and", "but", "as", "because", "since")


def is_adult(age: int | None) -> bool:
    """Tell whether an age is a grown-up's."""
    return age is not None and ADULT_FROM <= age < ADULT_TO


def age_after(words: Sequence[str], position: int) -> int | None:
    """Return the age that follows a name or pronoun: "Marlon (31)", "Dean H, 24", "Y is 31"."""
    at = position + 1
    if at < len(words) and words[at][:1].isupper() and words[position][:1].isupper():
        at += 1  # a surname, or its initial
    if words[at : at + 1] in (['"'], ["\u201d"]) and words[at + 1 : at + 2] in ([","], ["("]):
        at += 1  # the nominal "Shiv", 26
    mark, age, after = (*words[at : at + 3], "", "", "")[:3]
    if mark not in _BEFORE_AGE:
        return None
    if mark in _VERBS and after and after not in _AFTER_AGE:
        return None
    if age.isdecimal() and len(age) <= 2:  # noqa: PLR2004 - two digits
        return int(age)
    return _IN_WORDS.get(age) if mark in _VERBS else None


def first_child(words: Sequence[str]) -> int | None:
    """Return where a note first speaks of a child, by a word or by an age; None if it does not.

    Parameters
    ----------
    words : sequence of str
        The note's words in lower case, of length n_words.
    """
    last = len(words) - 1
    for position, word in enumerate(words):
        is_label = word in _KIN and words[position + 1 : position + 2] == [":"]
        if (word in _CHILD_WORDS and not is_label) or word in _CHILDS_AGE_AND_SEX:
            return position
        if not (word in _BEFORE_CHILDS_AGE or word.isdecimal()):
            continue
        following = words[position + 1] if position < last else ""
        introduces = word in _BEFORE_CHILDS_AGE and (
            word != "," or _ends_aside(words[position + 2 : position + 3])
        )
        if introduces and position and words[position - 1] in _GRADES:
            continue  # "DASH: medium (11)"
        if introduces and _is_childs_age(following):
            return position
        if following in _YEARS and _is_childs_age(word):
            return position
    return None


def _ends_aside(after: Sequence[str]) -> bool:
    """Tell whether an age between commas ends: "Lily, 14, left", unlike ", 11 calls"."""
    return not after or not after[0].isalpha() or after[0] in _AFTER_AGE | AUXILIARIES | _YEARS


def _is_childs_age(word: str) -> bool:
    is_age = word.isdecimal() and len(word) <= 2  # noqa: PLR2004 - two digits
    return is_age and CHILD_FROM <= int(word) < ADULT_FROM


def find_aged(words: Sequence[str], child: int | None) -> list[Mention]:
    """Return the pronouns that a note gives an age, where it speaks of a child: "He is 26".

    Parameters
    ----------
    words : sequence of str
        The note's words as written, of length n_words.
    child : int or None
        Where it first speaks of a child, by `first_child`.
    """
    if child is None:
        return []
    return [
        Mention(at, at + 1, "suspect" if is_adult(age) else "victim", *PRONOUNS[words[at].lower()])
        for at in range(len(words) - 1)
        if words[at + 1] in _BEFORE_AGE
        and words[at].lower() in SUBJECT_PRONOUNS
        and (age := age_after(words, at)) is not None
        and age != ADULT_FROM
        and age < ADULT_TO
        and _is_fact(words, at)
    ]


def settle_kin(
    mentions: Sequence[Mention], words: Sequence[str], child: int | None
) -> list[Mention]:
    """Return mentions with the labels of grown-up kin made family's: "Son: Mum's lonely".

    Parameters
    ----------
    mentions : sequence of Mention
        The people that the tables know, and the names.
    words : sequence of str
        The note's words, of length n_words.
    child : int or None
        Where it first speaks of a child, by `first_child`.
    """
    return [
        mention._replace(role="family")
        if words[mention.start] in _KIN
        and words[mention.end : mention.end + 1] == [":"]
        and (child is None or child >= mention.start)
        else mention
        for mention in mentions
    ]


def settle_adults(
    mentions: Sequence[Mention], words: Sequence[str], child: int | None, at_risk: Gender | None
) -> list[Mention]:
    """Return mentions with grown-ups told apart: "a man", "the woman", "husband".

    They are suspects in a note about a child, and where they are not of the gender of the person at
    risk; else nothing can be told of them, and they are left out.

    Parameters
    ----------
    mentions, words, child
        As for `settle_kin`.
    at_risk : str or None
        The gender of the person at risk, if it is known.
    """
    about_child = child is not None and not any(
        mention.role == "victim" and _is_grown(words, mention.end) for mention in mentions
    )
    has_victim = any(mention.role == "victim" for mention in mentions)

    def is_other(mention: Mention) -> bool:
        word = words[mention.end - 1]
        if word in _SEX_NOUNS:
            for other in mentions:
                if other.role == "victim" and word in words[other.start : other.end]:
                    return False  # "female aged 16 ... the female"
        if about_child or (mention.gender != "any" and at_risk not in (None, mention.gender)):
            return True
        return has_victim and word in PARTNERS

    return [
        mention._replace(role="suspect") if mention.role == "adult" else mention
        for mention in mentions
        if mention.role != "adult" or is_other(mention)
    ]


def _is_grown(words: Sequence[str], position: int) -> bool:
    """Tell whether an adult's age follows, a sex perhaps before it: "(F, 51)", ", 34"."""
    after = [word for word in words[position : position + 4] if word not in "(,FfMm"]
    return bool(after) and after[0].isdecimal() and len(after[0]) <= 2 and is_adult(int(after[0]))  # noqa: PLR2004
