"""The pipeline around a classifier in the making: sentences, screen, gate, stretches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from spacy.language import Language

from vbl_detect import resources, scoring
from vbl_detect.classifier.model import Model
from vbl_detect.classifier.screen import ANY, ASSERTED, Screen
from vbl_detect.classifier.stacker import Clues, Stacker
from vbl_detect.classifier.tagger import Tagging
from vbl_detect.components.candidates import sentences_of
from vbl_detect.components.classifier import Classifier, find_component
from vbl_detect.components.context_qualifier import ContextQualifier
from vbl_detect.components.lexicon_matcher import LexiconMatcher
from vbl_detect.gold import GoldNote
from vbl_detect.pipeline import load
from vbl_detect.training.screen import Sentences, fit_screen, labels, matrix

#: Of the held-out sentences that blame, this share has to pass the screen's gate. Those below are
#: read where another sentence of their window passes: in whole notes the findings on held-out parts
#: were the same with a share of 0.9, but of sentences alone it lost one in ten.
GATE_RECALL = 0.97

#: Half-open offsets in the note, and what is known of what stands there.
Stretch: TypeAlias = tuple[int, int, Clues]


@dataclass(slots=True)
class Workshop:
    """The pipeline's components that stand before the classifier, and the model in the making."""

    nlp: Language
    matcher: LexiconMatcher
    qualifier: ContextQualifier
    scores: scoring.LexiconScores
    categories: tuple[str, ...]

    @classmethod
    def open(cls) -> Workshop:
        """Load the pipeline without a classifier."""
        nlp = load(model=None)
        matcher = find_component(nlp, LexiconMatcher, "vbl_lexicon_matcher")
        return cls(
            nlp,
            matcher,
            find_component(nlp, ContextQualifier, "vbl_context"),
            scoring.load(resources.model_dir() / "lexicon-scores"),
            tuple(matcher.lexicon.categories),
        )

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of the screen's outputs."""
        return (ANY, ASSERTED, *self.categories)

    def word_text(self, key: int) -> str:
        """Return a word by its hash."""
        return self.nlp.vocab.strings[key]

    def sentences(self, notes: Sequence[GoldNote], *, written: bool = False) -> Sentences:
        """Return the sentences of all notes, as the screen takes them.

        Its fitting takes them as they are written, and their copies with women and men exchanged.
        """
        words, starts, note_of = [], [], []
        bounds: list[tuple[int, int]] = []
        total = 0
        docs = self.nlp.pipe(note.text for note in notes)
        for number, doc in enumerate(docs):
            found = sentences_of(doc)
            words.append(found.written if written else found.words)
            starts.append(found.starts + total)
            total += len(found.words)
            note_of += [number] * len(found.bounds)
            bounds += found.bounds
        return Sentences(np.concatenate(words), np.concatenate(starts), np.array(note_of), bounds)

    def screen(self, notes: Sequence[GoldNote]) -> Screen:
        """Fit the screen."""
        sentences = self.sentences(notes, written=True)
        features = matrix(sentences, self.word_text)
        return fit_screen(features, labels(notes, sentences, self.outputs), self.outputs)

    def gate(self, screen: Screen, notes: Sequence[GoldNote]) -> float:
        """Return the log-odds that `GATE_RECALL` of the blaming sentences reach."""
        sentences = self.sentences(notes)
        logits = screen.score(sentences.words, sentences.starts, self.word_text)
        blaming = labels(notes, sentences, [ASSERTED])[:, 0] == 1
        return float(np.quantile(logits[blaming, 0], 1.0 - GATE_RECALL))

    def classifier(self, screen: Screen, gate: float, tagger: Tagging | None) -> Classifier:
        """Return the component with a stacker that has learned nothing."""
        nothing = Stacker({}, {}, {}, {})
        model = Model("in training", self.categories, gate, screen, nothing, tagger)
        return Classifier(model, self.matcher, self.qualifier, self.scores)

    def stretches(
        self, classifier: Classifier, notes: Sequence[GoldNote]
    ) -> Iterator[tuple[GoldNote, list[Stretch]]]:
        """Yield each note with the stretches that the classifier looks at in it."""
        docs = self.nlp.pipe(note.text for note in notes)
        for note, doc in zip(notes, docs, strict=True):
            found = classifier.candidates(doc)
            yield note, [(one.span.start_char, one.span.end_char, one.clues) for one in found]
