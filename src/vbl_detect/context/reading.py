"""What the context rules see of a note: its words, sentences, cues, people, quotes and turns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from vbl_detect.context.ages import age_after, is_adult, settle_adults, settle_kin
from vbl_detect.context.appositions import join_appositions
from vbl_detect.context.genders import Guess, guess_gender_at_risk, told_sex
from vbl_detect.context.mentions import Mention
from vbl_detect.context.quotes import Quote, find_quotes
from vbl_detect.context.verdict import Source
from vbl_detect.context.words import CLAUSE_MARKS
from vbl_detect.lexicon import ContextRule, Effect, Gender

_CHILD_FROM, _ADULT_FROM = 8, 18


class Cue(NamedTuple):
    """A rule's words found at ``words[start:end]``."""

    start: int
    end: int
    rule: ContextRule


@dataclass(kw_only=True)
class Reading:
    """A note as the rules see it; positions count its words, white space left out.

    Attributes
    ----------
    text : str
        The note.
    words : sequence of str
        Lower case, of length n_words.
    starts, ends : sequence of int
        Where each word stands in `text`: half-open offsets in code points.
    sentence_starts : sequence of int
        The positions at which sentences begin, the first one 0.
    cues : sequence of Cue
        In the order they stand.
    mentions : sequence of Mention
        In the order they stand; they do not overlap.
    rules : mapping of str to ContextRule
        The rules that go by position and have no cue of their own, by effect.
    child : int or None
        Where the note first speaks of a child, by `first_child`.
    turns : mapping of int to Mention
        By sentence, whose labelled turn it belongs to ("School: ...").
    accounts : mapping of int to Source
        By sentence, whose account it goes on with.
    """

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    sentence_starts: Sequence[int]
    cues: Sequence[Cue]
    mentions: Sequence[Mention]
    rules: Mapping[Effect, ContextRule]
    child: int | None = None
    turns: Mapping[int, Mention] = field(default_factory=dict)
    accounts: Mapping[int, Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Leave out labels without their colon, and take suspects of a child's age for victims.

        "DP is 14" is a person at risk, and so is "the male, 16". Source: annotation guidelines,
        settled case 8.
        """
        self.cues = [
            cue
            for cue in self.cues
            if cue.rule.scope != "label" or self.words[cue.end : cue.end + 1] == [":"]
        ]
        self.mentions = settle_kin(self.mentions, self.words, self.child)
        children = {
            self._named(m)
            for m in self.mentions
            if m.role in ("suspect", "witness", "adult")
            and m.number == "one"
            and self._is_child(m.end)
        }
        if children:
            self.mentions = [
                m._replace(role="victim") if self._named(m) in children else m
                for m in self.mentions
            ]
        if any(m.role == "adult" for m in self.mentions):
            self.mentions = settle_adults(self.mentions, self.words, self.child, self.victim_gender)
        self.mentions = join_appositions(self.mentions, self.words, self._written)
        self._settle_titled()

    def _settle_titled(self) -> None:
        """Take grown-ups with a title for suspects where arrest or sentence is spoken of.

        "Mr Lukas, 24, is on licence"; in a note about a child only.
        """
        if self.child is None:
            return
        places = [self.sentence_at(cue.start) for cue in self.cues_of("custody")]
        titled = {
            self._named(m)
            for m in self.mentions
            if m.role == "victim"
            and m.gender != "any"
            and m.end - m.start == 1
            and is_adult(age_after(self.words, m.start))
            and self.sentence_at(m.start) in places
        }
        if titled:
            self.mentions = [
                m._replace(role="suspect") if self._named(m) in titled else m for m in self.mentions
            ]

    def _written(self, position: int) -> str:
        return self.text[self.starts[position] : self.ends[position]]

    def _named(self, mention: Mention) -> tuple[str, ...]:
        return tuple(self.words[mention.start : mention.end])

    def _is_child(self, position: int) -> bool:
        """Tell whether a child's age follows: "(14)", ", 14", "is 14", "aged 14"."""
        if self.words[position : position + 1] == [")"]:
            position += 1  # "the youngest (D6) is 16"
        opening, age = (*self.words[position : position + 2], "", "")[:2]
        is_age = opening in ("(", ",", "is", "aged") and age.isdecimal()
        return is_age and _CHILD_FROM <= int(age) < _ADULT_FROM

    @cached_property
    def _by_effect(self) -> dict[Effect, list[int]]:
        found: dict[Effect, list[int]] = {}
        for number, cue in enumerate(self.cues):
            found.setdefault(cue.rule.effect, []).append(number)
        return found

    def cues_of(self, *effects: Effect) -> list[Cue]:
        """Return the cues of some effects, in the order they stand."""
        numbers = [number for effect in effects for number in self._by_effect.get(effect, ())]
        return [self.cues[number] for number in sorted(numbers)]

    @cached_property
    def _ends(self) -> list[int]:
        return [cue.start for cue in self.cues_of("ends")]

    def ends_between(self, start: int, end: int) -> bool:
        """Tell whether the reach of a cue ends between two positions."""
        return bisect_left(self._ends, start) < bisect_left(self._ends, end)

    @cached_property
    def quotes(self) -> list[Quote]:
        """What the note quotes."""
        return find_quotes(self.text)

    @cached_property
    def genders(self) -> Guess:
        """What the note tells of the gender of the person at risk."""
        return guess_gender_at_risk(
            self.words,
            [m._replace(gender=self.gender_of(m)) for m in self.mentions],
            about_child=self.child is not None,
        )

    @property
    def victim_gender(self) -> Gender | None:
        """The gender of the person at risk, or None."""
        return self.genders.clear

    def gender_of(self, mention: Mention) -> Gender:
        """Return a mention's gender; else the sex told of them anywhere in the note."""
        if mention.gender != "any" or mention.number != "one":
            return mention.gender
        return self._sexes.get(self._named(mention), "any")

    @cached_property
    def _sexes(self) -> dict[tuple[str, ...], Gender]:
        """The sex of those whom the note tells it of: "victim F, 27", "S1 (f, 31)"."""
        found: dict[tuple[str, ...], Gender] = {}
        for mention in self.mentions:
            if mention.gender == "any" and mention.number == "one":
                sex = told_sex(self.words, mention.start, mention.end)
                if sex is not None:
                    found.setdefault(self._named(mention), sex)
        return found

    @cached_property
    def _mention_at(self) -> dict[int, Mention]:
        return {position: m for m in self.mentions for position in range(m.start, m.end)}

    def mention_at(self, position: int) -> Mention | None:
        """Return who is named at a position."""
        return self._mention_at.get(position)

    def sentence_at(self, position: int) -> int:
        """Return the number of the sentence that holds a position."""
        return bisect_right(self.sentence_starts, position) - 1

    def sentence_range(self, number: int) -> tuple[int, int]:
        """Return the half-open positions of a sentence."""
        is_last = number + 1 == len(self.sentence_starts)
        end = len(self.words) if is_last else self.sentence_starts[number + 1]
        return self.sentence_starts[number], end

    def quote_around(self, start: int, end: int) -> Quote | None:
        """Return the quotation that holds most of the words from `start` to `end`."""
        first, last = self.starts[start], self.ends[end - 1]
        for quote in self.quotes:
            overlap = min(last, quote.end) - max(first, quote.start)
            if overlap > 0 and 2 * overlap >= last - first:
                return quote
        return None

    def word_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the positions of the words between two offsets."""
        return bisect_right(self.starts, start - 1), bisect_right(self.starts, end - 1)

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the text of the words from `start` to `end`."""
        return self.starts[start], self.ends[end - 1]

    def topic_at(self, position: int) -> Mention | None:
        """Return the suspect whose line of a form holds a position: "Perpetrator: wanted. He"."""
        if not self._topics:
            return None
        number = self.sentence_at(position)
        while number and not self.breaks_before(self.sentence_starts[number]):
            number -= 1
        topic = self._topics.get(self.sentence_starts[number])
        return None if topic is None or topic.end > position else topic

    @cached_property
    def _topics(self) -> dict[int, Mention]:
        """The suspects that are labels, by where they stand."""
        return {
            m.start: m
            for m in self.mentions
            if m.role == "suspect" and self.words[m.end : m.end + 1] == [":"]
        }

    def breaks_before(self, position: int) -> bool:
        """Tell whether a line begins at a position."""
        if position == 0:
            return True
        return "\n" in self.text[self.ends[position - 1] : self.starts[position]]

    def is_mark(self, position: int) -> bool:
        """Tell whether a mark at a position ends a clause, unlike the hyphen of "right-hand"."""
        word = self.words[position]
        if word not in CLAUSE_MARKS:
            return False
        is_glued = word in "-/" and 0 < position < len(self.words) - 1
        return not (
            is_glued
            and self.ends[position - 1] == self.starts[position]
            and self.ends[position] == self.starts[position + 1]
        )
