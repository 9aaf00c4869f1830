"""Notes with women and men exchanged."""

import pytest

from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.training.genders import exchanged


def note(text, *phrases):
    spans = tuple(
        GoldSpan(
            start=text.index(phrase),
            end=text.index(phrase) + len(phrase),
            category="risk-and-choice",
            context="asserted",
            borderline=False,
        )
        for phrase in phrases
    )
    return GoldNote(id="n", note_type="other", text=text, spans=spans)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("She told him of her choice.", "He told her of his choice."),
        ("Mum collected her. He slept.", "Dad collected him. She slept."),
        ("HER SISTER CALLED HER", "HIS BROTHER CALLED HIM"),
        ("she's streetwise; it's hers", "he's streetwise; it's his"),
        ("Mia’s phone, her own", "Noah’s phone, his own"),
        ("The child will grace us.", "The child will grace us."),
        ("", ""),
    ],
)
def test_women_and_men_change_places(text, other):
    assert exchanged(note(text)).text == other


def test_labels_move_along():
    text = "Mia is 15. Her mother says she put herself there; her choice, she knew the man."

    after = exchanged(note(text, "put herself there", "her choice", "knew the man"))

    marked = [after.text[span.start : span.end] for span in after.spans]
    assert marked == ["put himself there", "his choice", "knew the woman"]
