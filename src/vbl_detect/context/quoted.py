"""Whose words a quotation is, by who is named beside it."""

from __future__ import annotations

from vbl_detect.context.quotes import Quote
from vbl_detect.context.reach import SPEECH
from vbl_detect.context.reading import Reading
from vbl_detect.context.sources import COLLEAGUE, TURN_ROLES, source_at, source_of_label
from vbl_detect.context.verdict import Source
from vbl_detect.context.words import DETERMINERS, SUBJECT_PRONOUNS

#: After a closing quotation mark so near.
_NEAR_QUOTE = 4


def source_of_quote(reading: Reading, quote: Quote) -> Source | None:
    """Return whose words a quotation is, by what stands before and after it.

    Parameters
    ----------
    reading : Reading
        The note.
    quote : Quote
        The quotation.
    """
    opening, closing = reading.word_range(quote.start, quote.end)
    first, _ = reading.sentence_range(reading.sentence_at(max(opening - 1, 0)))
    cues = reading.cues_of(*SPEECH)
    before = [cue for cue in cues if first <= cue.start and cue.end <= opening]
    after = [cue for cue in cues if closing <= cue.start <= closing + _NEAR_QUOTE]
    colleague: Source | None = None
    for cue in (*sorted(before, key=lambda cue: -cue.end), *after):
        source = source_at(reading, cue)
        if source is None or (source.verdict is None and cue not in before):
            continue
        if source is not COLLEAGUE:
            return source
        colleague = source  # unless somebody says that a colleague said so
    if colleague is not None:
        return colleague
    return _named_before(reading, opening, first)


def _named_before(reading: Reading, opening: int, first: int) -> Source | None:
    """Return the source of a quotation with only a name before it: ``Mum: "..."``."""
    position = opening - 1
    while position > first and not reading.words[position][0].isalnum():
        position -= 1
    mention = reading.mention_at(position) if position >= first else None
    if position == opening - 2 and not _begins_sentence(reading, opening):
        return None  # 'Kim "is streetwise"': the quotation goes on about them
    if mention is None or mention.role not in TURN_ROLES | {"victim"}:
        return None
    return source_of_label(reading, mention)


def _begins_sentence(reading: Reading, position: int) -> bool:
    """Tell whether a word opens a sentence of its own, by a capital or as its subject."""
    word = reading.words[position]
    return (
        reading.text[reading.starts[position]].isupper()
        or word in SUBJECT_PRONOUNS
        or word in DETERMINERS
    )
