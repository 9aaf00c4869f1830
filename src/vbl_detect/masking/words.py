"""The word lists by which a name is told from an ordinary word."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lists"
#: Letters that no decomposition takes their stroke from.
_STROKES = str.maketrans("łŁøØđĐıßæÆœŒ’‘", "lLoOdDisaAoO''")
_CONTRACTED = ("'ll", "'ve", "'re", "'d", "'m")
_AUXILIARIES = frozenset(
    "do does did is are was were has have had should would could must need ai ca wo sha".split()
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_MISSPELT = 8


@cache
def words(name: str) -> frozenset[str]:
    """Return the single words of a list, as they are written there.

    Parameters
    ----------
    name : str
        The list's file in ``lists/``, without its ending.
    """
    return frozenset(entry for entry in _entries(name) if "_" not in entry)


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Return the entries of a list that are several words, longest first.

    Parameters
    ----------
    name : str
        As for `words`.
    """
    found = {entry.replace("_", " ") for entry in _entries(name) if "_" in entry}
    return tuple(sorted(found, key=lambda entry: (-len(entry), entry)))


@lru_cache(maxsize=1)
def kept() -> frozenset[str]:
    """Return the capitalised words that name nobody: places, bodies, brands, abbreviations."""
    return words("places") | words("organisations") | words("abbreviations") | words("titles")


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return words("ordinary-words") | words("people-words") | words("shorthand")


def fold(word: str) -> str:
    """Return a word as the lists of names hold it: small letters, no accents, plain apostrophe."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.translate(_STROKES))
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()


def stem(word: str) -> str:
    """Return a word without the ending of a possessive.

    Parameters
    ----------
    word : str
        As written, with straight or curly apostrophe.
    """
    plain = word.replace("’", "'")
    return word[:-2] if plain.lower().endswith("'s") else word.rstrip("'’")


def is_ordinary(word: str) -> bool:
    """Tell whether a word, in whatever case, is one of English; a compound if its parts are."""
    folded = fold(stem(word))
    if folded in _ordinary() or len(folded) == 1:
        return True
    if folded.endswith(_CONTRACTED):
        return is_ordinary(folded.rpartition("'")[0])
    if folded.endswith(("nt", "n't")):
        return folded.removesuffix("nt").removesuffix("n't") in _AUXILIARIES
    parts = folded.replace("'", "-").split("-")
    return len(parts) > 1 and all(
        part in _ordinary() or len(part) == 1 or part.isdecimal() for part in parts
    )


def is_misspelt(word: str) -> bool:
    """Tell whether a long word is one slip from an ordinary one: "Reproted"."""
    folded = fold(word)
    if len(folded) < _SHORTEST_MISSPELT or not folded.isascii():
        return False
    cuts = [(folded[:at], folded[at:]) for at in range(len(folded) + 1)]
    slips = (
        *(head + tail[1:] for head, tail in cuts if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1),
        *(head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS),
        *(head + letter + tail for head, tail in cuts for letter in _LETTERS),
    )
    return any(slip in words("ordinary-words") for slip in slips)


def is_common(word: str) -> bool:
    """Tell whether a word is among those that notes use most."""
    return fold(stem(word)) in words("common-words")


def is_given(word: str) -> bool:
    """Tell whether a word, or the first part of a compound, is a given name."""
    folded = fold(stem(word))
    return folded in words("given-names") or folded.partition("-")[0] in words("given-names")


def is_family(word: str) -> bool:
    """Tell whether a word, or the last part of a compound, is a family name."""
    folded = fold(stem(word))
    return folded in words("family-names") or folded.rpartition("-")[2] in words("family-names")


def _entries(name: str) -> list[str]:
    lines = (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [entry for line in lines if not line.startswith("#") for entry in line.split()]
