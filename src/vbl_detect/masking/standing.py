"""Whether a word stands for a person by itself: its letters, the lists, and the words beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vbl_detect.masking.tokens import Token, known_phrases, tokenise
from vbl_detect.masking.words import (
    fold,
    is_common,
    is_family,
    is_given,
    is_misspelt,
    is_ordinary,
    kept,
    stem,
    words,
)

DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs "
    "fri sat sun mondays tuesdays wednesdays thursdays fridays saturdays sundays january february "
    "march april may june july august september october november december jan feb mar apr jun jul "
    "aug sept sep oct nov dec".split()
)
_NAMES_OF_MONTHS = frozenset({"april", "may", "june"})
_AFTER_MONTH_WORDS = frozenset(
    "in of on last next since until by during this early late mid from".split()
)
_AGE = re.compile(
    r"\s?[,(]\s?(?:aged?\s)?\d{1,2}\b|\s(?:aged\s)?\d{1,2}(?:\s?y|\syrs|\sis|\swas|\))"
)
INITIAL = 1
_SHORTEST_UNKNOWN = 4
SHORTEST = 3


class Words:
    """The words of one text, and what can be asked of each.

    Parameters
    ----------
    text : str
        Any text.
    unknown : bool
        Whether a capitalised word that is in no list is a name.
    """

    def __init__(self, text: str, *, unknown: bool) -> None:
        self.text = text
        self.tokens: Sequence[Token] = tokenise(text)
        self.unknown = unknown
        self._taken = known_phrases(text)

    def stands(self, at: int) -> bool:
        """Tell whether a word is a name by itself and the words beside it."""
        token = self.tokens[at]
        if len(token.text) == INITIAL or self.is_kept(at):
            return False
        if self._after_title(at):
            return True
        if token.shouted or token.text.isupper():
            return self._stands_in_capitals(at)
        if token.is_title:
            return self._stands_capitalised(at)
        return self._stands_small(at)

    def _stands_capitalised(self, at: int) -> bool:
        token = self.tokens[at]
        word = stem(token.text)
        if is_ordinary(word):
            return is_given(word) and self.is_person(at)
        if word in kept():
            return is_given(word) and self._is_beside_person(at)
        if fold(word) in DATES:
            return fold(word) in _NAMES_OF_MONTHS and self.is_person(at)
        if word[:2].isupper() and not is_family(word):
            return False  # "GCSEs", "PolSA"
        listed = is_given(word) or is_family(word)
        if listed or not self.unknown:
            return listed
        return len(word) >= SHORTEST and not (token.begins and is_misspelt(word))

    def is_person(self, at: int) -> bool:
        """Tell whether an ordinary word that is also a given name stands for somebody here."""
        token = self.tokens[at]
        before = self.word(at - 1)
        if before in {"the", "a", "an", "any", "no"} or (is_common(token.text) and token.begins):
            return self.does_something(at)
        if fold(token.text) in DATES:
            digits = re.match(r"\s?\d", self.text[token.end : token.end + 2])
            earlier = re.search(r"\d\w{0,2}\s?$", self.text[max(token.start - 5, 0) : token.start])
            if before in _AFTER_MONTH_WORDS or digits or earlier:
                return False
        return not token.begins or self.does_something(at) or bool(self._age_follows(at))

    def does_something(self, at: int) -> bool:
        """Tell whether the words after one make it somebody: "Hope said", "Hope's mum"."""
        token = self.tokens[at]
        after = self.word(at + 1, near=True)
        owned = token.text.replace("’", "'").endswith("'s")
        past = after.endswith("ed") and len(after) > _SHORTEST_UNKNOWN
        return owned or past or after in words("doing-words") or self._age_follows(at)

    def _is_beside_person(self, at: int) -> bool:
        """Tell whether a place that is also a name stands for somebody here: "Paris said"."""
        token = self.tokens[at]
        before = self.word(at - 1)
        joined = before in {"and", "&"} and at > 1 and self._stands_alone(at - 2)
        after = self.word(at + 1, near=True)
        does = after in words("doing-words") and after not in {"is", "was", "has", "will", "would"}
        return joined or does or before in words("people-words") or self._age_follows(at, token)

    def _stands_alone(self, at: int) -> bool:
        """Tell whether a word is a name whatever stands beside it."""
        token = self.tokens[at]
        word = stem(token.text)
        return token.is_title and not is_ordinary(word) and word not in kept()

    def _stands_in_capitals(self, at: int) -> bool:
        token = self.tokens[at]
        word = stem(token.text)
        if word in words("abbreviations") or fold(word) in DATES or len(word) < SHORTEST:
            return False
        if word.title() in kept():
            return False
        if is_ordinary(word):
            return is_given(word) and not is_common(word) and self.does_something(at)
        if is_given(word) or is_family(word):
            return True
        return self.unknown and token.shouted and len(word) >= _SHORTEST_UNKNOWN

    def _stands_small(self, at: int) -> bool:
        word = stem(self.tokens[at].text)
        if len(word) < SHORTEST:
            return False
        if not is_ordinary(word):
            return is_given(word) or (is_given(word.removesuffix("s")) and word.endswith("s"))
        if is_common(word) or not is_given(word):
            return False
        after = self.word(at + 1, near=True)
        return self.word(at - 1) in words("people-words") and after in words("doing-words")

    def _after_title(self, at: int) -> bool:
        """Tell whether a rank or title stands before a word, maybe with a collar number."""
        token = self.tokens[at]
        word = stem(token.text)
        if at == 0 or fold(word) in words("doing-words"):
            return False
        title = self.tokens[at - 1]
        between = self.text[title.end : token.start]
        if title.text not in words("titles") or not re.fullmatch(
            r"\.?[ \t]{1,2}(?:[A-Z]{0,2}\d{2,6}[ \t]{1,2})?(?:[\"“(])?", between
        ):
            return False
        if title.text in {"Miss", "Officer", "OFFICER", "MISS", "miss"} and is_common(word):
            return False
        if token.shouted:
            return not is_common(word)
        if token.is_title:
            return not (is_common(word) and not is_family(word))
        return (token.text.islower() and not is_ordinary(word)) or (
            title.text in {"mr", "mrs", "Mr", "Mrs"}
            and token.text.islower()
            and not is_common(word)
        )

    def is_kept(self, at: int, *, after_name: bool = False) -> bool:
        """Tell whether a word stands for a place, a body or a date; less often after a name."""
        token = self.tokens[at]
        if any(start <= token.start and token.end <= end for start, end in self._taken):
            return True
        word = stem(token.text)
        before = self.tokens[at - 1].text if at else ""
        if before in {"Op", "Operation", "OP", "OPERATION"}:
            return True
        return (
            token.text in words("titles")
            or (token.text in kept() and not is_given(word) and not after_name)
            or fold(word) in DATES - _NAMES_OF_MONTHS
        )

    def word(self, at: int, *, near: bool = False) -> str:
        """Return a word in small letters, or nothing where there is none."""
        if not 0 <= at < len(self.tokens):
            return ""
        if near and not re.fullmatch(
            r"[ \t]{1,2}", self.text[self.tokens[at - 1].end : self.tokens[at].start]
        ):
            return ""
        return fold(self.tokens[at].text)

    def _age_follows(self, at: int, token: Token | None = None) -> bool:
        end = (token or self.tokens[at]).end
        return _AGE.match(self.text[end : end + 14]) is not None
