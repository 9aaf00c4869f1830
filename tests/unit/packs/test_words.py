"""A note word by word: nothing lost, and every agreed phrase can be marked."""

import pytest

from vbl_detect.exercises import read_exercises
from vbl_detect.packs.words import pieces
from vbl_detect.resources import exercise_bank


@pytest.mark.parametrize(
    "text", ["", " ", "…", "She's 14.\r\n\tNo\u202efurther 😀 action", "\ud800 lone", "£20 or 5%"]
)
def test_the_pieces_are_the_text(text):
    made = list(pieces(text))

    assert "".join(text[piece.start : piece.end] for piece in made) == text


def test_what_hides_or_turns_text_is_shown():
    shown = "".join(piece.shown for piece in pieces("no\u202e further\u200b\x1b[31m"))

    assert not set(shown) & set("\u202e\u200b\x1b")


def test_every_agreed_phrase_of_the_bank_begins_and_ends_with_a_word():
    for exercise in read_exercises(exercise_bank()):
        words = [piece for piece in pieces(exercise.note.text) if piece.is_word]
        starts, ends = {word.start for word in words}, {word.end for word in words}
        for span in exercise.note.spans:
            phrase = exercise.note.text[span.start : span.end]
            assert span.start in starts, (exercise.id, phrase)
            assert span.end in ends, (exercise.id, phrase)
