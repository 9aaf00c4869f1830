"""Rows pasted from a spreadsheet come back as a table, one row for each."""

import pytest

from vbl_detect.errors import UsageError
from vbl_detect.serving.limits import MAX_CHARACTERS
from vbl_detect.serving.rows import COLUMNS, check_rows

PASTED = (
    "Ref\tTeam\tEntry\r\n"
    'A-1\tNorth\t"First line.\nShe puts herself at risk."\r\n'
    "A-2\tNorth\tBus timetable requested from the depot today.\r\n"
    "A-3\tSouth\tMother says that she is streetwise.\r\n"
)


def table(told):
    return [dict(zip(told["columns"], row, strict=True)) for row in told["rows"]]


def test_each_row_comes_back_in_its_place(judge):
    told = check_rows(PASTED, judge)

    assert told["chosen"] == ["Entry"]
    assert told["names"] == ["Ref", "Team", "Entry"]
    first, second, third = table(told)
    assert [row["Row"] for row in (first, second, third)] == ["2", "3", "4"]
    assert [row["Record"] for row in (first, second)] == ["A-1", "A-2"]
    assert first["Words"] == "puts herself at risk"
    assert first["Severity"] == "high"
    assert first["Why"]
    assert first["Write instead"]
    assert second["Severity"] == second["Words"] == second["In context"] == ""
    assert "streetwise (reported)" in third["In context"]


def test_one_column_without_a_heading_is_read_whatever_it_holds(judge):
    told = check_rows("She puts herself at risk.\nx\n", judge)

    assert [row["Words"] for row in table(told)] == ["puts herself at risk", ""]


def test_a_column_can_be_chosen_where_none_looks_like_notes(judge):
    pasted = "A\tB\n1\tputs self at risk\n2\t7\n"
    told = check_rows(pasted, judge)

    assert told["names"] == ["A", "B"]
    assert not told["chosen"]
    assert table(check_rows(pasted, judge, "B"))[0]["Words"] == "puts self at risk"


@pytest.mark.parametrize("text", ["", "\n\n", "\t\t\r\n", " "])
def test_nothing_pasted_is_nothing_found(judge, text):
    assert check_rows(text, judge)["rows"] == []


def test_no_cell_is_a_formula_and_none_breaks_a_line(judge):
    told = check_rows('Ref\tEntry\n=1+1\t"=cmd\t|\nshe puts herself at risk"\n', judge)

    (row,) = told["rows"]
    assert row[1] == "'=1+1"
    assert not any(mark in cell for cell in row for mark in "\t\r\n")
    assert tuple(told["columns"]) == COLUMNS


def test_too_much_is_refused(judge):
    with pytest.raises(UsageError, match="200,000 characters"):
        check_rows("a\n" * MAX_CHARACTERS, judge)


def test_a_column_that_is_not_there_is_named(judge):
    with pytest.raises(UsageError, match="Nowhere"):
        check_rows(PASTED, judge, "Nowhere")
