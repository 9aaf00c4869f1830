"""Which columns a report is by."""

import pytest

from tests.unit.report.conftest import finding
from vbl_detect.errors import UsageError
from vbl_detect.report.columns import choose_groups, find_date_column


def with_values(name, *values):
    return [finding(row, meta={name: value}) for row, value in enumerate(values, start=2)]


@pytest.mark.parametrize(
    "name",
    ["Officer", "Reviewing officer", "OIC", "Entered by", "Supervisor name", "author", "Collar No",
     "ReviewerName", "Staff", "PC", "Email"],
)  # fmt: skip
def test_people_are_not_ranked_and_the_way_on_is_told(name):
    with pytest.raises(UsageError, match="names of staff") as error:
        choose_groups([name], with_values(name, "x", "y"), [name])

    assert "team, unit or note type" in str(error.value)


@pytest.mark.parametrize(
    "values",
    [("PC 1234 Reed", "DS Adeyemi", "Insp. Moss"), ("a.reed@force.example", "b@x.example")],
)
def test_a_column_that_holds_people_is_refused_whatever_its_name(values):
    with pytest.raises(UsageError, match="names of staff"):
        choose_groups(["Handler"], with_values("Handler", *values), ["Handler"])


@pytest.mark.parametrize(
    "name", ["Unit", "Officer team", "Author role", "Staff group", "Note type"]
)
def test_columns_of_groups_are_taken_whatever_their_case(name):
    found = with_values(name, "North", "PC", "South")

    assert choose_groups([name.upper()], found, [name]) == (name,)


def test_the_note_s_type_is_taken_unasked():
    assert choose_groups([], [], ["Unit", "Note type"]) == ("Note type",)


def test_an_unknown_column_names_those_there_are():
    with pytest.raises(UsageError, match=r'are "Unit", "Date".*did you mean "Unit"\?'):
        choose_groups(["Units"], [], ["Unit", "Date"])
    with pytest.raises(UsageError, match=r"--keep-columns \"Unit\""):
        choose_groups(["Unit"], [], [])


def test_a_date_column_is_found_by_name_and_content():
    found = [
        finding(2, meta={"Date of birth": "04/03/2010", "Update": "x", "Opened": "04/03/2026"}),
        finding(3, meta={"Date of birth": "05/03/2010", "Update": "y", "Opened": "05/03/2026"}),
    ]

    assert find_date_column(found, ["Date of birth", "Update", "Opened"]) == "Opened"
    assert find_date_column(with_values("Date", "soon", "later"), ["Date"]) is None
