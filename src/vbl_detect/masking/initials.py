"""Initials that stand for a person: "H said", "JB's mum", "with C.T."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vbl_detect.masking.details import Detail
from vbl_detect.masking.tokens import Token, tokenise
from vbl_detect.masking.words import fold, kept, words

_DOTTED = re.compile(r"(?<![\w.])((?:[A-Z]\.){2,3}|[A-Z]\.[A-Z])(?![\w.])")
_NOT_DOTTED = frozenset("A.M. P.M. D.O.B. N.F.A. U.K. U.S. C.V. P.S. N.B. I.D. A.K.A. R.E.".split())
_SEX = re.compile(r"(?:\d\s?(?:yo|yrs?|y/o)?\s?|[(/,]\s?)$")
_AGE = re.compile(
    r"\s?(?:\(\d{1,2}\b|,?\s(?:aged\s)?\d{1,2}\s?(?:yo|yrs?|years|y/o|and|is|was|\.|,))"
)
_BEFORE = frozenset(
    "with by and from to of for that told asked says said between is saw met rang phoned when if "
    "because but while as near on then & how why where whether believe believes believed".split()
)
_AFTERWARDS = frozenset("likely alleges aged and & who also again would were are at".split())
_NO_PERSON = re.compile(r" (?:off|Division|division)\b")
_LONGEST = 3
_NOBODY = "IA"
_SAYING = frozenset("said says told states stated".split())


def find_initials(text: str) -> Iterator[Detail]:
    """Yield capitals that stand for a person; abbreviations and roles such as S1 stay.

    Parameters
    ----------
    text : str
        Any text.
    """
    for found in _DOTTED.finditer(text):
        if found[1].rstrip(".") + "." not in _NOT_DOTTED:
            yield Detail(*found.span(1), "initials")
    tokens = tokenise(text)
    candidates = [at for at in range(len(tokens)) if _could_be(text, tokens[at])]
    people = {_letters(tokens[at]) for at in candidates if _stands(text, tokens, at)}
    for at in candidates:
        letters = _letters(tokens[at])
        if letters in people and (letters not in _NOBODY or _stands(text, tokens, at)):
            yield Detail(tokens[at].start, tokens[at].start + len(letters), "initials")


def _letters(token: Token) -> str:
    return token.text.replace("’", "'").removesuffix("'s")


def _could_be(text: str, token: Token) -> bool:
    """Tell whether a word is one to three capitals with no other meaning."""
    letters = _letters(token)
    if not (letters.isupper() and letters.isalpha() and len(letters) <= _LONGEST):
        return False
    if token.shouted or letters in kept() or _NO_PERSON.match(text, token.end):
        return False
    before, after = text[max(token.start - 1, 0)], text[token.end : token.end + 1]
    return not (after.isdecimal() or before in "/&" or after in ("/", "&"))


def _stands(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the words beside capitals say that they are a person."""
    token, letters = tokens[at], _letters(tokens[at])
    before = fold(tokens[at - 1].text) if at else ""
    after = fold(tokens[at + 1].text) if at + 1 < len(tokens) else ""
    owned = token.text != letters
    if before in words("not-initials") or _is_sex(text, token.start, letters):
        return False
    if letters in _NOBODY:
        return letters == "A" and (owned or after in _SAYING)
    follows = text[token.end : token.end + 1] == " "
    acts = follows and (after in words("doing-words") or after in _AFTERWARDS)
    acts = acts or owned or _AGE.match(text[token.end : token.end + 14]) is not None
    spaced = text[max(token.start - 1, 0)] == " "
    near = spaced and (before in _BEFORE or before in words("people-words"))
    if len(letters) == _LONGEST:
        return acts
    return acts or near or len(letters) > 1


def _is_sex(text: str, start: int, letters: str) -> bool:
    return letters in {"F", "M"} and _SEX.search(text[max(start - 8, 0) : start]) is not None
