"""The spaCy component that hears what no list holds, and scores every finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from spacy.attrs import IDX, IS_SPACE, LENGTH, LOWER, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from vbl_detect import resources, scoring
from vbl_detect.classifier.model import Model, load_model
from vbl_detect.classifier.ngrams import Words
from vbl_detect.classifier.phrases import evidence, find_phrases, sentence_peak
from vbl_detect.classifier.screen import ANY, ASSERTED
from vbl_detect.classifier.stacker import Clues, Judgement
from vbl_detect.classifier.tagger import Tags
from vbl_detect.components.context_qualifier import ContextQualifier
from vbl_detect.components.lexicon_matcher import SPANS_KEY, LexiconMatcher
from vbl_detect.errors import UsageError
from vbl_detect.lexicon.terms import UNLISTED
from vbl_detect.records import Detector
from vbl_detect.scoring import LexiconScores

NAME = "vbl_classifier"
#: Without the tagger, sentences below these log-odds of the screen are not looked at further.
LEAST_ASSERTED = -2.0
_EXTENSIONS = ("vbl_score", "vbl_detector", "vbl_threshold")

_Component = TypeVar("_Component")


class Sentences(NamedTuple):
    """A note's sentences as the screen takes them; those without a word are left out.

    Attributes
    ----------
    words : ndarray of shape (n_words,)
        Hashes of the lower-case words.
    starts : ndarray of shape (n_sentences,)
        Where each sentence starts in `words`.
    bounds : list of (int, int)
        Half-open offsets of each sentence in code points, white space at its ends left out.
    """

    words: Words
    starts: npt.NDArray[np.int64]
    bounds: list[tuple[int, int]]


class Candidate(NamedTuple):
    """A span that may be a finding, and what is known of it."""

    span: Span
    detector: Detector
    clues: Clues


class Classifier:
    """Add the phrases that only the classifier hears, and score all of them.

    Parameters
    ----------
    model : Model
        Screen, stacker and, unless it was left out, tagger.
    matcher, qualifier : LexiconMatcher, ContextQualifier
        The pipeline's components before this one.
    scores : LexiconScores
        How often each lexicon row counts.
    spans_key : str
        Where the spans are.

    Notes
    -----
    Assigned attributes:

    ========================  ===========  ================================================
    Location                  Type         Value
    ========================  ===========  ================================================
    ``doc.spans["vbl"]``      SpanGroup    with spans added: ``label_`` the category,
                                           ``id_`` its letters and 000
    ``span._.vbl_score``      float        probability that a careful reader would count it
    ``span._.vbl_detector``   str          lexicon, classifier or both
    ``span._.vbl_threshold``  float        the score from which it counts
    ``span._.vbl_context``    str          the context that screen, tagger, lexicon and
                                           rules together make most likely
    ========================  ===========  ================================================
    """

    def __init__(
        self,
        model: Model,
        matcher: LexiconMatcher,
        qualifier: ContextQualifier,
        scores: LexiconScores,
        *,
        spans_key: str = SPANS_KEY,
    ) -> None:
        self.model = model
        self.spans_key = spans_key
        self._matcher, self._qualifier, self._scores = matcher, qualifier, scores

    def __call__(self, doc: Doc) -> Doc:
        """Find the phrases, score all spans and set the annotations."""
        self.set_annotations(doc, self.candidates(doc))
        return doc

    def candidates(self, doc: Doc) -> list[Candidate]:
        """Return the lexicon's spans and the classifier's, in the order they stand."""
        sentences = sentences_of(doc)
        if not sentences.bounds:
            return []
        logits = self.model.screen.score(sentences.words, sentences.starts, _text_of(doc))
        columns = {name: place for place, name in enumerate(self.model.screen.outputs)}
        matches = list(doc.spans.get(self.spans_key, ()))
        starts = np.array([start for start, _ in sentences.bounds])
        holds_match = np.zeros(len(starts), dtype=bool)
        for span in matches:
            first, last = np.searchsorted(starts, (span.start_char, span.end_char - 1), "right") - 1
            holds_match[max(first, 0) : last + 1] = True
        tags: Tags | None = None
        if self.model.tagger is not None:
            gated = np.flatnonzero(holds_match | (logits[:, columns[ANY]] >= self.model.gate))
            stretches = [sentences.bounds[number] for number in gated.tolist()]
            tags = self.model.tagger.tag(doc.text, stretches)
            added = self._tagged(doc, tags, stretches, matches)
        else:
            doubtful = ~holds_match & (logits[:, columns[ASSERTED]] >= LEAST_ASSERTED)
            added = self._screened(doc, sentences, np.flatnonzero(doubtful).tolist(), logits)
        if added:
            self._qualifier.set_annotations(added, self._qualifier.qualify(doc, added))
        spans = sorted((*matches, *added), key=lambda s: (s.start_char, s.end_char, s.id_))
        peaks = [0.0 if tags is None else sentence_peak(tags, *b) for b in sentences.bounds]
        candidates: list[Candidate] = []
        for span in spans:
            number = max(int(np.searchsorted(starts, span.start_char, "right")) - 1, 0)
            term = self._matcher.lexicon.terms.get(span.id_)
            tagged = None if tags is None else evidence(tags, span.start_char, span.end_char)
            clues = Clues(
                screen_any=float(logits[number, columns[ANY]]),
                screen_asserted=float(logits[number, columns[ASSERTED]]),
                context=span._.vbl_context,
                lexicon_score=None if term is None else self._scores.score(term),
                tagged=tagged,
                sentence_peak=peaks[number],
                note_peak=max((*peaks[:number], *peaks[number + 1 :]), default=0.0),
            )
            heard = tagged is not None and tagged.contexts[0] < 1.0 / 2
            detector: Detector = "classifier" if term is None else "both" if heard else "lexicon"
            candidates.append(Candidate(span, detector, clues))
        return candidates

    def set_annotations(self, doc: Doc, candidates: Sequence[Candidate]) -> None:
        """Write the spans, their scores and their contexts to the note."""
        for span, detector, clues in candidates:
            judged: Judgement = self.model.stacker.judge(clues)
            if judged.context != span._.vbl_context:
                span._.vbl_rule = span._.vbl_cue = None
            span._.vbl_context = judged.context
            span._.vbl_score = judged.score
            span._.vbl_threshold = judged.threshold
            span._.vbl_detector = detector
        spans = [candidate.span for candidate in candidates]
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, spans=spans)

    def _tagged(
        self,
        doc: Doc,
        tags: Tags,
        stretches: Sequence[tuple[int, int]],
        matches: Sequence[Span],
    ) -> list[Span]:
        """Return the tagger's phrases that no match of the lexicon overlaps."""
        taken = [(span.start_char, span.end_char) for span in matches]
        spans: list[Span] = []
        for start, end in find_phrases(tags, stretches, doc.text):
            if any(first < end and start < last for first, last in taken):
                continue
            told = evidence(tags, start, end)
            if told is not None:
                category = self.model.categories[int(np.argmax(told.categories))]
                spans += self._span(doc, start, end, category)
        return spans

    def _screened(
        self,
        doc: Doc,
        sentences: Sentences,
        numbers: Iterable[int],
        logits: npt.NDArray[np.float32],
    ) -> list[Span]:
        """Return, for each of the sentences, the words that move the screen most."""
        spans: list[Span] = []
        first_category = self.model.screen.outputs.index(self.model.categories[0])
        for number in numbers:
            start, end = sentences.bounds[number]
            tokens = [
                t
                for t in doc.char_span(start, end, alignment_mode="expand") or ()
                if not t.is_space
            ]
            words = np.array([token.lower for token in tokens], dtype=np.uint64)
            first, last = self.model.screen.strongest(words, ASSERTED, _text_of(doc))
            while last - first > 1 and not tokens[first].is_alpha:
                first += 1
            while last - first > 1 and not tokens[last - 1].is_alpha:
                last -= 1
            category = self.model.categories[int(np.argmax(logits[number, first_category:]))]
            begin, stop = tokens[first].idx, tokens[last - 1].idx + len(tokens[last - 1])
            spans += self._span(doc, begin, stop, category)
        return spans

    def _span(self, doc: Doc, start: int, end: int, category: str) -> list[Span]:
        code = self._matcher.lexicon.categories[category].letters + UNLISTED
        span = doc.char_span(start, end, category, span_id=code, alignment_mode="expand")
        return [] if span is None or not len(span) else [span]


