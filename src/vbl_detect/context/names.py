"""People known to a note by name or initial alone: "Jade", "K"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from vbl_detect.context.ages import ADULT_FROM, age_after, is_adult
from vbl_detect.context.mentions import Mention
from vbl_detect.context.words import (
    AUTHORS,
    AUXILIARIES,
    CLAUSE_WORDS,
    DETERMINERS,
    IMPERSONAL,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
)
from vbl_detect.lexicon import Gender, Role

#: Names are words of at least so many letters.
_SHORTEST_NAME = 3
#: Where there is no child, a grown-up who opens it so early is whom the note is about.
_OPENING = 8
#: Of notes in capitals nothing can be told: so large a share of the words.
_CAPITALS_SHARE = 1 / 3
#: Capitalised words that name nobody.
_DATES = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tues Weds Thurs Fri Sat Sun "
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Christmas Easter".split()
)

#: Titles, which name nobody themselves, with the gender of whom they name.
_TITLES: dict[str, Gender] = {
    **dict.fromkeys(("Mr", "Sir"), "m"),
    **dict.fromkeys(("Mrs", "Ms", "Miss", "Madam", "Lady"), "f"),
}

#: Ranks, whoever's name follows is of the police: "Sgt K", "DC Romero".
_RANKS = frozenset(
    "PC DC PS DS DI DCI PCSO Sgt Sergeant Insp Inspector Supt Superintendent Detective Constable "
    "A/DS A/PS A/Sgt T/DC T/DS T/PS T/Sgt D/Sgt D/Insp".split()
)

_NO_NAMES = (
    _DATES
    | _TITLES.keys()
    | {
        word.capitalize()
        for word in PRONOUNS.keys()
        | AUTHORS
        | AUXILIARIES
        | DETERMINERS
        | IMPERSONAL
        | PREPOSITIONS
        | RELATIVES
        | CLAUSE_WORDS
    }
)
#: After an article stands a thing or an office: "the Mondeo", "the Crown".
_ARTICLES = frozenset({"the", "a", "an"})

_SEXES: dict[str, Gender] = {"F": "f", "M": "m"}
#: Words that stand like a name where the note leaves the article out: "Fella is 27".
_BARE_NOUNS: dict[str, Gender] = {
    "Female": "f",
    "Woman": "f",
    "Lady": "f",
    "Male": "m",
    "Man": "m",
    "Fella": "m",
    "Bloke": "m",
}
#: "Woman, 34, at the job centre": these open a note about whom they name.
_WHOM = frozenset({"Woman", "Man", "Female", "Male", "Lady"})
#: "V is 20": a letter that stands for the victim.
_VICTIM = "V"


def find_names(
    words: Sequence[str],
    sentence_starts: Collection[int],
    taken: Collection[int],
    child: int | None,
    cased: Sequence[int],
) -> list[Mention]:
    """Return the names and initials in a note, in order.

    A word is a name if it stands capitalised inside a sentence. Named people are persons at risk
    unless an adult's age follows: "Marlon (31)", "Dean H, 24", "Y is 31"; in a note about a child
    this holds wherever the name stands.

    Parameters
    ----------
    words : sequence of str
        The note's words as written.
    sentence_starts : collection of int
        Positions that begin a sentence, where a capital tells nothing.
    taken : collection of int
        Positions that are words for people already.
    child : int or None
        Where the note first speaks of a child, by `first_child`.
    cased : sequence of int
        The positions of words that hold capitals, in order.
    """
    capitals = sum(len(words[at]) >= _SHORTEST_NAME and words[at].isupper() for at in cased)
    if capitals > len(words) * _CAPITALS_SHARE:
        return []
    names = {
        words[at]
        for at in cased
        if _is_name(words[at])
        and not _is_thing(words, at)
        and (not _begins(words, at, sentence_starts) or age_after(words, at) is not None)
    }
    # Where there is no child, a grown-up may be the victim: only the aged mention tells them apart.
    adults = {
        words[at]
        for at in cased
        if words[at] in names
        and is_adult(age_after(words, at))
        # Whoever has a title and comes before any child is whom the note is about.
        and (_gender(words, at) is None or (child is not None and child < at))
    }
    aged = (at for at in cased if words[at] in names and is_adult(age_after(words, at)))
    first = next(aged, None) if child is None else None
    is_opened = first is not None and first <= _OPENING and words[first] in _WHOM
    whom = words[first] if first is not None and is_opened else ""
    officers = {words[at] for at in cased if at and words[at] in names and _follows_rank(words, at)}
    genders = {words[at]: sex for at in cased if (sex := _gender(words, at)) is not None}
    genders |= {words[at]: _SEXES[words[at]] for at in cased if _is_aged_sex(words, at)}
    genders |= {word: gender for word, gender in _BARE_NOUNS.items() if word in names}
    return [
        Mention(
            at,
            at + 1,
            "police"
            if words[at] in officers and (len(words[at]) > 1 or _follows_rank(words, at))
            else "victim"
            if words[at] == whom
            else _role(words, at, () if child is None else adults),
            genders.get(words[at], "any"),
            "one",
        )
        for at in cased
        if words[at] in names
        and at not in taken
        and not _is_sex(words, at)
        and not _is_thing(words, at)
    ]


def _is_name(word: str) -> bool:
    if len(word) == 1:
        return word.isupper() and word not in "IA"
    return (
        len(word) >= _SHORTEST_NAME and word.istitle() and word.isalpha() and word not in _NO_NAMES
    )


def _is_thing(words: Sequence[str], position: int) -> bool:
    """Tell whether an article stands before a word: "the Mondeo", but "the V"."""
    return len(words[position]) > 1 and position > 0 and words[position - 1].lower() in _ARTICLES


def _gender(words: Sequence[str], position: int) -> Gender | None:
    """Return the gender that a title tells: "Ms Kerr", "Mr D. Achterberg"."""
    before = position - 1
    while before > 0 and (words[before] == "." or _is_initial(words[before])):
        before -= 1
    return _TITLES.get(words[before]) if before >= 0 else None


def _follows_rank(words: Sequence[str], position: int) -> bool:
    return position > 0 and words[position - 1] in _RANKS


def _is_initial(word: str) -> bool:
    return word.isupper() and len(word.rstrip(".")) == 1


def _is_sex(words: Sequence[str], position: int) -> bool:
    """Tell whether "F" or "M" says a person's sex: "IP (F, 51)"."""
    if words[position] not in "FM":
        return False
    before = words[position - 1] if position else ""
    return before in ("(", ",") or before.isdecimal() or age_after(words, position) is not None


def _is_aged_sex(words: Sequence[str], position: int) -> bool:
    """Tell whether "F" or "M" stands for a person, an age behind it: "F/33", "M 24"."""
    if words[position] not in _SEXES:
        return False
    after = [word for word in words[position + 1 : position + 3] if word not in "/-"]
    return bool(after) and after[0].isdecimal() and len(after[0]) == 2  # noqa: PLR2004


def _begins(words: Sequence[str], position: int, sentence_starts: Collection[int]) -> bool:
    """Tell whether a capital at a position tells nothing."""
    return position in sentence_starts or words[position - 1] in '."“‘:|•*'


def _role(words: Sequence[str], position: int, adults: Collection[str]) -> Role:
    age = age_after(words, position)
    if words[position] == _VICTIM:
        return "victim"
    if age is None or _gender(words, position) is not None:
        return "suspect" if words[position] in adults else "victim"
    return "suspect" if is_adult(age) and age != ADULT_FROM else "victim"
