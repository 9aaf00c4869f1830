from vbl_detect.context_shares import Share
from vbl_detect.evaluation.breakdown import by_category, by_group
from vbl_detect.marks import Marked

RISK, DOUBT = "risk-and-choice", "credibility-doubt"


def mark(place, category):
    return Marked(6 * place, 6 * place + 4, category)


def test_a_category_s_marks_are_right_on_its_own_spans_only(labelled):
    notes = [labelled("aa-", category=RISK), labelled("ab", category=DOUBT)]
    marks = [[mark(0, RISK), mark(1, DOUBT), mark(2, RISK)], [mark(0, DOUBT), mark(1, DOUBT)]]

    found = by_category(notes, marks, [RISK, DOUBT])

    risk, doubt = found[RISK].spans, found[DOUBT].spans
    assert (risk.precision.value, risk.recall.value, risk.n_gold) == (0.5, 0.5, 2)
    assert (doubt.precision.value, doubt.recall.value, doubt.n_marked) == (0.5, 1.0, 2)
    assert (found[RISK].named, found[DOUBT].named) == (Share(1, 2), Share(1, 1))


def test_groups_are_measured_apart(labelled):
    notes = [labelled("a-"), labelled("a-"), labelled("--")]
    marks = [[mark(0, RISK)], [mark(1, RISK)], []]

    found = by_group(notes, marks, ["x", "y", "x"])

    assert list(found) == ["x", "y"]
    assert (found["x"].f1.value, found["y"].f1.value) == (1.0, 0.0)
