"""Whose words they are: a quotation's, a speaker's, a labelled turn's, or the author's own."""

from __future__ import annotations

from itertools import pairwise

from vbl_detect.context.clauses import same_clause
from vbl_detect.context.negation import is_bare_reach
from vbl_detect.context.place import Place
from vbl_detect.context.quoted import source_of_quote
from vbl_detect.context.quotes import Quote
from vbl_detect.context.reach import SPEECH
from vbl_detect.context.reading import Cue
from vbl_detect.context.sources import AUTHOR, COLLEAGUE, source_at, source_of_turn
from vbl_detect.context.verdict import Source, Verdict
from vbl_detect.context.words import BE, BEFORE_SCARE_QUOTES, SUBJECT_PRONOUNS

#: Quoted words so few that nobody is named for are scare quotes, the author's own, after an owner
#: or an article: her so-called "boyfriend".
_SCARE_WORDS = 3


def origin_of(place: Place) -> Source:
    """Return whose words they are."""
    reading = place.reading
    if place.quote is not None:
        source = source_of_quote(reading, place.quote) or source_of_turn(reading, place.sentence)
        return Source(_marks_alone(place, place.quote)) if source is None else source
    colleague: Cue | None = None
    cues = place.cues(*SPEECH)
    for cue in cues:
        source = source_at(reading, cue)
        if source is None or not _goes_on(place, cue, source):
            continue
        if cue.rule.scope == "phrase" and not is_bare_reach(place, cue):
            continue
        if source is AUTHOR:  # "I would have called her": what the author once wrote
            record = (other for other in cues if other.rule.effect == "recorded")
            longer = next((o for o in record if o.start <= cue.start < o.end), None)
            return source if longer is None else source_at(reading, longer) or source
        if colleague is None and source is COLLEAGUE:
            colleague = cue  # unless somebody says that a colleague said so
        elif colleague is None or (
            source.verdict is not None and same_clause(reading, cue.end, colleague.start)
        ):
            return source
    if colleague is not None:
        return COLLEAGUE
    turn = source_of_turn(reading, place.sentence)
    return turn or reading.accounts.get(place.sentence, AUTHOR)


def _goes_on(place: Place, cue: Cue, source: Source) -> bool:
    """Tell whether speech reaches the words: the child's own only as far as its clause."""
    if cue.start >= place.end and not _is_attributed(place, cue):
        return False
    verdict = source.verdict
    if verdict is None or verdict.context != "quoted" or cue.rule.effect != "spoken":
        return True
    between = place.reading.words[cue.end : place.start]
    if source.role != "victim" and between[-2:-1] == [","] and between[-1] in SUBJECT_PRONOUNS:
        return True
    if source.role != "victim" and between[:1] == ["that"]:
        return True
    if between[:1] == [":"] or "," not in between:
        return True
    last = len(between) - 1 - between[::-1].index(",")
    return any(
        before == "that" and after not in BE for before, after in pairwise((*between[last:], ""))
    )


def _is_attributed(place: Place, cue: Cue) -> bool:
    """Tell whether a cue after the words looks back: not "..., and, in her words, ..."."""
    between = place.reading.words[place.end : cue.start]
    return not any(word in ":;" for word in between) and between[-2:] != ["and", ","]


def _marks_alone(place: Place, quote: Quote) -> Verdict | None:
    """Return whose words a quotation is that nobody is named for."""
    for cue in place.cues("document"):
        return place.verdict("mention", cue)
    first, last = place.reading.word_range(quote.start, quote.end)
    rule = place.reading.rules.get("quotation")
    start, end = place.reading.offsets(*place.bounds)
    alone = sum(start <= other.start < end for other in place.reading.quotes) <= 1
    before = place.reading.words[first - 2] if first > 1 else ""
    is_scare = alone and last - first <= _SCARE_WORDS and before in BEFORE_SCARE_QUOTES
    if rule is None or is_scare:
        return None
    return Verdict("quoted", rule.code, (max(quote.start - 1, 0), quote.end + 1))
