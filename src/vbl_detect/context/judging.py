"""From cues to a verdict: whose words a match is, and about whom.

The order of the questions is the order of the annotation guidelines: is it a form's question; are
someone's words adopted, challenged or objected to; is the wording itself the subject; is it
denied; whose words are they; whom are they about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from vbl_detect.context.adoption import is_authors
from vbl_detect.context.clauses import same_clause
from vbl_detect.context.quoted import source_of_quote
from vbl_detect.context.quotes import Quote
from vbl_detect.context.reach import SPEECH, cues_in_reach
from vbl_detect.context.reading import Cue, Reading
from vbl_detect.context.speakers import (
    AUTHOR,
    COLLEAGUE,
    source_at,
    source_of_turn,
)
from vbl_detect.context.subjects import subject_of
from vbl_detect.context.verdict import Source, Verdict
from vbl_detect.context.words import (
    AUTHORS,
    BE,
    BEFORE_SCARE_QUOTES,
    BOXES,
    CLAUSE_WORDS,
    JOINTS,
    NEGATORS,
    QUESTION_WORDS,
    SUBJECT_PRONOUNS,
)
from vbl_detect.lexicon import Effect
from vbl_detect.records import Context

ASSERTED = Verdict("asserted")

#: A bare negation reaches this many words, and no farther than the next subject.
_NEGATION_REACH = 4
#: Quoted words so few that nobody is named for are scare quotes, the author's own, after an owner
#: or an article: her so-called "boyfriend".
_SCARE_WORDS = 3
#: Two negations so near each other undo each other.
_DOUBLE_NEGATION = 8
#: Sentences away, where there is no cue.
_FAR = 99
_NEW_SUBJECT = SUBJECT_PRONOUNS | AUTHORS | {"there", "it", "and"}


def judge(reading: Reading, start: int, end: int) -> Verdict:
    """Return the verdict on the words from `start` to `end`.

    Parameters
    ----------
    reading : Reading
        The note.
    start, end : int
        Half-open positions of its words.
    """
    place = _Place(reading, start, end)
    return next(place.verdicts(), ASSERTED)


@dataclass
class _Place:
    """The words that are judged, and the questions asked of them."""

    reading: Reading
    start: int
    end: int

    @cached_property
    def quote(self) -> Quote | None:
        return self.reading.quote_around(self.start, self.end)

    @cached_property
    def sentence(self) -> int:
        return self.reading.sentence_at(self.start)

    @cached_property
    def bounds(self) -> tuple[int, int]:
        return self.reading.sentence_range(self.sentence)

    def verdicts(self) -> Iterator[Verdict]:
        """Yield the verdicts that hold, the one that decides first."""
        yield from self._form_question()
        words_of = self._source()
        source = words_of.verdict
        if source is not None or self.quote is not None or words_of.role == "police":
            yield from self._turned(others_words=source is not None)
        yield from self._mentions()
        yield from self._negations()
        if source is not None:
            yield source
        yield from self._other_subject()

    def _cues(self, *effects: Effect) -> list[Cue]:
        """Return the cues of some effects that reach the words, the nearest before them first."""
        return cues_in_reach(self.reading, self.start, self.end, *effects)

    def _verdict(self, context: Context, cue: Cue) -> Verdict:
        return Verdict(context, cue.rule.code, self.reading.offsets(cue.start, cue.end))

    # The questions

    def _form_question(self) -> Iterator[Verdict]:
        words, rule = self.reading.words, self.reading.rules.get("field")
        tail = words[self.end : self.bounds[1]]
        marks = [at for at in (self.start - 1, self.end) if 0 <= at < len(words)]
        if tail and tail[-1] == "?":
            yield from (self._verdict("mention", cue) for cue in self._cues("question"))
            if rule is not None and len(tail) == 1 and self._fills_line():
                yield Verdict("mention", rule.code, self.reading.offsets(self.end, self.end + 1))
        for at in marks:
            same_line = not self.reading.breaks_before(max(at, self.start))
            if rule is not None and words[at] in BOXES and same_line:
                yield Verdict("mention", rule.code, self.reading.offsets(at, at + 1))

    def _fills_line(self) -> bool:
        """Tell whether the words begin a line, or follow no more than its number."""
        reading, at = self.reading, self.start
        while at and not reading.words[at - 1][0].isalpha() and not reading.breaks_before(at):
            at -= 1
        return reading.breaks_before(at)

    def _turned(self, *, others_words: bool) -> Iterator[Verdict]:
        """Yield what the author makes of words that are someone else's, or are quoted.

        Of a quotation that is both taken over and objected to the nearer cue decides.
        """
        taken = others_words or self.quote is not None
        adopted = [
            cue
            for cue in self._cues("adopted")
            if taken and is_authors(self.reading, cue, self.sentence, self.quote)
        ]
        objected = [cue for cue in self._cues("objected") if cue.rule.scope != "note" or taken]
        if self.quote is not None and self._is_nearer(objected, adopted):
            yield from (self._verdict("mention", cue) for cue in objected)
        yield from (self._verdict("asserted", cue) for cue in adopted)
        yield from (self._verdict("mention", cue) for cue in objected)
        yield from (self._verdict("negated", cue) for cue in self._cues("challenged"))

    def _is_nearer(self, cues: list[Cue], others: list[Cue]) -> bool:
        """Tell whether one of some cues stands in a sentence as near as any of others do."""

        def apart(cue: Cue) -> int:
            number = self.reading.sentence_at(cue.start)
            return 0 if cue.rule.scope == "note" else abs(number - self.sentence)

        return min(map(apart, cues), default=_FAR) <= min(map(apart, others), default=_FAR)

    def _mentions(self) -> Iterator[Verdict]:
        yield from (self._verdict("mention", cue) for cue in self._cues("mention"))

    def _negations(self) -> Iterator[Verdict]:
        cues = self._cues("negated")
        if self._undone(cues):
            return
        yield from (
            self._verdict("negated", cue)
            for cue in cues
            if cue.rule.scope != "phrase" or cue.start >= self.end or self._is_bare_reach(cue)
        )

    def _is_bare_reach(self, cue: Cue) -> bool:
        words = self.reading.words
        if words[self.start] in CLAUSE_WORDS:
            return False  # "won't budge despite advice"
        between = words[cue.end : self.start]
        if between[-1:] == ["or"] and not NEGATORS.isdisjoint(words[self.start : self.end]):
            return False  # "could not or would not say"
        return len(between) <= _NEGATION_REACH and _NEW_SUBJECT.isdisjoint(between)

    def _undone(self, cues: list[Cue]) -> bool:
        """Tell whether two negations before the words undo each other."""
        words = self.reading.words
        places = sorted({(cue.start, cue.end) for cue in cues if cue.end <= self.start})
        return any(
            0 <= second[0] - first[1] <= _DOUBLE_NEGATION
            and JOINTS.isdisjoint(words[first[1] : second[0]])
            and words[second[0]] in NEGATORS - {"nor"}
            and words[first[0]] not in ("neither", "nor")
            and (
                words[first[0]] != words[second[0]]
                or not SUBJECT_PRONOUNS.isdisjoint(words[first[1] : second[0]])
            )
            and QUESTION_WORDS.isdisjoint(words[slice(*first)])
            for first, second in pairwise(places)
        )

    def _source(self) -> Source:
        """Return whose words they are."""
        reading = self.reading
        if self.quote is not None:
            source = source_of_quote(reading, self.quote) or source_of_turn(reading, self.sentence)
            return Source(self._marks_alone(self.quote)) if source is None else source
        colleague: Cue | None = None
        cues = self._cues(*SPEECH)
        for cue in cues:
            source = source_at(reading, cue)
            if source is None or not self._goes_on(cue, source):
                continue
            if cue.rule.scope == "phrase" and not self._is_bare_reach(cue):
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
        turn = source_of_turn(reading, self.sentence)
        return turn or reading.accounts.get(self.sentence, AUTHOR)

    def _goes_on(self, cue: Cue, source: Source) -> bool:
        """Tell whether speech reaches the words: the child's own only as far as its clause."""
        if cue.start >= self.end and not self._is_attributed(cue):
            return False
        verdict = source.verdict
        if verdict is None or verdict.context != "quoted" or cue.rule.effect != "spoken":
            return True
        between = self.reading.words[cue.end : self.start]
        if source.role != "victim" and between[-2:-1] == [","] and between[-1] in SUBJECT_PRONOUNS:
            return True
        if source.role != "victim" and between[:1] == ["that"]:
            return True
        if between[:1] == [":"] or "," not in between:
            return True
        last = len(between) - 1 - between[::-1].index(",")
        return any(
            before == "that" and after not in BE
            for before, after in pairwise((*between[last:], ""))
        )

    def _is_attributed(self, cue: Cue) -> bool:
        """Tell whether a cue after the words looks back: not "..., and, in her words, ..."."""
        between = self.reading.words[self.end : cue.start]
        return not any(word in ":;" for word in between) and between[-2:] != ["and", ","]

    def _marks_alone(self, quote: Quote) -> Verdict | None:
        """Return whose words a quotation is that nobody is named for."""
        for cue in self._cues("document"):
            return self._verdict("mention", cue)
        first, last = self.reading.word_range(quote.start, quote.end)
        rule = self.reading.rules.get("quotation")
        start, end = self.reading.offsets(*self.bounds)
        alone = sum(start <= other.start < end for other in self.reading.quotes) <= 1
        before = self.reading.words[first - 2] if first > 1 else ""
        is_scare = alone and last - first <= _SCARE_WORDS and before in BEFORE_SCARE_QUOTES
        if rule is None or is_scare:
            return None
        return Verdict("quoted", rule.code, (max(quote.start - 1, 0), quote.end + 1))

    def _other_subject(self) -> Iterator[Verdict]:
        rule = self.reading.rules.get("subject")
        subject = subject_of(self.reading, self.start, self.end)
        if rule is None or subject is None or subject.role in ("victim", "police", "document"):
            return
        where = self.reading.offsets(subject.start, subject.end)
        yield Verdict("other-subject", rule.code, where)
