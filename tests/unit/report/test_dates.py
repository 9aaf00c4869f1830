"""Dates in British records."""

from datetime import date

import pytest

from tests.unit.report.conftest import finding
from vbl_detect.errors import UsageError
from vbl_detect.report.dates import read_date
from vbl_detect.report.months import all_months, month_of

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    "value",
    [
        "04/03/2026", "4/3/2026", "4/3/26", "04.03.2026", "04-03-2026", "04/03/2026 22:41",
        "04/03/2026, 22:41:05", "04/03/2026 2241hrs", "04/03/2026 10.41 pm", "2026-03-04",
        "2026-03-04T22:41:00", "2026-03-04 22:41:00+00:00", "2026/03/04", "4 March 2026",
        "4 Mar 26", "04-Mar-2026 22:41", "4th March 2026", "Wed 4 March 2026", " 04/03/2026 ",
        46085, 46085.75,
    ],
)  # fmt: skip
def test_the_day_stands_before_the_month(value):
    assert read_date(value) == DAY


@pytest.mark.parametrize(
    "value",
    ["03/25/2026", "31/02/2026", "March", "12", "2026", "yesterday", "", None, True, 12, 1e300,
     float("nan"), "04/03", "R-0412", "٤/٣"],
)  # fmt: skip
def test_what_is_no_date_for_certain_is_none(value):
    assert read_date(value) is None


def test_faults_are_named_with_their_place():
    found = [
        finding(2, meta={"Opened": "04/03/2026"}),
        finding(3, meta={"Opened": "03/25/2026"}),
        finding(4, meta={"Opened": None}),
    ]

    dated = month_of(found, "Opened")

    assert dated.months == ("2026-03", None, None)
    assert 'export.csv row 3, "03/25/2026"' in dated.faults[0]
    assert "1 of 3 findings have an empty" in dated.faults[1]


@pytest.mark.parametrize("text", ["She is putting herself at risk, as ever.", "Is streetwise."])
def test_a_column_without_any_date_is_refused_without_a_note_s_text(text):
    with pytest.raises(UsageError, match="no date that can be read") as error:
        month_of([finding(2, meta={"Note": text})], "Note")

    assert text not in str(error.value)


def test_the_months_between_are_there_unless_a_date_is_absurd():
    assert all_months({"2025-11": 1, "2026-02": 3}) == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert all_months({"1900-01": 1, "2026-02": 3}) == ["1900-01", "2026-02"]
    assert all_months({}) == []
