"""People known to a note by name or initial alone: "Jade", "K"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

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
ADULT_FROM, ADULT_TO = 18, 90


def find_names(
    words: Sequence[str], sentence_starts: Collection[int], taken: Collection[int]
) -> list[Mention]:
    """Return the names and initials in a note, in order.

    A word is a name if it stands capitalised inside a sentence. Named people are persons at risk
    unless an adult age follows in brackets or after a comma: "Marlon (31)".

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
        and (_age(words, at) is not None or not _begins(words, at, sentence_starts))
    }
    return [
        Mention(at, at + 1, _role(words, at), "any", "one")
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
    return before == "(" or before.isdecimal() or _age(words, position) is not None


def _begins(words: Sequence[str], position: int, sentence_starts: Collection[int]) -> bool:
    """Tell whether a capital at a position tells nothing."""
    return position in sentence_starts or words[position - 1] in '."“‘:'


def _role(words: Sequence[str], position: int) -> Role:
    age = _age(words, position)
    is_adult = age is not None and ADULT_FROM <= age < ADULT_TO
    return "suspect" if is_adult else "victim"


def _age(words: Sequence[str], position: int) -> int | None:
    """Return the age that follows a name: "Marlon (31)"."""
    after = words[position + 1 : position + 3]
    if len(after) == 2 and after[0] in '(,"”' and after[1].isdecimal():  # noqa: PLR2004 - a pair
        return int(after[1])
    return None
