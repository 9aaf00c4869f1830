"""The spaCy component that hears what no list holds, and scores every finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar, cast

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from vbl_detect import resources, scoring
from vbl_detect.classifier.model import Model, load_model
from vbl_detect.classifier.phrases import Evidence
from vbl_detect.classifier.screen import ASSERTED
from vbl_detect.classifier.stacker import Clues, Judgement
from vbl_detect.classifier.tagger import MOST_THREADS
from vbl_detect.components.batches import BATCH_SIZE, in_batches
from vbl_detect.components.candidates import Look, Seen, see
from vbl_detect.components.context_qualifier import ContextQualifier
from vbl_detect.components.lexicon_matcher import SPANS_KEY, LexiconMatcher
from vbl_detect.components.look_alikes import covering
from vbl_detect.errors import UsageError
from vbl_detect.lexicon import Term
from vbl_detect.lexicon.terms import FIRST_OWN, UNLISTED
from vbl_detect.records import Detector
from vbl_detect.scoring import LexiconScores

NAME = "vbl_classifier"
#: From this probability on the tagger's category may overrule that of a lexicon row. On held-out
#: parts and the development notes it is right there twice as often as the row.
SURE = 0.75
#: Words that an explanation names.
MOST_WORDS = 5
_EXTENSIONS = ("vbl_score", "vbl_detector", "vbl_threshold", "vbl_row")

_Component = TypeVar("_Component")


class Candidate(NamedTuple):
    """A span that may be a finding, and what is known of it.

    Attributes
    ----------
    span, detector, clues : Span, str, Clues
        The words, who found them, and what speaks for and against them.
    look_alike : str or None
        The words round them that the lexicon knows to mean something else; inside them a phrase
        that only the classifier heard does not count.
    """

    span: Span
    detector: Detector
    clues: Clues
    look_alike: str | None = None


class Reasons(NamedTuple):
    """What moved the score of a span.

    Attributes
    ----------
    span : Span
        The span.
    contributions : dict of str to float
        By how much each of the stacker's figures moved the log-odds.
    words : list of (str, float)
        The words of its sentence that move the screen most, and by how much.
    """

    span: Span
    contributions: dict[str, float]
    words: list[tuple[str, float]]


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
    ``span._.vbl_row``        str or None  the lexicon row, where another category than the
                                           row's is far likelier and gave the span its code
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

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH_SIZE) -> Iterator[Doc]:
        """Do the same for many notes; the screen looks at a batch of them at once.

        Parameters
        ----------
        stream : iterable of Doc
            The notes.
        batch_size : int
            How many are looked at together, if that many come.
        """
        for docs in in_batches(stream, batch_size):
            for doc, seen in zip(docs, see(docs, self.model, self.spans_key), strict=True):
                look = None if seen is None else self._look(doc, seen)
                self.set_annotations(doc, [] if look is None else self._candidates(doc, look))
                yield doc

    def candidates(self, doc: Doc) -> list[Candidate]:
        """Return the lexicon's spans and the classifier's, in the order they stand."""
        [seen] = see([doc], self.model, self.spans_key)
        return [] if seen is None else self._candidates(doc, self._look(doc, seen))

    def _look(self, doc: Doc, seen: Seen) -> Look:
        return Look(doc, self.model, seen, list(doc.spans.get(self.spans_key, ())))

    def _candidates(self, doc: Doc, look: Look) -> list[Candidate]:
        terms = self._matcher.lexicon.terms
        added = [
            self._unlisted(doc, start, end, look.category(start, end))
            for start, end in look.phrases()
        ]
        if added:
            self._qualifier.set_annotations(added, self._qualifier.qualify(doc, added))
        candidates = [
            Candidate(span, "classifier", look.clues(span, None), words)
            for span, words in zip(added, covering(self._matcher, doc, added), strict=True)
        ]
        for match in doc.spans.get(self.spans_key, ()):
            term = terms[match.id_]
            clues = look.clues(match, self._scores.score(term))
            if clues.tagged is None or clues.tagged.contexts[0] >= 1.0 / 2:
                candidates.append(Candidate(match, "lexicon", clues))
            else:
                span = self._in_its_category(match, term, look, clues.tagged)
                candidates.append(Candidate(span, "both", clues))
        return sorted(candidates, key=lambda one: (one.span.start, one.span.end, one.span.id_))

    def _in_its_category(self, match: Span, term: Term, look: Look, tagged: Evidence) -> Span:
        """Return a match, under another category's code where that is far likelier."""
        if term.category not in self.model.categories:  # of somebody's own, not fitted on
            return match
        category = look.category(match.start_char, match.end_char, term.category)
        sure = tagged.categories[self.model.categories.index(category)] >= SURE
        if category == term.category or not sure or term.code[2:] >= FIRST_OWN:
            return match
        match._.vbl_row = term.code
        return self._unlisted(match.doc, match.start_char, match.end_char, category)

    def _unlisted(self, doc: Doc, start: int, end: int, category: str) -> Span:
        code = self._matcher.lexicon.categories[category].letters + UNLISTED
        span = doc.char_span(start, end, category, span_id=code, alignment_mode="expand")
        return cast("Span", span)  # None only where `start` or `end` lies outside the note

    def explain(self, doc: Doc) -> list[Reasons]:
        """Return what moved the score of each candidate, in the order of `candidates`.

        Parameters
        ----------
        doc : Doc
            A note that has not been through this component.
        """
        [seen] = see([doc], self.model, self.spans_key)
        if seen is None:
            return []
        look = self._look(doc, seen)
        reasons: list[Reasons] = []
        for span, _, clues, _ in self._candidates(doc, look):
            words, written = look.words_of(look.sentence_at(span.start_char))
            weights = self.model.screen.word_weights(words, ASSERTED, look.word_text).tolist()
            texts = map(look.word_text, written.tolist())
            moved = sorted(zip(texts, weights, strict=True), key=lambda pair: -abs(pair[1]))
            contributions = self.model.stacker.contributions(clues)
            reasons.append(Reasons(span, contributions, moved[:MOST_WORDS]))
        return reasons

    def set_annotations(self, doc: Doc, candidates: Sequence[Candidate]) -> None:
        """Write the spans, their scores and their contexts to the note."""
        for span, detector, clues, look_alike in candidates:
            judged: Judgement = self.model.stacker.judge(clues)
            if judged.context != span._.vbl_context:
                span._.vbl_rule = span._.vbl_cue = None
            span._.vbl_context = judged.context
            if look_alike is not None and judged.context == "asserted":
                span._.vbl_context, span._.vbl_cue = "mention", look_alike
            span._.vbl_score = judged.score
            span._.vbl_threshold = judged.threshold
            span._.vbl_detector = detector
        spans = [candidate.span for candidate in candidates]
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, spans=spans)


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
    default_config={
        "model": resources.MODEL,
        "tagger": True,
        "threads": MOST_THREADS,
        "spans_key": SPANS_KEY,
    },
)
def create_classifier(
    nlp: Language,
    name: str,
    model: str,
    tagger: bool,  # noqa: FBT001 - spaCy passes settings by position
    threads: int,
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
    threads : int
        How many threads it may take.
    spans_key : str
        Where the spans are.
    """
    del name  # spaCy passes it to every factory
    return Classifier(
        load_model(resources.find_model(model), tagger=tagger, threads=threads),
        find_component(nlp, LexiconMatcher, "vbl_lexicon_matcher"),
        find_component(nlp, ContextQualifier, "vbl_context"),
        scoring.load(resources.model_dir() / "lexicon-scores"),
        spans_key=spans_key,
    )


for _name in _EXTENSIONS:
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)
