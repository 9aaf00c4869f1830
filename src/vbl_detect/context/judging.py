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

from vbl_detect.context.quotes import Quote
from vbl_detect.context.reading import Cue, Reading
from vbl_detect.context.speakers import (
    AUTHOR,
    SPEECH,
    source_at,
    source_of_quote,
    source_of_turn,
)
from vbl_detect.context.subjects import subject_of
from vbl_detect.context.verdict import Source, Verdict
from vbl_detect.context.words import (
    AUTHORS,
    CLAUSE_MARKS,
    CLAUSE_WORDS,
    JOINTS,
    NEGATORS,
    SUBJECT_PRONOUNS,
)
from vbl_detect.lexicon import Effect, Scope
from vbl_detect.records import Context

ASSERTED = Verdict("asserted")

#: A cue with the scope ``phrase`` or ``clause`` reaches this many words.
_CLAUSE_REACH = 7
#: A bare negation reaches this many words, and no farther than the next subject.
_NEGATION_REACH = 4
#: A cue with the scope ``near`` reaches back one sentence, and ahead this many.
_SENTENCES_AHEAD = 2
#: What stands behind a label runs to so many words.
_LONGEST_LABELLED = 20
#: Quoted words so few, with nobody named who says them, are scare quotes: the author's own.
_SCARE_WORDS = 3
#: Two negations so near each other undo each other.
_DOUBLE_NEGATION = 8
_MODALS = frozenset("could should would might can ought".split())
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

    # Cues in scope

    def _cues(self, *effects: Effect) -> list[Cue]:
        """Return the cues of some effects that reach the words, the nearest before them first."""
        found = [cue for cue in self.reading.cues_of(*effects) if self._reaches(cue)]
        return sorted(found, key=self._distance)

    def _distance(self, cue: Cue) -> tuple[bool, int]:
        is_after = cue.start >= self.end
        return is_after, cue.start - self.end if is_after else self.start - cue.end

    def _reaches(self, cue: Cue) -> bool:
        before, after = cue.end <= self.start, cue.start >= self.end
        direction = cue.rule.direction
        if (not before and direction == "before") or (not after and direction == "after"):
            return False
        if not (before or after):
            return False
        return self._in_scope(cue, before=before)

    def _in_scope(self, cue: Cue, *, before: bool) -> bool:
        apart = self.reading.sentence_at(cue.start) - self.sentence
        match cue.rule.scope:
            case "note":
                reaches = True
            case "near":
                reaches = -1 <= apart <= _SENTENCES_AHEAD
            case "label":
                reaches = self._heads(cue)
            case "next":
                reaches = apart == 1 and self._is_reply(cue)
            case scope:
                between = (cue.end, self.start) if before else (self.end, cue.start)
                reaches = not apart and self._in_sentence(scope, *between)
        return reaches

    def _in_sentence(self, scope: Scope, start: int, end: int) -> bool:
        """Tell whether a cue reaches over the words between two positions of a sentence."""
        if scope in ("phrase", "clause"):
            return end - start <= _CLAUSE_REACH and self.reading.same_clause(start, end)
        return not self.reading.ends_between(start, end)

    def _heads(self, cue: Cue) -> bool:
        """Tell whether a cue is the label of the words: "before: ..."."""
        reading = self.reading
        between = range(cue.end + 1, self.start)
        opens = (
            cue.rule.effect in SPEECH
            or reading.breaks_before(cue.start)
            or not reading.words[cue.start - 1][0].isalnum()
        )
        return (
            opens
            and reading.words[cue.end : cue.end + 1] == [":"]
            and self.start - cue.end <= _LONGEST_LABELLED
            and not any(reading.breaks_before(at) for at in (*between, self.start))
            and not any(reading.words[at] == ":" for at in between)
        )

    def _is_reply(self, cue: Cue) -> bool:
        """Tell whether a cue is all that its sentence holds: "No.", "She did not."."""
        words = self.reading.words
        if not _MODALS.isdisjoint(words[slice(*self.bounds)]):
            return False  # "She could have rung. She didn't."
        first, last = self.reading.sentence_range(self.sentence + 1)
        rest = [*words[first : cue.start], *words[cue.end : last]]
        return not any(word[0].isalnum() for word in rest)

    def _verdict(self, context: Context, cue: Cue) -> Verdict:
        return Verdict(context, cue.rule.code, self.reading.offsets(cue.start, cue.end))

    # The questions

    def _form_question(self) -> Iterator[Verdict]:
        tail = self.reading.words[self.end : self.bounds[1]]
        if tail and tail[-1] == "?":
            yield from (self._verdict("mention", cue) for cue in self._cues("question"))
            rule = self.reading.rules.get("field")
            if rule is not None and len(tail) == 1 and self._fills_line():
                yield Verdict("mention", rule.code, self.reading.offsets(self.end, self.end + 1))

    def _fills_line(self) -> bool:
        """Tell whether the words begin a line, or follow no more than its number."""
        reading, at = self.reading, self.start
        while at and not reading.words[at - 1][0].isalpha() and not reading.breaks_before(at):
            at -= 1
        return reading.breaks_before(at)

    def _turned(self, *, others_words: bool) -> Iterator[Verdict]:
        """Yield what the author makes of words that are someone else's, or are quoted."""
        objected = (
            self._verdict("mention", cue)
            for cue in self._cues("objected")
            if cue.rule.scope != "note" or others_words or self.quote is not None
        )
        if self.quote is not None:
            yield from objected
        if others_words:
            adopted = self._cues("adopted")
            yield from (self._verdict("asserted", cue) for cue in adopted if self._takes_over(cue))
        yield from objected
        yield from (self._verdict("negated", cue) for cue in self._cues("challenged"))

    def _takes_over(self, cue: Cue) -> bool:
        """Tell whether a participle takes words over, and neither lists nor records an agreement.

        "Agreed." does, on its own or at the end of the words' sentence; "Agreed: visit on Monday"
        and "script agreed" in a later one do not.
        """
        reading = self.reading
        if cue.end - cue.start > 1 or not reading.words[cue.start].endswith("ed"):
            return True
        number = reading.sentence_at(cue.start)
        opens = cue.start == reading.sentence_range(number)[0] or reading.words[
            cue.start - 1
        ] in CLAUSE_MARKS - {","}
        return (opens or number == self.sentence) and reading.words[cue.end : cue.end + 1] != [":"]

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
        return len(between) <= _NEGATION_REACH and _NEW_SUBJECT.isdisjoint(between)

    def _undone(self, cues: list[Cue]) -> bool:
        """Tell whether two negations before the words undo each other."""
        words = self.reading.words
        places = sorted({(cue.start, cue.end) for cue in cues if cue.end <= self.start})
        return any(
            0 <= second[0] - first[1] <= _DOUBLE_NEGATION
            and JOINTS.isdisjoint(words[first[1] : second[0]])
            and words[second[0]] in NEGATORS - {"nor"}
            and words[first[0]] not in ("neither", "nor", words[second[0]])
            for first, second in pairwise(places)
        )

    def _source(self) -> Source:
        """Return whose words they are."""
        reading = self.reading
        if self.quote is not None:
            source = source_of_quote(reading, self.quote) or source_of_turn(reading, self.sentence)
            return Source(self._marks_alone(self.quote)) if source is None else source
        for cue in self._cues(*SPEECH):
            source = source_at(reading, cue)
            if source is not None and self._goes_on(cue, source):
                return source
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
        return "," not in between or between[-1:] == ["that"] or "that" in between[-2:]

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
        if rule is None or (alone and last - first <= _SCARE_WORDS):
            return None
        return Verdict("quoted", rule.code, (max(quote.start - 1, 0), quote.end + 1))

    def _other_subject(self) -> Iterator[Verdict]:
        rule = self.reading.rules.get("subject")
        subject = subject_of(self.reading, self.start, self.end)
        if rule is None or subject is None or subject.role in ("victim", "police", "document"):
            return
        where = self.reading.offsets(subject.start, subject.end)
        yield Verdict("other-subject", rule.code, where)
