"""Ordinary prose with blaming sentences set into it."""

from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.training.splicing import donors, drafts, ordinary_notes


def note(text, *spans):
    return GoldNote(id="n", note_type="other", text=text, spans=spans)


def span(text, phrase, context="asserted", borderline=False):
    start = text.index(phrase)
    return GoldSpan(
        start=start,
        end=start + len(phrase),
        category="risk-and-choice",
        context=context,
        borderline=borderline,
    )


TEXT = "Units attended. She chose this life. He is streetwise, says mum. Own choice."


def test_only_sentences_that_blame_on_their_own_are_given():
    labelled = note(
        TEXT,
        span(TEXT, "chose this life"),
        span(TEXT, "streetwise", "reported"),
        span(TEXT, "Own choice"),  # nobody is named in it
    )

    [(sentence, found)] = donors([labelled])

    assert sentence == "She chose this life."
    assert sentence[found.start : found.end] == "chose this life"


def test_borderline_sentences_are_not_given():
    assert donors([note(TEXT, span(TEXT, "chose this life", borderline=True))]) == []


def test_spliced_texts_keep_their_offsets_and_the_others_are_as_they_were():
    given = donors([note(TEXT, span(TEXT, "chose this life"))])
    texts = [f"The bus was late by {n} minutes. The driver rang in." for n in range(60)]

    notes = ordinary_notes(texts, given, seed=3)

    spliced = [one for one in notes if one.spans]
    assert 3 < len(spliced) < 25
    for one in spliced:
        [found] = one.spans
        assert one.text[found.start : found.end] == "chose this life"
        assert "The bus was late" in one.text
    assert [one.text for one in notes if not one.spans] == [
        text for text, one in zip(texts, notes, strict=True) if not one.spans
    ]
    assert ordinary_notes(texts, given, seed=3) == notes


def test_without_donors_texts_stay_as_they_are():
    [only] = ordinary_notes(
        [
            "",
        ][:1],
        [],
        seed=1,
    )

    assert (only.text, only.spans) == ("", ())


def test_drafts_are_sentences_that_blame_and_as_many_that_do_not():
    text = f"{TEXT} Enquiries at the flat continue."
    labelled = note(text, span(text, "chose this life"), span(text, "streetwise", "reported"))

    found = drafts([labelled], seed=1)

    assert [(d.text, len(d.spans)) for d in found[:1]] == [("She chose this life.", 1)]
    [span_alone] = found[0].spans
    assert found[0].text[span_alone.start : span_alone.end] == "chose this life"
    assert [(d.text, d.spans) for d in found[1:]] == [("Enquiries at the flat continue.", ())]
