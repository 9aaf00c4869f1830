"""Text from a note as it may be shown: on one line, nothing hidden, nothing acted upon."""

from __future__ import annotations

import re
import unicodedata

_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0]")
# Joiners shape emoji and several scripts, and hide nothing.
_JOINERS = "\u200c\u200d"
_UNSEEN = {"Cc", "Cf", "Cs"}
_LINE_BREAK_MARK = "⏎"
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN_MARKS = {
    _LINE_BREAK_MARK: "\\n",
    "…": "...",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
}


def visible(text: str, encoding: str = "utf-8") -> str:
    r"""Return `text` on one line, with everything a screen would act upon made visible.

    A line break becomes ``⏎``, a tab a space; control characters, terminal escapes, zero-width
    characters and changes of writing direction become escapes such as ``\x1b``. What `encoding`
    cannot hold becomes its nearest plain mark, or an escape.

    Parameters
    ----------
    text : str
        Text of a note, of the lexicon, or a path.
    encoding : str
        The encoding of the stream it is shown on.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _SPACES.sub(" ", _LINE_BREAK.sub(_LINE_BREAK_MARK, text))
    if not text.isprintable():
        text = "".join(map(_revealed, text))
    return encodable(text, encoding)


def without_surrogates(text: str) -> str:
    """Return `text` with lone surrogates, which no file can hold, replaced by U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def encodable(text: str, encoding: str) -> str:
    """Return `text` with what `encoding` cannot hold replaced by plain marks or escapes."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_encodable_character(character, encoding) for character in text)
    return text


def _revealed(character: str) -> str:
    if character in _JOINERS or unicodedata.category(character) not in _UNSEEN:
        return character
    return _escape(character)


def _encodable_character(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return _PLAIN_MARKS.get(character) or _escape(character)
    return character


def _escape(character: str) -> str:
    code = ord(character)
    if code <= 0xFF:  # noqa: PLR2004
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004
