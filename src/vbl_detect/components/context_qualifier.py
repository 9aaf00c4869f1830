"""The spaCy component that judges the context of the matches in ``doc.spans["vbl"]``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from spacy.attrs import ORTH, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span

from vbl_detect import resources
from vbl_detect.components.compiled import PERSON, cue_index
from vbl_detect.components.lexicon_matcher import SPANS_KEY, LexiconMatcher
from vbl_detect.components.remembered import Remembered
from vbl_detect.components.scratch import KEY, scratch_of, text_of, tokens_of
from vbl_detect.context import (
    ASSERTED,
    TURN_ROLES,
    Cue,
    Mention,
    Reading,
    Verdict,
    find_accounts,
    find_aged,
    find_names,
    find_turns,
    first_child,
    judge,
)
from vbl_detect.lexicon import POSITIONAL, Lexicon, read_lexicon
from vbl_detect.matching import UNKNOWN, Match

NAME = "vbl_context"

_EXTENSIONS: Mapping[str, str | None] = {
    "vbl_context": "asserted",
    "vbl_cue": None,
    "vbl_rule": None,
}
#: At the end of a sentence the tokenizer takes "I." for an initial.
_PRONOUN = "i"
#: A note without one of these holds no speaker's label, and no answer of a transcript.
_LABEL_MARKS = (":", " -", " \u2013", " \u2014", "\nA.")


class ContextQualifier:
    """Judge whose words each match is, and about whom; notes without matches cost nothing.

    Parameters
    ----------
    nlp : Language
        The pipeline; its tokenizer decides how the patterns are split.
    lexicon : Lexicon
        Its context rules and words for people.
    spans_key : str
        Where the matches are.

    Notes
    -----
    Assigned attributes; they are facts of a position, shared by all matches on the same words:

    =======================  ===========  =================================================
    Location                 Type         Value
    =======================  ===========  =================================================
    ``span._.vbl_context``   str          one of the six contexts
    ``span._.vbl_cue``       str or None  the words of the note that decided
    ``span._.vbl_rule``      str or None  the code of the rule that decided
    =======================  ===========  =================================================
    """

    def __init__(self, nlp: Language, lexicon: Lexicon, *, spans_key: str = SPANS_KEY) -> None:
        self.lexicon = lexicon
        self.spans_key = spans_key
        self._index = cue_index(lexicon, nlp)
        self._words = Remembered(self._word_and_id)
        self._order = {PERSON + name: place for place, name in enumerate(lexicon.people)}
        self._positional = {
            rule.effect: rule
            for rule in lexicon.context_rules.values()
            if rule.effect in POSITIONAL
        }

    def __call__(self, doc: Doc) -> Doc:
        """Judge the matches and set the extensions."""
        spans = doc.spans.get(self.spans_key)
        if spans:
            matches = list(spans)
            reading = self._reading(doc)
            self.set_annotations(matches, self._verdicts(reading, matches), text=reading.text)
        return doc

    def qualify(self, doc: Doc, spans: Sequence[Span]) -> list[Verdict]:
        """Return the verdict on each span of a note, in their order."""
        return self._verdicts(self._reading(doc), spans)

    def _reading(self, doc: Doc) -> Reading:
        """Return the note as the rules see it, which they need not do twice."""
        known = scratch_of(doc)
        known.reading = known.reading or self.read(doc)
        return known.reading

    def _verdicts(self, reading: Reading, spans: Sequence[Span]) -> list[Verdict]:
        return [judge(reading, *reading.word_range(s.start_char, s.end_char)) for s in spans]

    def set_annotations(
        self, spans: Sequence[Span], verdicts: Sequence[Verdict], *, text: str | None = None
    ) -> None:
        """Write the verdicts to the spans; the note's text saves putting it together again."""
        if not spans:
            return
        doc = spans[0].doc
        if text is None:
            text = text_of(doc)
        # Setting an attribute costs as much as a verdict; most verdicts are the default.
        has_defaults = doc.user_data.keys() <= {KEY}
        for span, verdict in zip(spans, verdicts, strict=True):
            if has_defaults and verdict == ASSERTED:
                continue
            values, cue = span._, verdict.cue
            values.vbl_context = verdict.context
            values.vbl_rule = verdict.rule
            values.vbl_cue = None if cue is None else " ".join(text[slice(*cue)].split())

    def read(self, doc: Doc) -> Reading:
        """Return the note as the rules see it: its words, without white space."""
        array = tokens_of(doc)
        is_cased = array[:, 0] != doc.to_array(ORTH)
        starts_sentence = doc.to_array(SENT_START) == 1
        if array[:, 1].any():
            is_word = array[:, 1] == 0
            # White space between sentences may begin one; the word after it then does.
            number = starts_sentence.cumsum()[is_word]
            array, is_cased = array[is_word], is_cased[is_word]
            starts_sentence = np.ediff1d(number, to_begin=1) > 0
        starts_sentence[:1] = True
        begins: list[int] = starts_sentence.nonzero()[0].tolist()
        starts: list[int] = array[:, 2].tolist()
        ends: list[int] = (array[:, 2] + array[:, 3]).tolist()
        known = self._words.of(array[:, 0].tolist(), doc.vocab.strings)
        words, ids = [word for word, _ in known], [number for _, number in known]
        text = text_of(doc)
        written = list(words)
        cased: list[int] = is_cased.nonzero()[0].tolist()
        for position in cased:
            written[position] = text[starts[position] : ends[position]]
        cues, mentions = self._cues_and_mentions(ids)
        taken = {place for m in mentions for place in range(m.start, m.end)}
        child = first_child(words)
        mentions += find_names(written, set(begins), taken, child, cased)
        mentions += find_aged(written, child)
        reading = Reading(
            text=text,
            words=words,
            starts=starts,
            ends=ends,
            sentence_starts=begins,
            cues=cues,
            mentions=sorted(mentions),
            rules=self._positional,
            child=child,
        )
        if any(mark in text for mark in _LABEL_MARKS):
            reading.turns = find_turns(reading, TURN_ROLES)
        if reading.cues_of("account"):
            reading.accounts = find_accounts(reading)
        return reading

    def _word_and_id(self, word: str) -> tuple[str, int]:
        read = _PRONOUN if word == "i." else word
        return read, self._index.word_ids.get(read, UNKNOWN)

    def _cues_and_mentions(self, ids: Sequence[int]) -> tuple[list[Cue], list[Mention]]:
        """Return the cues and the people named."""
        rules = self.lexicon.context_rules
        cues: list[Cue] = []
        people: list[Match] = []
        for match in self._index.find(ids):
            if match.code[0] == PERSON:
                people.append(match)
            else:
                cues.append(Cue(match.start, match.end, rules[match.code]))
        return cues, [self._mention(match) for match in self._apart(people)]

    def _mention(self, match: Match) -> Mention:
        person = self.lexicon.people[match.code[len(PERSON) :]]
        return Mention(match.start, match.end, person.role, person.gender, person.number)

    def _apart(self, people: list[Match]) -> list[Match]:
        """Return the people to keep; of overlapping words the longest, else the first row's."""
        if all(before.end <= after.start for before, after in pairwise(people)):
            return people
        kept: list[Match] = []
        taken: set[int] = set()
        for match in sorted(people, key=lambda m: (m.start - m.end, self._order[m.code])):
            if taken.isdisjoint(range(match.start, match.end)):
                taken.update(range(match.start, match.end))
                kept.append(match)
        return kept


