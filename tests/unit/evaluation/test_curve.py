import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from vbl_detect.evaluation.curve import (
    Point,
    SentenceScores,
    curve_points,
    lowest_threshold,
    precision_recall_curve,
    sentence_scores,
)


def test_a_sentence_has_the_highest_score_in_it_and_borderline_ones_are_left_out(labelled, scored):
    note = labelled("a-qb")

    found = sentence_scores([note], [[*scored(0.4, None, 0.7, 0.9), *scored(0.6)]])

    assert found.scores.tolist() == [0.6, 0.0, 0.7]
    assert found.positive.tolist() == [True, False, False]


def test_only_asserted_findings_are_taken_where_min_score_is_asked_for(labelled, scored):
    findings = [scored(0.9, context="quoted")]

    assert sentence_scores([labelled("a")], findings).scores.tolist() == [0.9]
    assert sentence_scores([labelled("a")], findings, asserted_only=True).scores.tolist() == [0.0]


def test_the_points_are_those_of_each_score_that_occurs(labelled, scored):
    sentences = sentence_scores([labelled("a-a-")], [scored(0.9, 0.8, 0.8, None)])

    assert curve_points(sentences) == (Point(0.9, 1.0, 0.5), Point(0.8, 2 / 3, 1.0))


def test_average_precision_is_the_mean_precision_over_steps_of_recall(labelled, scored):
    sentences = sentence_scores([labelled("a-a-")], [scored(0.9, 0.8, 0.7, None)])

    curve = precision_recall_curve(sentences)

    assert curve.average_precision.value == pytest.approx((1.0 + 2 / 3) / 2)
    assert curve.at_named_recall == Point(0.7, 2 / 3, 1.0)
    assert curve.at(0.75) == Point(0.75, 1 / 2, 0.5)
    assert curve.at(0.95) is None


def test_average_precision_is_that_of_scikit_learn():
    rng = np.random.default_rng(1)
    scores, positive = rng.random(400).round(1), rng.random(400) < 0.3
    sentences = SentenceScores(scores, positive, np.arange(400) // 4, 100)

    found = precision_recall_curve(sentences).average_precision

    assert found.value == pytest.approx(average_precision_score(positive, scores))
    assert found.low < found.value < found.high


def test_the_threshold_for_a_precision_is_that_of_the_most_recall():
    points = [
        Point(0.9, 1.0, 0.2),
        Point(0.8, 0.9, 0.4),
        Point(0.7, 0.6, 0.5),
        Point(0.6, 0.9, 0.6),
    ]

    assert lowest_threshold(points, 0.9) == Point(0.6, 0.9, 0.6)
    assert lowest_threshold(points[:3], 0.9) == Point(0.8, 0.9, 0.4)
    assert lowest_threshold(points[2:3], 0.9) is None


def test_notes_without_sentences_or_spans_have_no_curve(labelled):
    curve = precision_recall_curve(sentence_scores([labelled("")], [[]]))

    assert (curve.average_precision.value, curve.points) == (0.0, ())