def sentences_of(doc: Doc) -> Sentences:
    """Return a note's sentences as the screen takes them.

    Parameters
    ----------
    doc : Doc
        A note with sentence starts.
    """
    array = doc.to_array([LOWER, IS_SPACE, SENT_START, IDX, LENGTH]).astype(np.uint64)
    if not len(array):
        return Sentences(array[:, 0], np.zeros(0, dtype=np.int64), [])
    sentence = np.cumsum(array[:, 2] == 1)
    kept = array[:, 1] == 0
    words, numbers = array[kept, 0], sentence[kept]
    offsets, lengths = array[kept, 3].astype(np.int64), array[kept, 4].astype(np.int64)
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    if not len(starts):
        return Sentences(words, starts, [])
    last = np.append(starts[1:], len(words)) - 1
    ends = offsets[last] + lengths[last]
    bounds = list(zip(offsets[starts].tolist(), ends.tolist(), strict=True))
    return Sentences(words, starts.astype(np.int64), bounds)


def _text_of(doc: Doc) -> Callable[[int], str]:
    strings = doc.vocab.strings
    return lambda key: strings[key]


def find_component(nlp: Language, kind: type[_Component], name: str) -> _Component:
    """Return the pipeline's component of a kind.

    Raises
    ------
    UsageError
        If it has none.
    """
    for _, component in nlp.pipeline:
        if isinstance(component, kind):
            return component
    raise UsageError(f"the pipeline has no {name!r}; make it with vbl_detect.load()")


@Language.factory(
    NAME,
    requires=["doc.spans", "token.is_sent_start", "span._.vbl_context"],
    assigns=["doc.spans", *(f"span._.{name}" for name in _EXTENSIONS)],
    default_config={"model": resources.MODEL, "tagger": True, "spans_key": SPANS_KEY},
)
def create_classifier(
    nlp: Language,
    name: str,
    model: str,
    tagger: bool,  # noqa: FBT001 - spaCy passes settings by position
    spans_key: str,
) -> Classifier:
    """Build the component from its settings.

    Parameters
    ----------
    nlp, name : Language, str
        The pipeline, which must hold matcher and context already, and the component's name.
    model : str
        The name of a built-in model, or a folder.
    tagger : bool
        Whether to run the contextual tagger.
    spans_key : str
        Where the spans are.
    """
    del name  # spaCy passes it to every factory
    return Classifier(
        load_model(resources.find_model(model), tagger=tagger),
        find_component(nlp, LexiconMatcher, "vbl_lexicon_matcher"),
        find_component(nlp, ContextQualifier, "vbl_context"),
        scoring.load(resources.model_dir() / "lexicon-scores"),
        spans_key=spans_key,
    )


for _name in _EXTENSIONS:
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)
