"""The spaCy component that judges the context of the matches in ``doc.spans["vbl"]``."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.attrs import IDX, IS_SPACE, LENGTH, LOWER, SENT_START
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span

from vbl_detect import resources
from vbl_detect.components.lexicon_matcher import SPANS_KEY, compile_rows, lexicon_expander
from vbl_detect.context import (
    TURN_ROLES,
    Cue,
    Mention,
    Reading,
    Verdict,
    find_names,
    find_turns,
    judge,
)
from vbl_detect.lexicon import POSITIONAL, Lexicon, read_lexicon
from vbl_detect.matching import UNKNOWN, PatternIndex

NAME = "vbl_context"

_EXTENSIONS: Mapping[str, str | None] = {
    "vbl_context": "asserted",
    "vbl_cue": None,
    "vbl_rule": None,
}
#: Compiled tables that a process keeps, the latest ones.
_MOST_COMPILED = 2
_compiled: dict[Hashable, _Indexes] = {}


@dataclass(frozen=True, slots=True)
class _Indexes:
    """The compiled cues and words for people."""

    cues: PatternIndex
    people: PatternIndex


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
        self._indexes = _indexes(lexicon, nlp)
        self._order = {name: place for place, name in enumerate(lexicon.people)}
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
            self.set_annotations(matches, self.qualify(doc, matches))
        return doc

    def qualify(self, doc: Doc, spans: Sequence[Span]) -> list[Verdict]:
        """Return the verdict on each span of a note, in their order."""
        reading = self.read(doc)
        return [judge(reading, *reading.word_range(s.start_char, s.end_char)) for s in spans]

    def set_annotations(self, spans: Sequence[Span], verdicts: Sequence[Verdict]) -> None:
        """Write the verdicts to the spans."""
        text = spans[0].doc.text if spans else ""
        for span, (context, rule, cue) in zip(spans, verdicts, strict=True):
            span._.vbl_context = context
            span._.vbl_rule = rule
            span._.vbl_cue = None if cue is None else " ".join(text[slice(*cue)].split())

    def read(self, doc: Doc) -> Reading:
        """Return the note as the rules see it: its words, without white space."""
        array = doc.to_array([IDX, LENGTH, SENT_START, IS_SPACE]).astype(np.int64)
        is_word = array[:, 3] == 0
        # White space between sentences may begin one; the word after it then does.
        sentence_number = (array[:, 2] == 1).cumsum()[is_word]
        starts, ends = array[is_word, 0], (array[:, 0] + array[:, 1])[is_word]
        begins = np.flatnonzero(np.diff(sentence_number, prepend=-1))
        strings, text = doc.vocab.strings, doc.text
        words = [strings[key] for key in doc.to_array([LOWER]).ravel()[is_word].tolist()]
        cues, mentions = self._cues(words), self._mentions(words)
        taken = {place for m in mentions for place in range(m.start, m.end)}
        written = [text[s:e] for s, e in zip(starts.tolist(), ends.tolist(), strict=True)]
        mentions += find_names(written, set(begins.tolist()), taken)
        reading = Reading(
            text=text,
            words=words,
            starts=starts.tolist(),
            ends=ends.tolist(),
            sentence_starts=begins.tolist(),
            cues=cues,
            mentions=sorted(mentions),
            rules=self._positional,
        )
        reading.turns = find_turns(reading, TURN_ROLES)
        return reading

    def _cues(self, words: Sequence[str]) -> list[Cue]:
        index, rules = self._indexes.cues, self.lexicon.context_rules
        found = index.find([index.word_ids.get(word, UNKNOWN) for word in words])
        return [Cue(start, end, rules[code]) for start, end, code in found]

    def _mentions(self, words: Sequence[str]) -> list[Mention]:
        """Return the people named; of overlapping words the longest, else the first row's."""
        index, people = self._indexes.people, self.lexicon.people
        found = index.find([index.word_ids.get(word, UNKNOWN) for word in words])
        kept: list[Mention] = []
        taken: set[int] = set()
        for start, end, name in sorted(found, key=lambda m: (m.start - m.end, self._order[m.code])):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                person = people[name]
                kept.append(Mention(start, end, person.role, person.gender, person.number))
        return kept


def _indexes(lexicon: Lexicon, nlp: Language) -> _Indexes:
    """Return the compiled tables of a lexicon, compiled once in a process for each lexicon."""
    key: Hashable = None
    if lexicon.sha256 and isinstance(nlp.tokenizer, Tokenizer):
        key = (lexicon.sha256, nlp.tokenizer.to_bytes())
    if key not in _compiled:
        expander = lexicon_expander(lexicon, nlp)
        rules, people = lexicon.context_rules.values(), lexicon.people.values()
        cues = PatternIndex(
            compile_rows(((r.code, r.patterns, r.path, r.line) for r in rules), expander),
            compile_rows(((r.code, r.unless, r.path, r.line) for r in rules), expander),
            STOP_WORDS,
        )
        words = compile_rows(((p.name, p.patterns, p.path, p.line) for p in people), expander)
        indexes = _Indexes(cues, PatternIndex(words, {}, STOP_WORDS))
        if key is None:
            return indexes
        while len(_compiled) >= _MOST_COMPILED:
            del _compiled[next(iter(_compiled))]
        _compiled[key] = indexes
    return _compiled[key]


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
    return ContextQualifier(nlp, read_lexicon(folders), spans_key=spans_key)


for _name, _default in _EXTENSIONS.items():
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=_default)
