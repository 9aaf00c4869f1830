"""What screen and tagger see of one note: its sentences, its phrases, and the clues of a span."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc, Span

from vbl_detect.classifier.categories import choose_category
from vbl_detect.classifier.genders import exchange
from vbl_detect.classifier.model import Model
from vbl_detect.classifier.ngrams import Words
from vbl_detect.classifier.phrases import Evidence, evidence, find_phrases, sentence_peak
from vbl_detect.classifier.screen import ANY, ASSERTED, FloatArray
from vbl_detect.classifier.stacker import SHORT_WORDS, Clues
from vbl_detect.classifier.tagger import Tagging, Tags
from vbl_detect.components.as_read import Sentences, sentences_of_all
from vbl_detect.components.scratch import text_of

#: Without the tagger, sentences below these log-odds of the screen are not looked at further.
LEAST_ASSERTED = -2.0


class Seen(NamedTuple):
    """A note as the screen has seen it; where it holds nothing to look at, there is none.

    Attributes
    ----------
    sentences : Sentences
        Its sentences.
    logits : ndarray of shape (n_sentences, n_outputs)
        The log-odds of each.
    """

    sentences: Sentences
    logits: FloatArray


def see(docs: Sequence[Doc], model: Model, spans_key: str) -> list[Seen | None]:
    """Return what the screen sees of notes, all of which it looks at together.

    Parameters
    ----------
    docs : sequence of Doc
        Notes with sentence starts.
    model : Model
        The classifier's parts.
    spans_key : str
        Where the lexicon's matches are.

    Returns
    -------
    list of Seen or None
        None for a note without words, and for one in which no match stands and no sentence is
        doubtful.
    """
    each = sentences_of_all(docs)
    edges = np.cumsum([0, *(len(one.bounds) for one in each)])
    if not edges[-1]:
        return [None] * len(docs)
    offsets = np.cumsum([0, *(len(one.words) for one in each)])
    words = np.concatenate([one.words for one in each])
    starts = np.concatenate([one.starts + at for one, at in zip(each, offsets, strict=False)])
    logits = model.screen.score(words, starts, docs[0].vocab.strings.__getitem__)
    output, least = (ANY, model.gate) if model.tagger is not None else (ASSERTED, LEAST_ASSERTED)
    doubtful = (logits[:, model.screen.outputs.index(output)] >= least).tolist()
    return [
        Seen(one, logits[first:last])
        if last > first and (any(doubtful[first:last]) or doc.spans.get(spans_key))
        else None
        for doc, one, (first, last) in zip(docs, each, pairwise(edges.tolist()), strict=True)
    ]


def sentences_of(doc: Doc) -> Sentences:
    """Return a note's sentences as the screen takes them.

    Parameters
    ----------
    doc : Doc
        A note with sentence starts.
    """
    return sentences_of_all([doc])[0]


class Look:
    """One note under screen and tagger.

    Parameters
    ----------
    doc : Doc
        A note with at least one word.
    model : Model
        The classifier's parts.
    seen : Seen
        From `see`.
    matches : sequence of Span
        What the lexicon found.
    """

    def __init__(self, doc: Doc, model: Model, seen: Seen, matches: Sequence[Span]) -> None:
        sentences = seen.sentences
        self.model, self.sentences = model, sentences
        self._doc, self._matches = doc, matches
        self._starts = np.array([start for start, _ in sentences.bounds])
        self._logits = seen.logits
        self._columns = {name: place for place, name in enumerate(model.screen.outputs)}
        self._holds_match = np.zeros(len(self._starts), dtype=bool)
        for span in matches:
            first, last = self.sentence_at(span.start_char), self.sentence_at(span.end_char - 1)
            self._holds_match[first : last + 1] = True
        gated = self._holds_match | (self._logits[:, self._columns[ANY]] >= model.gate)
        self.tags: Tags | None = None
        if model.tagger is not None:
            numbers = np.flatnonzero(gated).tolist()
            self.tags = self._tag(model.tagger, [sentences.bounds[number] for number in numbers])
        self._peaks = [
            0.0 if self.tags is None else sentence_peak(self.tags, *bounds)
            for bounds in sentences.bounds
        ]

    def _tag(self, tagger: Tagging, stretches: list[tuple[int, int]]) -> Tags:
        text = text_of(self._doc)
        if self.sentences.words is self.sentences.written or not stretches:
            return tagger.tag(text, stretches)
        reading = exchange(text)
        tags = tagger.tag(reading.text, [*map(tuple, reading.to_read(stretches).tolist())])
        return tags._replace(offsets=reading.to_written(tags.offsets))

    @property
    def word_text(self) -> Callable[[int], str]:
        """Return a word by its hash."""
        return self._doc.vocab.strings.__getitem__

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds an offset."""
        return max(int(np.searchsorted(self._starts, offset, "right")) - 1, 0)

    def words_of(self, number: int) -> tuple[Words, Words]:
        """Return the hashes of one sentence's words, as read and as written."""
        words, written, starts, _ = self.sentences
        place = slice(starts[number], starts[number + 1] if number + 1 < len(starts) else None)
        return words[place], written[place]

    def phrases(self) -> Iterator[tuple[int, int]]:
        """Yield the stretches that no match overlaps; half-open offsets in code points."""
        if self.tags is None:
            yield from self._screened()
            return
        # A window shows more sentences than it is run for; what they hold costs no more.
        for start, end in find_phrases(self.tags, self.sentences.bounds, text_of(self._doc)):
            if not any(m.start_char < end and start < m.end_char for m in self._matches):
                yield start, end

    def _screened(self) -> Iterator[tuple[int, int]]:
        """Yield the words that move the screen most in each doubtful sentence without a match."""
        asserted = self._logits[:, self._columns[ASSERTED]]
        doubtful = ~self._holds_match & (asserted >= LEAST_ASSERTED)
        for number in np.flatnonzero(doubtful).tolist():
            span = self._doc.char_span(*self.sentences.bounds[number], alignment_mode="expand")
            tokens = [token for token in span or () if not token.is_space]
            words, _ = self.words_of(number)
            first, last = self.model.screen.strongest(words, ASSERTED, self.word_text)
            while last - first > 1 and not tokens[first].is_alpha:
                first += 1
            while last - first > 1 and not tokens[last - 1].is_alpha:
                last -= 1
            yield tokens[first].idx, tokens[last - 1].idx + len(tokens[last - 1])

    def category(self, start: int, end: int, listed: str | None = None) -> str:
        """Return the likeliest category of a stretch.

        Parameters
        ----------
        start, end : int
            Half-open offsets in code points.
        listed : str, optional
            The category of the lexicon row that matches there.
        """
        categories = list(self.model.categories)
        tagged = self._evidence(start, end)
        screened: FloatArray = self._logits[self.sentence_at(start)]
        place = choose_category(
            None if tagged is None else tagged.categories,
            [float(screened[self._columns[category]]) for category in categories],
            None if listed is None else categories.index(listed),
        )
        return categories[place]

    def clues(self, span: Span, lexicon_score: float | None) -> Clues:
        """Return what is known of a span whose context has been judged."""
        number = self.sentence_at(span.start_char)
        others = (*self._peaks[:number], *self._peaks[number + 1 :])
        return Clues(
            screen_any=float(self._logits[number, self._columns[ANY]]),
            screen_asserted=float(self._logits[number, self._columns[ASSERTED]]),
            context=span._.vbl_context,
            lexicon_score=lexicon_score,
            tagged=self._evidence(span.start_char, span.end_char),
            sentence_peak=self._peaks[number],
            note_peak=max(others, default=0.0),
            short=len(self.sentences.words) < SHORT_WORDS,
        )

    def _evidence(self, start: int, end: int) -> Evidence | None:
        return None if self.tags is None else evidence(self.tags, start, end)
