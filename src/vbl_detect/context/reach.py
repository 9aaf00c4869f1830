"""Which cues reach the words that are judged: by side, by scope, and by what stands between."""

from __future__ import annotations

from vbl_detect.context.clauses import same_clause
from vbl_detect.context.reading import Cue, Reading
from vbl_detect.context.words import QUOTATION_MARKS
from vbl_detect.lexicon import Effect, Scope

#: The effects of cues that say whose words they are.
SPEECH: tuple[Effect, ...] = ("spoken", "attributed", "quoted", "reported", "recorded")
#: A cue with the scope ``phrase`` or ``clause`` reaches this many words.
_CLAUSE_REACH = 7
#: A cue with the scope ``near`` reaches back one sentence, and ahead this many.
_SENTENCES_AHEAD = 2
#: What stands behind a label runs to so many words.
_LONGEST_LABELLED = 20
#: What follows a reply that opens a longer sentence.
_AFTER_REPLY = [[";"], [":"], ["-"], ["\u2013"], ["\u2014"]]
_BEFORE_RULING = frozenset(",:-\u2013\u2014")
#: Verbs of saying that words may begin with, a subject before them.
_SAYS = frozenset("says said".split())
_OPENING = 2
_MODALS = frozenset("could should would might can ought".split())


def cues_in_reach(reading: Reading, start: int, end: int, *effects: Effect) -> list[Cue]:
    """Return the cues of some effects that reach words, the nearest before them first.

    Parameters
    ----------
    reading : Reading
        The note.
    start, end : int
        Half-open positions of the words.
    *effects : str
        What the cues do.
    """

    def distance(cue: Cue) -> tuple[bool, int]:
        is_after = cue.start >= end
        return is_after, cue.start - end if is_after else start - cue.end

    found = [cue for cue in reading.cues_of(*effects) if _reaches(reading, cue, start, end)]
    return sorted(found, key=distance)


def _reaches(reading: Reading, cue: Cue, start: int, end: int) -> bool:
    before, after = cue.end <= start, cue.start >= end
    if not before and _may_overlap(cue):
        before = cue.start < start and cue.end < end
    if not before and cue.rule.effect == "spoken" and reading.words[cue.start] in _SAYS:
        before = (
            start < cue.start <= start + _OPENING and cue.end < end
        )  # "[he says she led him on]"
    direction = cue.rule.direction
    if (not before and direction == "before") or (not after and direction == "after"):
        return False
    return (before or after) and _in_scope(reading, cue, start, end, before=before)


def _may_overlap(cue: Cue) -> bool:
    """Tell whether a cue may end inside the words: "stop [closing these as ...]"."""
    effect = cue.rule.effect
    return effect == "question" or (effect == "mention" and cue.rule.scope == "sentence")


def _in_scope(reading: Reading, cue: Cue, start: int, end: int, *, before: bool) -> bool:
    sentence = reading.sentence_at(start)
    apart = reading.sentence_at(cue.start) - sentence
    match cue.rule.scope:
        case "note":
            reaches = True
        case "near":
            reaches = -1 <= apart <= _SENTENCES_AHEAD
        case "label":
            reaches = _heads(reading, cue, start)
        case "next":
            reaches = apart == 1 and _is_reply(reading, cue, sentence)
        case "ruling":
            reaches = cue.start == end + 1 and _is_ruling(reading, cue)
        case scope:
            between = (cue.end, start) if cue.start < start else (end, cue.start)
            if not before and between[0] < between[1] and reading.words[cue.start - 1] == ",":
                between = between[0], between[1] - 1
            reaches = not apart and _in_sentence(reading, scope, *between)
    return reaches


def _in_sentence(reading: Reading, scope: Scope, start: int, end: int) -> bool:
    """Tell whether a cue reaches over the words between two positions of a sentence."""
    if scope in ("phrase", "clause"):
        return end - start <= _CLAUSE_REACH and same_clause(reading, start, end)
    return not reading.ends_between(start, end)


def _heads(reading: Reading, cue: Cue, start: int) -> bool:
    """Tell whether a cue is the label of words: "before: ..."."""
    between = range(cue.end + 1, start)
    opens = (
        cue.rule.effect in SPEECH
        or reading.breaks_before(cue.start)
        or not reading.words[cue.start - 1][0].isalnum()
    )
    return (
        opens
        and reading.words[cue.end : cue.end + 1] == [":"]
        and start - cue.end <= _LONGEST_LABELLED
        and not any(reading.breaks_before(at) for at in (*between, start))
        and not any(reading.words[at] == ":" for at in between)
        and not _is_quote_alone(reading, cue.end + 1, start)
    )


def _is_quote_alone(reading: Reading, first: int, start: int) -> bool:
    """Tell whether a label holds a quotation that ends before the words: 'Said: "no". She ...'."""
    if reading.words[first] not in QUOTATION_MARKS:
        return False
    return not any(
        quote.start <= reading.starts[first] + 1 and reading.starts[start] < quote.end
        for quote in reading.quotes
    )


def _is_reply(reading: Reading, cue: Cue, sentence: int) -> bool:
    """Tell whether a cue is all that its sentence holds, or opens it: "No.", "Wrong; he was 12"."""
    words = reading.words
    asked = words[slice(*reading.sentence_range(sentence))]
    if asked[-1] != "?" and not _MODALS.isdisjoint(asked):
        return False  # "She could have rung. She didn't."
    first, last = reading.sentence_range(sentence + 1)
    if cue.start == first and words[cue.end : cue.end + 1] in _AFTER_REPLY:
        return True
    rest = [*words[first : cue.start], *words[cue.end : last]]
    return not any(word[0].isalnum() for word in rest)


def _is_ruling(reading: Reading, cue: Cue) -> bool:
    """Tell whether a cue is all that stands behind a dash, or a comma: "X - no.", "X, out."."""
    mark, after = reading.words[cue.start - 1], reading.words[cue.end : cue.end + 1]
    is_last = not after or not after[0][0].isalnum() or reading.breaks_before(cue.end)
    return mark in _BEFORE_RULING and is_last
