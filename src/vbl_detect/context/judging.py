"""From cues to a verdict: whose words a match is, and about whom.

The order of the questions is the order of the annotation guidelines: is it a form's question; are
someone's words adopted, challenged or objected to; is the wording itself the subject; is it
denied; whose words are they; whom are they about.
"""

from __future__ import annotations

from collections.abc import Iterator

from vbl_detect.context.adoption import is_authors
from vbl_detect.context.negation import negations
from vbl_detect.context.origin import origin_of
from vbl_detect.context.place import Place
from vbl_detect.context.reading import Cue, Reading
from vbl_detect.context.subjects import subject_of
from vbl_detect.context.verdict import Verdict
from vbl_detect.context.words import BOXES

ASSERTED = Verdict("asserted")

#: Sentences away, where there is no cue.
_FAR = 99


def judge(reading: Reading, start: int, end: int) -> Verdict:
    """Return the verdict on the words from `start` to `end`.

    Parameters
    ----------
    reading : Reading
        The note.
    start, end : int
        Half-open positions of its words.
    """
    return next(_verdicts(Place(reading, start, end)), ASSERTED)


def _verdicts(place: Place) -> Iterator[Verdict]:
    """Yield the verdicts that hold, the one that decides first."""
    yield from _form_question(place)
    origin = origin_of(place)
    source = origin.verdict
    if source is not None or place.quote is not None or origin.role == "police":
        yield from _turned(place, others_words=source is not None)
    yield from (place.verdict("mention", cue) for cue in place.cues("mention"))
    yield from negations(place)
    if source is not None:
        yield source
    yield from _other_subject(place)


def _form_question(place: Place) -> Iterator[Verdict]:
    words, rule = place.reading.words, place.reading.rules.get("field")
    tail = words[place.end : place.bounds[1]]
    marks = [at for at in (place.start - 1, place.end) if 0 <= at < len(words)]
    if tail and tail[-1] == "?":
        yield from (place.verdict("mention", cue) for cue in place.cues("question"))
        if rule is not None and len(tail) == 1 and _fills_line(place):
            yield Verdict("mention", rule.code, place.reading.offsets(place.end, place.end + 1))
    for at in marks:
        same_line = not place.reading.breaks_before(max(at, place.start))
        if rule is not None and words[at] in BOXES and same_line:
            yield Verdict("mention", rule.code, place.reading.offsets(at, at + 1))


def _fills_line(place: Place) -> bool:
    """Tell whether the words begin a line, or follow no more than its number."""
    reading, at = place.reading, place.start
    while at and not reading.words[at - 1][0].isalpha() and not reading.breaks_before(at):
        at -= 1
    return reading.breaks_before(at)


def _turned(place: Place, *, others_words: bool) -> Iterator[Verdict]:
    """Yield what the author makes of words that are someone else's, or are quoted.

    Of a quotation that is both taken over and objected to the nearer cue decides.
    """
    taken = others_words or place.quote is not None
    adopted = [
        cue
        for cue in place.cues("adopted")
        if taken and is_authors(place.reading, cue, place.sentence, place.quote)
    ]
    objected = [cue for cue in place.cues("objected") if cue.rule.scope != "note" or taken]
    if adopted and place.quote is None:
        yield from negations(place)  # "believes none of it is her doing, and so do I"
    if place.quote is not None and _is_nearer(place, objected, adopted):
        yield from (place.verdict("mention", cue) for cue in objected)
    yield from (place.verdict("asserted", cue) for cue in adopted)
    yield from (place.verdict("mention", cue) for cue in objected)
    yield from (place.verdict("negated", cue) for cue in place.cues("challenged"))


def _is_nearer(place: Place, cues: list[Cue], others: list[Cue]) -> bool:
    """Tell whether one of some cues stands in a sentence as near as any of others do."""

    def apart(cue: Cue) -> int:
        number = place.reading.sentence_at(cue.start)
        return 0 if cue.rule.scope == "note" else abs(number - place.sentence)

    return min(map(apart, cues), default=_FAR) <= min(map(apart, others), default=_FAR)


def _other_subject(place: Place) -> Iterator[Verdict]:
    rule = place.reading.rules.get("subject")
    subject = subject_of(place.reading, place.start, place.end)
    if rule is None or subject is None or subject.role in ("victim", "police", "document"):
        return
    where = place.reading.offsets(subject.start, subject.end)
    yield Verdict("other-subject", rule.code, where)
