"""What a match is judged to be."""

from __future__ import annotations

from typing import NamedTuple

from vbl_detect.records import Context


class Verdict(NamedTuple):
    """What a match is: its context, the rule that decided, and its cue as half-open offsets.

    Attributes
    ----------
    context : str
        One of the six contexts.
    rule : str or None
        The code of the rule; None where no rule spoke and the words are the author's own.
    cue : tuple of (int, int) or None
        Where the words stand that decided, in code points of the note's text.
    """

    context: Context
    rule: str | None = None
    cue: tuple[int, int] | None = None
