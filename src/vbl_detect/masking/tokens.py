"""The words of a text, and where they stand, as the finding of names sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vbl_detect.masking.words import phrases

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?")
_BEGINS = re.compile(r"(?:^|[.!?:;•\n\r*>|])[\s\"“‘'(\-–—•*]*$|\n[^\w]*$")
_LOOK_BACK = 12
_CAPITALS_SHARE = 0.7
_FEWEST_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Token:
    """A word.

    Attributes
    ----------
    start, end : int
        Half-open offsets in code points.
    text : str
        As written.
    begins : bool
        Whether a capital tells nothing here: a sentence, a line or a field begins.
    shouted : bool
        Whether its line is in capitals.
    """

    start: int
    end: int
    text: str
    begins: bool
    shouted: bool

    @property
    def is_title(self) -> bool:
        """Whether it begins with a capital and has small letters too: "Ellie-Mae", "al-Masri"."""
        return not self.text.isupper() and (
            self.text[0].isupper() or (len(self.text) > 3 and "-" in self.text and self.has_capital)  # noqa: PLR2004
        )

    @property
    def has_capital(self) -> bool:
        """Whether any letter is a capital."""
        return any(char.isupper() for char in self.text)


def tokenise(text: str) -> list[Token]:
    """Return the words of a text, without the apostrophe of a closing quotation mark.

    Parameters
    ----------
    text : str
        Any text.
    """
    tokens = []
    line_end, shouted = -1, False
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        if end > line_end:
            line_start = text.rfind("\n", 0, start) + 1
            line_end = text.find("\n", start)
            line_end = len(text) if line_end < 0 else line_end
            shouted = _is_shouted(text[line_start:line_end])
        word = found[0].rstrip("'’")
        before = text[max(start - _LOOK_BACK, 0) : start]
        begins = (start <= _LOOK_BACK and not re.search(r"\w", before)) or bool(
            _BEGINS.search(before)
        )
        tokens.append(Token(start, start + len(word), word, begins, shouted))
    return tokens


def known_phrases(text: str) -> list[tuple[int, int]]:
    """Return the offsets of places and bodies of several words: "Premier Inn".

    Parameters
    ----------
    text : str
        Any text.
    """
    found = []
    small = text.lower() if len(text.lower()) == len(text) else text
    for phrase in (*phrases("places"), *phrases("organisations")):
        at = small.find(phrase.lower())
        while at >= 0:
            found.append((at, at + len(phrase)))
            at = small.find(phrase.lower(), at + len(phrase))
    return found


def _is_shouted(line: str) -> bool:
    upper = sum(map(str.isupper, line))
    lower = sum(map(str.islower, line))
    return upper >= _FEWEST_LETTERS and upper > _CAPITALS_SHARE * (upper + lower)
