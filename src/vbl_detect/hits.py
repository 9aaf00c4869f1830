"""What the pipeline says of texts, as plain tuples: what one process can hand to another.

A hit holds places and names, nothing that needs spaCy; `vbl_detect.verdicts` makes findings of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple, TypeAlias

from spacy.language import Language
from spacy.tokens import Doc, Span

from vbl_detect.components.scratch import with_scratch
from vbl_detect.pipeline import find_matcher
from vbl_detect.records import Context, Detector, Note
from vbl_detect.writers.visible import without_surrogates

#: Words that a pipeline remembers for good, some 50 MB of them: those it meets first, which are the
#: common ones. From there on it forgets the others after each batch, so that memory stays flat.
MOST_WORDS = 60_000

#: A note as it is judged: its text, and the half-open offsets of the parts judged by themselves.
Judged: TypeAlias = tuple[str, tuple[tuple[int, int], ...]]


class Hit(NamedTuple):
    """A span that may be a finding.

    Attributes
    ----------
    part : int
        The number of the note's part that holds it, from 0.
    start, end : int
        Half-open offsets in the note's text.
    sentence_start, sentence_end : int
        Those of the sentence, or sentences, around it, white space left out.
    code : str
        The lexicon row, or its category's letters and 000.
    row : str or None
        The lexicon row that matches there, where another category gave the code.
    score, threshold : float or None
        By the classifier; None without one.
    detector, context, cue
        As in a finding.
    """

    part: int
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    code: str
    row: str | None
    score: float | None
    threshold: float | None
    detector: Detector
    context: Context
    cue: str | None


def judged(note: Note) -> Judged:
    """Return of a note what it is judged by.

    Parameters
    ----------
    note : Note
        Any note.
    """
    return note.text, tuple((part.start, part.end) for part in note.judged)


def find_hits(notes: Sequence[Judged], nlp: Language) -> list[list[Hit]]:
    """Return the hits of each note of a batch, in the order they stand.

    Parameters
    ----------
    notes : sequence of (str, tuple)
        A few notes, as `judged` returns them.
    nlp : Language
        A pipeline made by `vbl_detect.load`.
    """
    key = find_matcher(nlp).spans_key
    found: list[list[Hit]] = [[] for _ in notes]
    with _words_forgotten(nlp):
        docs = (
            (with_scratch(nlp.make_doc(text), text), place) for text, place in _stretches(notes)
        )
        for doc, (number, part) in nlp.pipe(docs, as_tuples=True):
            spans = doc.spans[key]
            if len(spans):
                offset = notes[number][1][part][0]
                found[number].extend(_hit(span, part, offset) for span in spans)
    return found


def _words_forgotten(nlp: Language) -> AbstractContextManager[object]:
    """Return what frees the words that only this batch holds, once enough are remembered.

    In a memory zone the tokenizer remembers nothing and takes several times as long.
    """
    return nlp.memory_zone() if len(nlp.vocab) > MOST_WORDS else nullcontext()


def _stretches(notes: Iterable[Judged]) -> Iterator[tuple[str, tuple[int, int]]]:
    for number, (original, parts) in enumerate(notes):
        # spaCy keeps words as UTF-8, which has no lone surrogates; U+FFFD is as long as one.
        text = without_surrogates(original)
        for part, (start, end) in enumerate(parts):
            yield text[start:end], (number, part)


def _hit(span: Span, part: int, offset: int) -> Hit:
    of, around = span._, _sentence_around(span)
    return Hit(
        part,
        offset + span.start_char,
        offset + span.end_char,
        offset + around[0],
        offset + around[1],
        span.id_,
        of.vbl_row,
        of.vbl_score,
        of.vbl_threshold,
        of.vbl_detector or "lexicon",
        of.vbl_context,
        of.vbl_cue,
    )


def _sentence_around(span: Span) -> tuple[int, int]:
    """Return the offsets of the sentence, or sentences, that hold a span, trimmed."""
    doc: Doc = span.doc
    first, last = span.start, span.end
    while first > 0 and not doc[first].is_sent_start:
        first -= 1
    while last < len(doc) and not doc[last].is_sent_start:
        last += 1
    while first < span.start and doc[first].is_space:
        first += 1
    while last > span.end and doc[last - 1].is_space:
        last -= 1
    final = doc[last - 1]
    return doc[first].idx, final.idx + len(final)
