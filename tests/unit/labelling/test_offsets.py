import pytest

from vbl_detect.labelling.offsets import Breaks, Ruler, counts_alike

FIREFIGHTER = "👨🏻‍🚒 firemen drive firetrucks"


@pytest.mark.parametrize(
    ("unit", "start", "end"),
    [
        # doccano's issue 2290 and Label Studio's 4988 tell the same word of a like text.
        ("code-points", 19, 29),
        ("utf-16", 22, 32),
        ("graphemes", 16, 26),
    ],
)
def test_a_word_after_an_emoji_of_four_code_points(unit, start, end):
    text = FIREFIGHTER
    at = text.index("firetrucks")
    ruler = Ruler(text, unit)

    assert ruler.of_tool(at, at + 10) == (start, end)
    assert ruler.of_text(start, end) == (at, at + 10)


def test_an_offset_inside_a_surrogate_pair_is_refused():
    ruler = Ruler("a😀b", "utf-16")

    assert ruler.of_text(0, 2) is None
    assert ruler.of_text(1, 3) == (1, 2)
    assert ruler.of_text(3, 9) is None
    assert ruler.of_text(3, 3) is None


def test_a_stretch_that_ends_inside_a_cluster_grows_to_the_whole_of_it():
    text = "cafe\u0301 noir"

    start, end = Ruler(text, "graphemes").of_tool(0, 4)

    assert (start, end) == (0, 4)
    assert Ruler(text, "graphemes").of_text(start, end) == (0, 5)
    assert Ruler("x\r\ny", "graphemes").of_tool(3, 4) == (2, 3)


def test_where_all_units_are_alike():
    assert counts_alike("café, ’quoted’")
    assert not counts_alike("cafe\u0301")
    assert not counts_alike("😀")


def test_line_breaks_come_back():
    text = "one\r\ntwo\r\n\r\nthree\rfour\n"
    breaks = Breaks.of(text)

    assert breaks.shown(text) == "one\ntwo\n\nthree\rfour\n"
    assert breaks.whole(breaks.shown(text)) == text
    for word in ("one", "two", "three", "four"):
        start, end = text.index(word), text.index(word) + len(word)
        shown = breaks.to_shown(start), breaks.to_shown(end)
        assert breaks.shown(text)[slice(*shown)] == word
        assert (breaks.to_whole(shown[0]), breaks.to_whole(shown[1], end=True)) == (start, end)
