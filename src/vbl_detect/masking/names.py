"""Names of people, by lists, capitals and the words around them; no model is needed.

A capitalised word inside a sentence is a name unless it is an ordinary word, a place, a body or an
abbreviation. The lists decide where a capital tells nothing: at the beginning of a sentence, in
capitals, in small letters. A name found once is a name wherever the note has it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from vbl_detect.masking.details import Detail
from vbl_detect.masking.standing import DATES, INITIAL, SHORTEST, Words
from vbl_detect.masking.words import (
    fold,
    is_common,
    is_family,
    is_given,
    is_ordinary,
    kept,
    stem,
    words,
)

_PARTICLES = frozenset(
    "de da do dos das di del della van von der den bin bint ibn al el la le abu ul ur ó ni ní "
    "mac mc".split()
)
_NICKNAMING = re.compile(
    r"(?i:\b(?:aka|a\.k\.a\.?|known\sas|called|calls|named|nick(?:named|name)|and|&|or|as|is)\s)$"
)
_QUOTED = re.compile(r"[\"“‘']([A-Z][\w’'-]{1,20}(?:\s[A-Z][\w’'-]{1,20})?)[\"”’']")
_NAME_FIELD = re.compile(
    r"(?im)(?:^|[.;,]\s)(?:full\s|sur|fore|first\s|last\s)?name(?:\sof\s[a-z]{2,12})?\s?[:\-–]\s?"
    r"([A-ZÀ-Þ][\w'’-]{1,24}(?:[ ,]{1,2}[A-ZÀ-Þ][\w'’-]{1,24}){0,3})"
)
_NEAR = re.compile(r"[ \t]{0,2}(?:[-–]|[\"“”'‘’(])?[ \t]?")


def find_names(text: str, *, known: Collection[str] = (), unknown: bool = True) -> Iterator[Detail]:
    """Yield the names of people in a text, each word of a name by itself.

    Parameters
    ----------
    text : str
        Any text.
    known : collection of str
        Names known from elsewhere, as `vbl_detect.masking.words.fold` makes them.
    unknown : bool
        Whether a capitalised word that is in no list is a name.
    """
    yield from _Reader(text, known, unknown=unknown).details()


class _Reader:
    """The words of one text, and which of them are names so far."""

    def __init__(self, text: str, known: Collection[str], *, unknown: bool) -> None:
        self.text = text
        self.words = Words(text, unknown=unknown)
        self.tokens = self.words.tokens
        self.names: set[int] = set()
        self._known = set(known)

    def details(self) -> Iterator[Detail]:
        for found in (*self._nicknames(), *_NAME_FIELD.finditer(self.text)):
            yield Detail(*found.span(1), "name")
        self.names |= {at for at in range(len(self.tokens)) if self.words.stands(at)}
        self._extend()
        self._recur()
        for at in sorted(self.names):
            token = self.tokens[at]
            yield Detail(token.start, token.start + len(stem(token.text)), "name")

    def _nicknames(self) -> Iterator[re.Match[str]]:
        for found in _QUOTED.finditer(self.text):
            before = self.text[max(found.start() - 14, 0) : found.start()]
            if _NICKNAMING.search(before) and fold(found[1]) not in words("people-words"):
                yield found

    def _extend(self) -> None:
        """Take what belongs to a name beside it: surname, initial, particle."""
        for at in range(len(self.tokens)):
            if self._begins_with_initial(at):
                self.names |= {at, at + 1}
        waiting = sorted(self.names)
        while waiting:
            at = waiting.pop()
            for other in (at + 1, at - 1):
                if other not in self.names and self._belongs(other, at):
                    self.names.add(other)
                    waiting.append(other)

    def _belongs(self, at: int, name: int) -> bool:
        """Tell whether the word beside a name is part of it."""
        if not 0 <= at < len(self.tokens):
            return False
        word = stem(self.tokens[at].text)
        between = self._between(at, name)
        listed_first = re.fullmatch(r",\s?", between) and self.tokens[name].text.isupper()
        kept_here = self.words.is_kept(at, after_name=at - 1 in self.names)
        if kept_here or fold(word) in DATES or word in words("titles"):
            return False
        if not (_NEAR.fullmatch(between) or listed_first):
            return False
        return self._joins(at, name, between)

    def _joins(self, at: int, name: int, between: str) -> bool:
        token = self.tokens[at]
        word = stem(token.text)
        if fold(word) in _PARTICLES and between == " ":
            if at > name:
                return self._particle_leads_on(at)
            return at > 0 and (at - 1 in self.names or self.tokens[at - 1].text in words("titles"))
        if len(word) == INITIAL:
            return at > name and between == " " and word.isupper() and word not in "IA"
        if token.is_title or (token.text.isupper() and token.shouted):
            return self._is_surname(at, name)
        return token.text.islower() and at > name and is_family(word) and not is_ordinary(word)

    def _between(self, at: int, name: int) -> str:
        first, second = sorted((at, name))
        return self.text[self.tokens[first].end : self.tokens[second].start]

    def _is_surname(self, at: int, name: int) -> bool:
        token, other = self.tokens[at], self.tokens[name]
        word = stem(token.text)
        if other.text.endswith(("'s", "’s")) and at > name:
            return False
        if word in kept() or word.title() in kept():
            return is_family(word) and not is_common(word) and at > name and not token.shouted
        if at < name:
            return (not token.begins and not is_ordinary(word)) or (
                is_given(word) and not is_common(word)
            )
        if token.shouted:
            return is_family(word)
        return not token.begins and (not is_common(word) or is_family(word))

    def _particle_leads_on(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at + 1].is_title

    def _begins_with_initial(self, at: int) -> bool:
        """Tell whether a word is the initial before a surname: "R. Chaudhry"."""
        token = self.tokens[at]
        if len(token.text) != INITIAL or not token.text.isupper() or at + 1 >= len(self.tokens):
            return False
        surname = self.tokens[at + 1]
        between = self.text[token.end : surname.start]
        if between not in {" ", ". ", "."} or not surname.is_title or self.words.is_kept(at + 1):
            return False
        if (token.text in "IA" and between == " ") or (
            token.text in "QA" and is_ordinary(surname.text)
        ):
            return False
        if self.words.word(at - 1) in words("not-initials") or stem(surname.text) in kept():
            return False
        return not is_common(surname.text) or is_family(surname.text)

    def _recur(self) -> None:
        """Take every other place at which a name stands."""
        found = {stem(self.tokens[at].text) for at in self.names}
        long = {fold(word) for word in found if len(word) >= SHORTEST} | self._known
        for at, token in enumerate(self.tokens):
            word = stem(token.text)
            folded = fold(word)
            if at in self.names or folded not in long:
                continue
            if token.has_capital and not (is_common(word) and token.begins):
                if fold(word) not in DATES or self.words.is_person(at):
                    self.names.add(at)
            elif not is_ordinary(word) or self.words.does_something(at):
                self.names.add(at)
