import pytest

from vbl_detect.evaluation.density import at_prevalence, clean_notes, ordinary_prose
from vbl_detect.marks import Marked


def marks(*places):
    return [Marked(6 * place, 6 * place + 4, None) for place in places]


def test_precision_at_a_prevalence_follows_from_recall_and_false_positive_rate(labelled):
    notes = [labelled("aa----------b")]  # two positive, ten negative, one left out

    found = at_prevalence(notes, [marks(0, 2, 12)], 0.02)

    assert found.recall.value == 0.5
    assert found.false_positive_rate.value == 0.1
    assert found.precision.value == pytest.approx(0.01 / (0.01 + 0.1 * 0.98))


def test_at_the_density_of_the_notes_precision_is_as_counted(labelled):
    found = at_prevalence([labelled("aa--")] * 5, [marks(0, 2)] * 5, 0.5)

    assert found.precision.value == 0.5
    assert found.precision.low == found.precision.high == 0.5


def test_nothing_found_is_no_precision(labelled):
    assert at_prevalence([labelled("a-")], [[]], 0.02).precision.value == 0.0


def test_clean_notes_are_those_without_any_span(labelled):
    notes = [labelled("---"), labelled("--"), labelled("q-"), labelled("b")]

    found = clean_notes(notes, [marks(0), [], marks(0, 1), marks(0)])

    assert (found.texts, found.sentences, found.findings) == (2, 5, 1)
    assert found.rate.value == 20.0


def test_no_clean_note_is_no_rate(labelled):
    assert clean_notes([labelled("a")], [marks(0)]).texts == 0


def test_ordinary_prose_is_counted_by_sentences(labelled):
    texts = [labelled("-" * 30).text, labelled("-" * 20).text]

    found = ordinary_prose(texts, [marks(3), []])

    assert (found.sentences, found.rate.value) == (50, 4.0)
