from vbl_detect.context_shares import Share, context_shares
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.marks import Marked


def span(start, context, *, borderline=False):
    return GoldSpan(
        start=start,
        end=start + 5,
        category="risk-and-choice",
        context=context,
        borderline=borderline,
    )


def mark(start):
    return Marked(start, start + 5, "risk-and-choice")


def test_an_asserted_span_is_right_if_it_counts_and_another_if_it_does_not():
    spans = (span(0, "asserted"), span(10, "asserted"), span(20, "quoted"), span(30, "negated"))
    note = GoldNote(id="n", note_type="email", text="x" * 50, spans=spans)
    hits = [[mark(0), mark(10), mark(20), mark(30)]]

    shares = context_shares([note], [[mark(0), mark(30)]], hits)

    assert shares["asserted"] == Share(1, 2)
    assert shares["quoted"] == Share(1, 1)
    assert shares["negated"] == Share(0, 1)
    assert shares["all uncounted"] == Share(1, 2)
    assert str(shares["asserted"]) == "0.50 (1 of 2)"


def test_borderline_spans_and_those_the_lexicon_misses_are_left_out():
    spans = (span(0, "quoted", borderline=True), span(10, "quoted"))
    note = GoldNote(id="n", note_type="email", text="x" * 50, spans=spans)

    assert context_shares([note], [[]], [[mark(0)]])["quoted"] == Share(0, 0)