@Language.factory(
    NAME,
    requires=["doc.spans", "token.is_sent_start"],
    assigns=[f"span._.{name}" for name in _EXTENSIONS],
    default_config={"lexicons": [], "spans_key": SPANS_KEY},
)
def create_context_qualifier(
    nlp: Language, name: str, lexicons: list[str], spans_key: str
) -> ContextQualifier:
    """Build the component from its settings.

    Parameters
    ----------
    nlp, name : Language, str
        The pipeline and the component's name in it.
    lexicons : list of str
        The user's own lexicon folders, laid over the built-in one in this order.
    spans_key : str
        Where the matches are.
    """
    del name  # spaCy passes it to every factory
    folders = [resources.lexicon_dir(), *map(Path, lexicons)]
    return ContextQualifier(nlp, _lexicon(nlp, folders), spans_key=spans_key)


def _lexicon(nlp: Language, folders: list[Path]) -> Lexicon:
    """Return the lexicon of folders; if the pipeline's matcher has just read them, its lexicon."""
    names = tuple(map(str, folders))
    for _, component in nlp.pipeline:
        if isinstance(component, LexiconMatcher) and component.lexicon.folders == names:
            return component.lexicon
    return read_lexicon(folders)


for _name, _default in _EXTENSIONS.items():
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=_default)
