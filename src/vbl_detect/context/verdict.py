"""What a match is judged to be, and whose words it is."""

from __future__ import annotations

from typing import NamedTuple

from vbl_detect.lexicon import Role
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


class Source(NamedTuple):
    """Whose words they are.

    Attributes
    ----------
    verdict : Verdict or None
        None if they are the author's own all the same.
    role : str or None
        Who says them, if that is known; ``police`` with no verdict is a colleague of the author.
    """

    verdict: Verdict | None
    role: Role | None = None
