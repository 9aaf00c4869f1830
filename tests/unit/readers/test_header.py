import pytest

from vbl_detect.readers.header import find_header, unique_names

PROSE = "She was spoken to at home and said that all was well."


def header(*rows, wanted=()):
    return find_header(list(enumerate(rows, start=1)), wanted)


def test_the_first_row_is_the_header():
    assert header(["Ref", "Notes"], ["A1", PROSE]) == 0


@pytest.mark.parametrize(
    "titles",
    [
        [["Monthly export"], []],
        [["Case notes", ""], ["", ""]],
        [["Printed", "01/02/2024"], ["By", "desk"]],
    ],
)
def test_titles_are_passed_over(titles):
    rows = [["Ref", "When", "Notes", "Team"], ["A1", "01/02/2024", PROSE, "North"]]

    assert header(*titles, *rows) == len(titles)


@pytest.mark.parametrize(
    "first",
    [
        ["A1", PROSE],
        ["17", "Seen at school"],
        ["01/02/2024", "Seen at school"],
        ["2024-02-01 10:30:00", "Seen at school"],
        ["X-7", "Seen at school"],
    ],
)
def test_a_first_row_of_data_is_no_header(first):
    below = [[f"X-{i}", PROSE] for i in range(8, 14)]

    assert header(first, *below) is None


def test_a_number_in_a_name_does_not_make_it_data():
    assert header(["Q1", "Notes 2"], ["yes", PROSE], ["no", PROSE]) == 0


def test_a_row_of_data_below_an_unknown_header_is_not_taken_for_it():
    assert header(["What", "Wording"], ["visit", PROSE], ["update", "seen"]) == 0


def test_one_row_with_too_many_fields_does_not_hide_the_header():
    assert header(["Ref", "Notes"], ["A1", PROSE], ["A2", *"abcdefghij"], ["A3", PROSE]) == 0


def test_a_name_asked_for_shows_the_header():
    assert header(["Some", "Title"], ["Thing", "Wording"], ["x", PROSE], wanted=("wording",)) == 1


def test_blank_rows_have_no_header():
    assert header(["", ""], [" ", None]) is None


def test_names_are_made_unique():
    assert unique_names(["Notes", "Notes", "", "Notes (2)", None, "Entry\n text "]) == [
        "Notes",
        "Notes (2)",
        "column 3",
        "Notes (2) (2)",
        "column 5",
        "Entry text",
    ]


@pytest.mark.parametrize("first", ["Seen at school", "No reply"])
def test_a_short_note_on_top_of_a_single_column_is_not_lost(first):
    assert header([first], [PROSE], [PROSE]) is None


@pytest.mark.parametrize("first", ["Notes", "Closing rationale", "Update text 2"])
def test_a_single_column_under_a_known_name_has_a_header(first):
    assert header([first], [PROSE], [PROSE]) == 0
