"""People known to a note by name or initial alone: "Jade", "K"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from vbl_detect.context.ages import age_after, has_child, is_adult
from vbl_detect.context.reading import Mention
from vbl_detect.lexicon import Role

#: Names are words of at least so many letters.
_SHORTEST_NAME = 3
#: Of notes in capitals nothing can be told: so large a share of the words.
_CAPITALS_SHARE = 1 / 3
#: Capitalised words that name nobody.
_DATES = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tues Weds Thurs Fri Sat Sun "
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Christmas Easter".split()
)


#: "V is 20": a letter that stands for the victim.
_VICTIM = "V"


def find_names(
    words: Sequence[str], sentence_starts: Collection[int], taken: Collection[int]
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
    """
    cased = [position for position, word in enumerate(words) if not word.islower()]
    capitals = sum(len(words[at]) >= _SHORTEST_NAME and words[at].isupper() for at in cased)
    if capitals > len(words) * _CAPITALS_SHARE:
        return []
    names = {
        words[at]
        for at in cased
        if _is_name(words[at])
        and (age_after(words, at) is not None or not _begins(words, at, sentence_starts))
    }
    adults = {words[at] for at in cased if words[at] in names and is_adult(age_after(words, at))}
    # Where there is no child, a grown-up may be the victim: only the aged mention tells them apart.
    keep = has_child(words)
    return [
        Mention(at, at + 1, _role(words, at, adults if keep else ()), "any", "one")
        for at in cased
        if words[at] in names and at not in taken and not _is_sex(words, at)
    ]


def _is_name(word: str) -> bool:
    if len(word) == 1:
        return word.isupper() and word not in "IA"
    return len(word) >= _SHORTEST_NAME and word.istitle() and word.isalpha() and word not in _DATES


def _is_sex(words: Sequence[str], position: int) -> bool:
    """Tell whether "F" or "M" says a person's sex: "IP (F, 51)"."""
    if words[position] not in "FM":
        return False
    before = words[position - 1] if position else ""
    return before == "(" or before.isdecimal() or age_after(words, position) is not None


def _begins(words: Sequence[str], position: int, sentence_starts: Collection[int]) -> bool:
    """Tell whether a capital at a position tells nothing."""
    return position in sentence_starts or words[position - 1] in '."“‘:'


def _role(words: Sequence[str], position: int, adults: Collection[str]) -> Role:
    age = age_after(words, position)
    if age is None:
        return "suspect" if words[position] in adults and words[position] != _VICTIM else "victim"
    return "suspect" if is_adult(age) and words[position] != _VICTIM else "victim"
