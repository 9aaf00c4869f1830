"""Places as editors count them."""

import pytest
from lsprotocol.types import Position, Range

from vbl_detect.lsp.positions import Positions

# A combining accent, an emoji of four code points, a flag, and a lone surrogate.
TEXT = "Zoe\u0301 👩‍👧 said\r\n🇬🇧 she\x0cis\u2028safe\rend \ud83d.\n"


@pytest.mark.parametrize(("encoding", "column"), [("utf-32", 8), ("utf-16", 10), ("utf-8", 17)])
def test_columns_count_units_of_the_encoding_agreed_on(encoding, column):
    after = TEXT.index(" said")

    assert Positions(TEXT, encoding).position(after) == Position(0, column)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_every_offset_comes_back(encoding):
    positions = Positions(TEXT, encoding)
    inside_a_line_break = TEXT.index("\r\n") + 1

    for offset in range(len(TEXT) + 1):
        if offset != inside_a_line_break:
            assert positions.offset(positions.position(offset)) == offset


def test_lines_end_where_editors_end_them_and_nowhere_else():
    positions = Positions(TEXT)

    assert positions.position(TEXT.index("safe")).line == 1
    assert positions.position(TEXT.index("end")) == Position(2, 0)
    assert positions.position(len(TEXT)) == Position(3, 0)


def test_a_line_reaches_up_to_what_ends_it():
    positions = Positions("one\r\ntwo\n\nfour")

    assert positions.line(1) == Range(Position(0, 0), Position(0, 3))
    assert positions.line(3) == Range(Position(2, 0), Position(2, 0))
    assert positions.line(4) == Range(Position(3, 0), Position(3, 4))
    assert positions.line(99) == positions.line(4)


@pytest.mark.parametrize(
    ("place", "offset"),
    [(Position(0, 99), 3), (Position(9, 0), 5), (Position(1, 1), 6), (Position(9, 9), 8)],
)
def test_a_place_beyond_the_text_is_its_nearest_end(place, offset):
    assert Positions("one\r\ntwo").offset(place) == offset


def test_a_place_between_the_halves_of_an_emoji_is_after_it():
    assert Positions("🙂a").offset(Position(0, 1)) == 1


def test_an_empty_text_has_one_place():
    assert Positions("").position(0) == Position(0, 0)
    assert Positions("").offset(Position(3, 3)) == 0
