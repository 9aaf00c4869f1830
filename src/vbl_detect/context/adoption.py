"""Whether it is the author who agrees with somebody else's words."""

from __future__ import annotations

from vbl_detect.context.quotes import Quote
from vbl_detect.context.reading import Cue, Reading
from vbl_detect.context.words import CLAUSE_MARKS, MEETING


def is_authors(reading: Reading, cue: Cue, sentence: int, quote: Quote | None) -> bool:
    """Tell whether a cue of agreement is the author's.

    Parameters
    ----------
    reading : Reading
        The note.
    cue : Cue
        A cue with the effect ``adopted``.
    sentence : int
        The sentence of the words that are agreed with.
    quote : Quote or None
        The quotation that holds them.
    """
    return _takes_over(reading, cue, sentence) and not (
        _is_quoted_with(reading, cue, sentence, quote) or _is_others(reading, cue, sentence)
    )


def _takes_over(reading: Reading, cue: Cue, sentence: int) -> bool:
    """Tell whether a participle takes words over, and neither lists nor records an agreement.

    "Agreed." does, on its own or at the end of the words' sentence; "Agreed: visit on Monday"
    and "script agreed" in a later one do not.
    """
    if cue.end - cue.start > 1 or not reading.words[cue.start].endswith("ed"):
        return True
    number = reading.sentence_at(cue.start)
    opens = cue.start == reading.sentence_range(number)[0] or reading.words[
        cue.start - 1
    ] in CLAUSE_MARKS - {","}
    return (opens or number == sentence) and reading.words[cue.end : cue.end + 1] != [":"]


def _is_quoted_with(reading: Reading, cue: Cue, sentence: int, quote: Quote | None) -> bool:
    """Tell whether a cue stands in the quotation and the sentence of the words."""
    return (
        quote is not None
        and reading.sentence_at(cue.start) == sentence
        and reading.quote_around(cue.start, cue.end) == quote
    )


def _is_others(reading: Reading, cue: Cue, sentence: int) -> bool:
    """Tell whether somebody else agrees, in a turn of their own: "Guardian: agreed"."""
    turn = reading.turns.get(reading.sentence_at(cue.start))
    return (
        turn is not None
        and reading.words[turn.start] not in MEETING
        and turn != reading.turns.get(sentence)
    )
