"""Notes made from notes: ordinary prose with a blaming sentence, and sentences on their own.

A tagger that has seen a register only as ordinary text learns the register, and then misses what
blames in it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.sentences import sentence_bounds

#: One ordinary text in so many is given a blaming sentence.
ONE_IN = 6
#: A sentence of fewer words is not set before a tagger alone.
FEWEST_WORDS = 3
#: A donor sentence holds a word that says whom it is about.
PEOPLE = frozenset(
    "she he her his child girl boy victim vp ip yp misper complainant daughter son woman".split()
)


def donors(notes: Iterable[GoldNote]) -> list[tuple[str, GoldSpan]]:
    """Return sentences that blame on their own, each with its one span, offsets from its start.

    Parameters
    ----------
    notes : iterable of GoldNote
        Labelled notes; sentences with spans of any other kind are passed over.
    """
    return [found for note in notes for found in _donors(note)]


def _donors(note: GoldNote) -> Iterator[tuple[str, GoldSpan]]:
    for start, end in sentence_bounds(note.text):
        inside = [span for span in note.spans if span.start < end and start < span.end]
        if len(inside) == 1 and inside[0].counts:
            [span] = inside
            sentence = note.text[start:end]
            whole = start <= span.start and span.end <= end
            if whole and not PEOPLE.isdisjoint(sentence.lower().split()):
                yield sentence, replace(span, start=span.start - start, end=span.end - start)


def ordinary_notes(
    texts: Sequence[str], donated: Sequence[tuple[str, GoldSpan]], seed: int
) -> list[GoldNote]:
    """Return ordinary texts as labelled notes, one in `ONE_IN` with a donor sentence set in.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    donated : sequence of (str, GoldSpan)
        From `donors`; none: the texts stay as they are.
    seed : int
        Of the choice of texts, places and sentences.
    """
    chance = random.Random(seed)  # noqa: S311 - a choice, not a secret
    notes: list[GoldNote] = []
    for number, text in enumerate(texts):
        spans: tuple[GoldSpan, ...] = ()
        if donated and chance.randrange(ONE_IN) == 0:
            sentence, span = chance.choice(donated)
            at = chance.choice([start for start, _ in sentence_bounds(text)] or [0])
            text = f"{text[:at]}{sentence} {text[at:]}"  # noqa: PLW2901
            spans = (replace(span, start=span.start + at, end=span.end + at),)
        notes.append(GoldNote(id=f"ordinary-{number}", note_type="other", text=text, spans=spans))
    return notes


def sentences_alone(notes: Iterable[GoldNote]) -> list[GoldNote]:
    """Return the sentences of labelled notes as notes of their own, as a person pastes one.

    Parameters
    ----------
    notes : iterable of GoldNote
        Labelled notes; a span that reaches out of a sentence is cut there.
    """
    alone: list[GoldNote] = []
    for note in notes:
        for start, end in sentence_bounds(note.text):
            spans = tuple(
                replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
                for span in note.spans
                if span.start < end and start < span.end
            )
            text = note.text[start:end]
            alone.append(replace(note, id=f"{note.id}:{start}", text=text, spans=spans))
    return alone


def drafts(notes: Iterable[GoldNote], seed: int) -> list[GoldNote]:
    """Return sentences as notes for a tagger to read: all that blame, and as many that don't.

    Left out are sentences with wording in another context, which the sentence alone may not show.

    Parameters
    ----------
    notes : iterable of GoldNote
        Labelled notes.
    seed : int
        Of the choice of sentences that hold nothing.
    """
    chance = random.Random(seed)  # noqa: S311 - a choice, not a secret
    alone = [note for note in sentences_alone(notes) if len(note.text.split()) >= FEWEST_WORDS]
    blaming = [n for n in alone if n.spans and all(span.counts for span in n.spans)]
    nothing = [note for note in alone if not note.spans]
    return [*blaming, *chance.sample(nothing, min(len(blaming), len(nothing)))]
