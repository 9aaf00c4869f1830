"""Where the words stand that a person typed, or the sentence whose number was given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from vbl_detect.sentences import sentence_bounds

_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…)\s*")
_EDGES = " \t\r\n.,;:!?\"“”'‘’()"
_ANY_MARK = {
    "'": "['’‘`]", "’": "['’‘`]", "‘": "['’‘`]", '"': '["“”]', "“": '["“”]', "”": '["“”]',
    "-": "[-–—]", "–": "[-–—]", "—": "[-–—]",
}  # fmt: skip


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a note, without the space around them; a blank one is left out.

    Parameters
    ----------
    text : str
        The note.
    """
    bare = []
    for start, end in sentence_bounds(text):
        sentence = text[start:end]
        first = start + len(sentence) - len(sentence.lstrip())
        last = start + len(sentence.rstrip())
        if first < last:
            bare.append((first, last))
    return bare


def places(text: str, typed: str) -> list[tuple[int, int]]:
    """Return every place where typed words stand, as half-open offsets of whole words.

    Capitals, spaces, and kinds of quotation marks and dashes make no difference. Three dots stand
    for words left out: ``puts ... Astra``.

    Parameters
    ----------
    text : str
        The note.
    typed : str
        What was typed.
    """
    parts = [part for part in map(_bare, _ELLIPSIS.split(typed)) if part]
    if not parts:
        return []
    pattern = r".*?".join(map(_pattern, parts))
    found = re.finditer(pattern, text, re.IGNORECASE | re.DOTALL)
    return list(dict.fromkeys(_whole_words(text, *match.span()) for match in found))


def chosen(typed: str, names: Mapping[str, Sequence[str]]) -> str | None:
    """Return what is meant by a number, letters, or the beginning of a name; None: unclear.

    Parameters
    ----------
    typed : str
        What was typed.
    names : mapping of str to sequence of str
        By value, what it is called; its place in the mapping, from 1, is its number.
    """
    typed = typed.strip().casefold()
    values = list(names)
    if typed.isdecimal():
        number = int(typed) if len(typed) <= len(str(len(values))) else 0
        return values[number - 1] if 1 <= number <= len(values) else None
    if not typed:
        return None
    called = {value: [name.casefold() for name in of] for value, of in names.items()}
    exact = [value for value, of in called.items() if typed in of]
    begun = exact or [v for v, of in called.items() if any(name.startswith(typed) for name in of)]
    return begun[0] if len(begun) == 1 else None


def _bare(part: str) -> str:
    return part.strip(_EDGES)


def _pattern(part: str) -> str:
    return r"\s+".join(
        "".join(_ANY_MARK.get(character, re.escape(character)) for character in word)
        for word in part.split()
    )


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
