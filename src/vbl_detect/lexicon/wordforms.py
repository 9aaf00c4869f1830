"""Which written forms a word of the lexicon stands for: inflections and spellings.

The regular rules cover most English verbs; the irregular ones, the doubled consonants of longer
verbs and the spellings are data (``_verbs.csv``, ``_spellings.csv``). Own code rather than a
library because the lexicon is compiled whenever the pipeline loads: the maintained inflectors
either lack verbs or cost more than the rest of the start-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
#: One syllable ending in one vowel and one consonant: stop, get, put. Longer verbs that double
#: (refer, admit) stand in ``_verbs.csv``.
_DOUBLING = re.compile(r"^[^aeiou]*[aeiou][bdfgklmnprstvz]$")
#: Endings under which a listed spelling is carried over: behaviour → behavior, so also behaviors.
_ENDINGS = ("", "s", "'s", "al", "ally", "ly", "ness", "ism")


def inflect(verb: str) -> frozenset[str]:
    """Return every form of a regular verb.

    Parameters
    ----------
    verb : str
        The base form, lower case; of a hyphenated verb the last part changes.

    Returns
    -------
    frozenset of str
        Base, third person, past and ``-ing`` form.
    """
    head, hyphen, base = verb.rpartition("-")
    return frozenset(f"{head}{hyphen}{form}" for form in _regular_forms(base))


def _regular_forms(base: str) -> tuple[str, str, str, str]:
    third = base + "s"
    if _SIBILANT.search(base):
        third = base + "es"
    if base.endswith("ie"):
        return base, third, base + "d", base[:-2] + "ying"
    if base.endswith("e"):
        stem = base if base.endswith(("ee", "oe", "ye")) else base[:-1]
        return base, third, base + "d", stem + "ing"
    if _CONSONANT_Y.search(base):
        return base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    stem = base + base[-1] if _DOUBLING.search(base) else base
    return base, third, stem + "ed", stem + "ing"


class WordForms:
    """The written forms of words, from the lexicon's own tables.

    Parameters
    ----------
    verbs : mapping of str to iterable of str
        Irregular verbs: base form to all its forms.
    spellings : mapping of str to iterable of str
        Words to their misspellings and American spellings.
    """

    def __init__(
        self, verbs: Mapping[str, Iterable[str]], spellings: Mapping[str, Iterable[str]]
    ) -> None:
        self._verbs = {verb: frozenset((verb, *forms)) for verb, forms in verbs.items()}
        self._spellings = {word: tuple(variants) for word, variants in spellings.items()}

    def inflections(self, verb: str) -> frozenset[str]:
        """Return every form of a verb, in every listed spelling.

        Parameters
        ----------
        verb : str
            The base form, lower case.
        """
        forms: set[str] = set()
        for base in (verb, *self._spellings.get(verb, ())):
            forms |= self._verbs.get(base) or inflect(base)
        return frozenset(spelling for form in forms for spelling in self.spellings(form))

    def spellings(self, word: str) -> frozenset[str]:
        """Return a word with its listed misspellings and American spellings.

        Parameters
        ----------
        word : str
            The word, lower case; a listed word with an ending (``-s``, ``-ly``) counts.
        """
        found = {word}
        for ending in _ENDINGS:
            if word.endswith(ending):
                stem = word[: len(word) - len(ending)]
                found.update(variant + ending for variant in self._spellings.get(stem, ()))
        return frozenset(found)
