import pytest

from vbl_detect.evaluation import agreement, category_accuracy, silent_share
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.marks import (
    Marked,
    counted_marks,
    every_sentence_marks,
    findings_in,
    headword_marks,
)
from vbl_detect.pipeline import find_matcher

TEXT = "She makes poor choices. Not a lifestyle choice. Declined to talk. All is well here."


def span(phrase, **labels):
    start = TEXT.index(phrase)
    values = {"category": "risk-and-choice", "context": "asserted", **labels}
    return GoldSpan(start=start, end=start + len(phrase), **values)


def mark(phrase, category="risk-and-choice"):
    start = TEXT.index(phrase)
    return Marked(start, start + len(phrase), category)


NOTE = GoldNote(
    id="n1",
    note_type="other",
    text=TEXT,
    spans=(
        span("makes poor choices"),
        span("lifestyle choice", context="negated"),
        span("Declined to talk", borderline=True),
    ),
)


@pytest.mark.parametrize("level", ["sentence", "span"])
@pytest.mark.parametrize(
    ("phrases", "precision", "recall"),
    [
        (["poor choices"], 1.0, 1.0),
        (["poor choices", "makes poor"], 1.0, 1.0),
        (["poor choices", "lifestyle choice"], 0.5, 1.0),
        (["poor choices", "Declined"], 1.0, 1.0),  # borderline counts neither way
        (["All is well"], 0.0, 0.0),
        ([], 0.0, 0.0),
    ],
)
def test_precision_and_recall_by_sentence_and_by_span(level, phrases, precision, recall):
    found = agreement([NOTE], [[mark(phrase) for phrase in phrases]], level)

    assert (found.precision.value, found.recall.value) == (precision, recall)
    assert found.n_gold == 1


def test_a_note_is_positive_if_any_sentence_is():
    clean = GoldNote(id="n2", note_type="other", text="All well.", spans=())

    found = agreement([NOTE, clean], [[mark("All is well")], []], "note")

    assert (found.precision.value, found.recall.value, found.f1.value) == (1.0, 1.0, 1.0)


def test_the_interval_holds_the_figure_and_narrows_with_more_notes():
    marks = [[mark("poor choices")], [mark("lifestyle choice")]]

    few = agreement([NOTE] * 10, marks * 5, "sentence").f1
    many = agreement([NOTE] * 200, marks * 100, "sentence").f1

    assert few.low <= few.value <= few.high
    assert many.high - many.low < few.high - few.low


def test_the_figures_are_the_same_each_time():
    marks = [[mark("poor choices")], [mark("lifestyle choice")]] * 10

    assert agreement([NOTE] * 20, marks, "span") == agreement([NOTE] * 20, marks, "span")


def test_category_accuracy_is_over_marks_that_match():
    marks = [[mark("poor choices", "adultification"), mark("makes poor"), mark("All is well")]]

    assert category_accuracy([NOTE], marks) == (1, 2)


def test_silent_share_is_over_spans_that_do_not_count():
    assert silent_share([NOTE], [[mark("poor choices")]]) == (1, 1)
    assert silent_share([NOTE], [[mark("lifestyle")]]) == (0, 1)


def test_every_sentence_is_the_baseline_of_the_set_s_density():
    found = agreement([NOTE], every_sentence_marks([NOTE]), "sentence")

    assert found.recall.value == 1.0
    assert found.precision.value == pytest.approx(1 / 3)  # the borderline sentence is left out


def test_headwords_are_found_literally_and_by_every_occurrence(nlp):
    note = GoldNote(id="n", note_type="other", text="Putting herself at risk", spans=())
    lexicon = find_matcher(nlp).lexicon

    [marks] = headword_marks([note], lexicon)

    assert [(m.start, m.end) for m in marks if m.category == "risk-and-choice"] == [(0, 23)]


def test_the_lexicon_s_marks_are_its_counted_findings(nlp):
    note = GoldNote(id="n", note_type="other", text="YP puts self at risk.", spans=())

    [counted] = counted_marks(findings_in([note.text], nlp))
    [none] = counted_marks(findings_in([note.text], nlp, min_score=1.0))

    assert [(m.start, m.end) for m in counted] == [(3, 20)]
    assert none == []
