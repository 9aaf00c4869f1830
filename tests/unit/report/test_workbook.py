"""The workbook: native charts, no formula, the same every time."""

import zipfile

import pytest
from openpyxl import load_workbook

from tests.unit.report.conftest import finding, findings_file
from vbl_detect.report.tally import tally
from vbl_detect.report.workbook import write_workbook


@pytest.fixture
def write(tmp_path):
    def write(report, name="report.xlsx"):
        path = tmp_path / name
        path.touch()
        write_workbook(report, path, title="Audit", marking="OFFICIAL & SENSITIVE")
        return path

    return write


def rows(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_figures_and_charts(write, units):
    book = load_workbook(write(tally([units], by=["Unit"])))

    assert book.sheetnames[:4] == ["Summary", "By category", "By month", "By column"]
    assert rows(book["Summary"])[5][:2] == ["Share of notes with findings that count", 65 / 200]
    assert rows(book["By category"])[1][:6] == ["Risk and choice", 65, 0, 0, 65, 65]
    assert rows(book["By month"])[1] == ["Mar 2026", 65, 65]
    assert rows(book["By column"])[1:] == [
        ["North", 30, 30], ["South", 20, 20], ["2 smaller groups together", 15, 15]
    ]  # fmt: skip
    for name in ("By category", "By month", "By column"):
        [chart] = book[name]._charts
        assert chart.series[0].val.numRef.f.startswith(f"'{name}'!$B$2")


def test_hidden_groups_cannot_be_counted_in_the_list(write, units):
    book = load_workbook(write(tally([units], by=["Unit"])))
    header, *found = rows(book["Findings"])

    assert "Opened" not in header  # no kept column but those counted by
    assert {row[header.index("Unit")] for row in found} == {
        "North", "South", "smaller groups together"
    }  # fmt: skip


def test_no_cell_is_a_formula(write):
    evil = '=HYPERLINK("http://x","y")'
    found = [
        finding(row, sentence=evil, phrase="x", term=evil, category=evil, record_id=evil,
                meta={"=1+1": evil})
        for row in range(2, 14)
    ]  # fmt: skip

    report = tally([findings_file(found, 20, path=evil)], by=["=1+1"])
    book = load_workbook(write(report))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == evil for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert all(cell.quotePrefix for cell in cells if cell.value == evil)


def test_the_marking_is_at_head_and_foot(write, units):
    with zipfile.ZipFile(write(tally([units]))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()

    assert sheet.count("OFFICIAL &amp;&amp; SENSITIVE") == 2


def test_the_same_findings_give_the_same_bytes(write, units):
    report = tally([units], by=["Unit"])

    assert write(report, "a.xlsx").read_bytes() == write(report, "b.xlsx").read_bytes()


def test_no_findings_make_a_workbook(write):
    book = load_workbook(write(tally([findings_file([])])))

    assert rows(book["Summary"])[3][:2] == ["Notes read", "not known"]
