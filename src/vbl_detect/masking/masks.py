"""Texts with personal details blacked out, letter for letter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from vbl_detect.masking.addresses import find_addresses
from vbl_detect.masking.details import Detail, settle
from vbl_detect.masking.initials import find_initials
from vbl_detect.masking.names import find_names
from vbl_detect.masking.numbers import find_numbers
from vbl_detect.masking.words import fold

#: What stands for each letter, digit and sign of a detail; white space stays.
MASK = "█"

_HIDDEN = re.compile(r"\S")


def find_details(text: str, *, known: Collection[str] = (), unknown: bool = True) -> list[Detail]:
    """Return the personal details in a text, in order; none overlap.

    Parameters
    ----------
    text : str
        Any text.
    known : collection of str
        Names known from elsewhere in the same record.
    unknown : bool
        Whether a capitalised word that is in no list is taken for a name.

    Notes
    -----
    Masking is not anonymisation: what is found, and what is not, is measured in
    ``docs/masking.md``.
    """
    folded = {fold(name) for name in known}
    return settle(
        [
            *find_numbers(text),
            *find_addresses(text),
            *find_names(text, known=folded, unknown=unknown),
            *find_initials(text),
        ],
        len(text),
    )


def mask(text: str, *, known: Collection[str] = (), unknown: bool = True) -> str:
    """Return a text of the same length with its personal details blacked out.

    Offsets and line breaks stay as they are, and masking a masked text changes nothing.

    Parameters
    ----------
    text, known, unknown
        As for `find_details`.
    """
    masked = text
    while details := find_details(masked, known=known, unknown=unknown):
        covered = black_out(masked, details)
        if covered == masked:
            break
        masked = covered
    return masked


def black_out(text: str, details: Iterable[Detail]) -> str:
    """Return a text with the details given blacked out.

    Parameters
    ----------
    text : str
        The text that they were found in.
    details : iterable of Detail
        What to hide.
    """
    parts, at = [], 0
    for detail in details:
        parts += [text[at : detail.start], hide_all(text[detail.start : detail.end])]
        at = detail.end
    return "".join((*parts, text[at:]))


def hide_all(text: str) -> str:
    """Return a text with everything but its white space blacked out."""
    return _HIDDEN.sub(MASK, text)
