"""A row's look-alikes hold for phrases that only the classifier hears."""

from types import SimpleNamespace

import pytest

from vbl_detect.classifier.stacker import Clues, Judgement
from vbl_detect.components.classifier import Candidate, Classifier
from vbl_detect.components.look_alikes import covering
from vbl_detect.pipeline import find_matcher

TEXT = "Home by nine.  He is a runner for the\nathletics club, his mother says."
CATEGORY = "criminal-complicity"


def phrase(nlp, words, category=CATEGORY):
    doc = nlp(TEXT)
    start = TEXT.index(words)
    return doc, doc.char_span(start, start + len(words), category)


@pytest.mark.parametrize("words", ["runner", "a runner for the\nathletics club"])
def test_a_look_alike_covers_a_phrase_that_lies_in_it(nlp, words):
    doc, span = phrase(nlp, words)

    assert covering(find_matcher(nlp), doc, [span]) == ["a runner for the athletics club"]


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Home by nine", CATEGORY),
        ("club, his mother says", CATEGORY),
        ("runner", "credibility-doubt"),
    ],
)
def test_it_covers_no_phrase_elsewhere_nor_of_another_category(nlp, words, category):
    doc, span = phrase(nlp, words, category)

    assert covering(find_matcher(nlp), doc, [span]) == [None]


@pytest.mark.parametrize(
    ("look_alike", "context"), [("a runner for the club", "mention"), (None, "asserted")]
)
def test_inside_it_a_phrase_is_written_and_does_not_count(nlp, look_alike, context):
    stacker = SimpleNamespace(judge=lambda _: Judgement(0.9, 0.5, "asserted"))
    component = Classifier(SimpleNamespace(stacker=stacker), None, None, None)
    doc, span = phrase(nlp, "runner")
    clues = Clues(screen_any=3.0, screen_asserted=3.0, context="asserted")

    component.set_annotations(doc, [Candidate(span, "classifier", clues, look_alike)])

    [written] = doc.spans["vbl"]
    assert (written._.vbl_context, written._.vbl_cue) == (context, look_alike)
    assert written._.vbl_score == 0.9
