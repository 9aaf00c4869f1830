import pytest

from vbl_detect.context.quotes import LONGEST_QUOTE, find_quotes


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "up for it" and left.', ["up for it"]),
        ("He said “up for it” and left.", ["up for it"]),
        ("He said 'up for it' and left.", ["up for it"]),
        ("He said ‘up for it’ and left.", ["up for it"]),
        ("“One sentence. Then another.”", ["One sentence. Then another."]),
        ("“Over a\nline break”", ["Over a\nline break"]),
        ("“Never closed\n\nin this paragraph.", ["Never closed"]),
        ('"One" and "two"', ["One", "two"]),
        ("'It wasn't the girls' fault'", ["It wasn't the girls' fault"]),
    ],
)
def test_what_stands_between_marks_is_quoted(text, quoted):
    assert [text[start:end] for start, end in find_quotes(text)] == quoted


@pytest.mark.parametrize(
    "text",
    [
        "The girls' phones weren't found.",
        "She's 15 and it's her mother's car.",
        "Get 'em home; rock 'n roll.",
        "He is 5' 10\" tall.",
        "No marks at all.",
        "",
    ],
)
def test_apostrophes_and_measures_quote_nothing(text):
    assert find_quotes(text) == []


def test_an_email_s_quoted_lines_are_quoted():
    text = "Hi\n> she is streetwise\n> and late\nI see."

    assert [text[start:end] for start, end in find_quotes(text)] == [
        "> she is streetwise\n> and late"
    ]


def test_a_mark_whose_partner_is_far_away_was_a_slip():
    assert find_quotes('"' + "word " * LONGEST_QUOTE + '"') == []
