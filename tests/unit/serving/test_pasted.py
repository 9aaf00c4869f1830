"""Rows as spreadsheets put them on the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbl_detect.serving.pasted import parse_rows

CELL = st.text(st.sampled_from('ab "\n\t\r😀é='), max_size=8)


def as_excel_copies(rows):
    def cell(text):
        quoted = '"' + text.replace('"', '""') + '"'
        return quoted if any(mark in text for mark in "\n\t\r") else text

    return "".join("\t".join(map(cell, row)) + "\r\n" for row in rows)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ('a\t"two\nlines"\tb', [["a", "two\nlines", "b"]]),
        ('"she said ""go""\nand went"', [['she said "go"\nand went']]),
        # A quotation without a line break is copied as it stands.
        ('"He is streetwise"\tb', [['"He is streetwise"', "b"]]),
        ('"open\tb\nc', [['"open', "b"], ["c"]]),
        ("\t\r\n", [["", ""]]),
    ],
)
def test_rows_and_cells(text, rows):
    assert parse_rows(text) == rows


@given(st.lists(st.lists(CELL, min_size=2, max_size=3), min_size=1, max_size=4))
def test_what_excel_copies_comes_back(rows):
    # A mark at a cell's start that Excel did not set cannot always be told from one that it did.
    rows = [[cell.lstrip('"') for cell in row] for row in rows]

    assert parse_rows(as_excel_copies(rows)) == rows


def test_many_quotation_marks_take_no_time():
    assert len(parse_rows('"' * 100_001 + "\n" + '"a\n' * 20_000)) > 1
