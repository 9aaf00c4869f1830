import pytest

from vbl_detect.lexicon.notation import (
    Choice,
    Gap,
    InTurn,
    Maybe,
    NotationError,
    Word,
    WordList,
    parse,
    split_cell,
)


def test_one_word_is_a_word():
    assert parse("Promiscuous") == Word("promiscuous")


def test_every_element_of_the_notation_in_one_pattern():
    assert parse("~put <self> (back) at [risk/serious harm] .. choice(s)") == InTurn(
        (
            Word("put", inflected=True),
            WordList("self"),
            Maybe(Choice((Word("back"),))),
            Word("at"),
            Choice((Word("risk"), InTurn((Word("serious"), Word("harm"))))),
            Gap(3),
            Word("choice", ending="s"),
        )
    )


def test_tilde_inflects_the_first_word_of_each_alternative():
    assert parse("~[put/let down]") == Choice(
        (Word("put", inflected=True), InTurn((Word("let", inflected=True), Word("down"))))
    )


def test_a_curly_apostrophe_reads_as_a_straight_one():
    assert parse("won’t") == Word("won't")


def test_an_escaped_slash_belongs_to_the_word():
    assert parse(r"b\/f") == Word("b/f")


def test_a_gap_takes_its_own_length():
    assert parse("one ..5 two") == InTurn((Word("one"), Gap(5), Word("two")))


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("", "nothing to match"),
        ("[poor/bad choice", "closing ']' is missing"),
        ("(very", "closing ')' is missing"),
        ("poor]", "no opening bracket"),
        ("[poor/]", "nothing to match"),
        ("~<self>", "directly before a verb"),
        ("~[<self>/put]", "begin with a verb"),
        ("risk, danger", "',' has no meaning"),
        ("risk ..9 danger", "1 to 8 words, not 9"),
    ],
)
def test_a_broken_pattern_is_refused_with_the_reason(pattern, complaint):
    with pytest.raises(NotationError, match=complaint.replace("[", r"\[").replace(")", r"\)")):
        parse(pattern)


def test_the_complaint_names_the_character():
    with pytest.raises(NotationError, match="character 5 of 'risk, danger'"):
        parse("risk, danger")


def test_cells_split_at_bars_and_line_breaks():
    assert split_cell(" one | two\nthree || ") == ("one", "two", "three")
