"""What each stage of detection takes, in times of spaCy's bare tokenizer on the same notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import notes
import spacy
from ratios import Ratio, Step, measure
from spacy.language import Language

import vbl_detect
from vbl_detect import Note, detect
from vbl_detect.components import classifier as classifiers
from vbl_detect.components import context_qualifier, lexicon_matcher, sentences
from vbl_detect.components.batches import BATCH_SIZE
from vbl_detect.components.candidates import see
from vbl_detect.components.classifier import Classifier
from vbl_detect.components.lexicon_matcher import SPANS_KEY
from vbl_detect.components.scratch import with_scratch

#: Notes that a round is warmed up with.
WARMING_UP = 300
LENGTHS = (30, 115, 400, 1500)
SCREENED = "sentences, lexicon, context, screen"
FAST, FULL = "`--model fast`, whole", "`--model full`, whole"
SHARES = (0.0, 0.05, 0.25, 1.0)


def by_stage(rounds: int, count: int, *, full: bool = True) -> dict[str, Ratio]:
    """Return what the stages take, each with those before it, on ordinary notes."""
    steps = {
        "sentences": _parts(1),
        "sentences, lexicon": _parts(2),
        "sentences, lexicon, context": _parts(3),
        SCREENED: _parts(4),
        FAST: _whole("fast"),
    }
    if full:
        steps[FULL] = _whole("full")
    return measure(bare(), steps, chunks(rounds, count))


def by_length(rounds: int, words: int) -> dict[str, Ratio]:
    """Return what the fast model takes on notes of several lengths, as many words in all."""
    return {
        f"{length} words": measure(
            bare(), {"": _whole("fast")}, chunks(rounds, max(words // length, 5), words=length)
        )[""]
        for length in LENGTHS
    }


def by_share(rounds: int, count: int) -> dict[str, Ratio]:
    """Return what the fast model takes by how many notes hold blaming wording."""
    return {
        f"{share:.0%} of notes": measure(
            bare(), {"": _whole("fast")}, chunks(rounds, count, share=share)
        )[""]
        for share in SHARES
    }


def reached(count: int) -> dict[str, float]:
    """Return the shares of notes and of sentences that reach the tagger, on ordinary notes."""
    nlp = vbl_detect.load()
    texts = list(notes.make(count, seed=7))
    [model] = [part.model for _, part in nlp.pipeline if isinstance(part, Classifier)]
    docs = list(nlp.pipe(texts, disable=[classifiers.NAME]))
    seen = [one for one in see(docs, model, SPANS_KEY) if one is not None]
    column = model.screen.outputs.index("any")
    gated = sum(int((one.logits[:, column] >= model.gate).sum()) for one in seen)
    return {
        "notes": len(seen) / count,
        "sentences": gated / sum(len(list(doc.sents)) for doc in docs),
    }


def bare() -> Step:
    """Return the unit: spaCy's tokenizer for English and nothing else."""
    nlp = spacy.blank("en")
    return lambda texts: [nlp.make_doc(text) for text in texts]


def chunks(
    rounds: int, count: int, *, share: float = notes.ORDINARY, words: int = notes.LENGTH
) -> Iterator[Sequence[str]]:
    """Yield the notes of a round to warm up and of the rounds after it."""
    yield list(notes.make(WARMING_UP, share=share, seed=1))
    for number in range(rounds):
        yield list(notes.make(count, share=share, words=words, seed=2 + number))


def _parts(number: int) -> Step:
    """Return the tokenizer and the first components, the last of them the screen alone."""
    nlp = vbl_detect.load(model="full")
    pipes = dict(nlp.pipeline)
    names = (sentences.NAME, lexicon_matcher.NAME, context_qualifier.NAME)
    parts = [pipes[name] for name in names[:number]]
    model = pipes[classifiers.NAME].model

    def step(texts: Sequence[str]) -> None:
        for start in range(0, len(texts), BATCH_SIZE):
            docs = [
                with_scratch(nlp.make_doc(text), text) for text in texts[start : start + BATCH_SIZE]
            ]
            for part in parts:
                docs = list(part.pipe(docs)) if hasattr(part, "pipe") else list(map(part, docs))
            if number > len(names):
                see(docs, model, SPANS_KEY)

    return step


def _whole(model: str) -> Step:
    nlp: Language = vbl_detect.load(model=model)
    return lambda texts: list(detect((Note(text=text) for text in texts), nlp))
