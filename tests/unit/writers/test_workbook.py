from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from vbl_detect.records import FINDING_COLUMNS, Finding
from vbl_detect.writers import workbook
from vbl_detect.writers.cells import LONGEST, cell_text

SHEETS = ["Summary", "Findings", "In context", "About this run"]


def values(path: Path, sheet: str) -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].values]


def pairs(path: Path, sheet: str) -> dict[Any, Any]:
    return {row[0]: row[1] for row in values(path, sheet) if row}


def cell_of(path: Path, column: str, sheet: str = "Findings") -> Any:
    header = [cell.value for cell in openpyxl.load_workbook(path)[sheet][1]]
    return openpyxl.load_workbook(path)[sheet].cell(2, header.index(column) + 1)


def test_nothing_found_still_has_every_sheet_and_column(write_file: Any) -> None:
    output = write_file("xlsx", [], keep_columns=("Unit", "line"))

    assert openpyxl.load_workbook(output).sheetnames == SHEETS
    for sheet in ("Findings", "In context"):
        assert values(output, sheet) == [[*FINDING_COLUMNS, "Unit", "kept_line"]]
    assert pairs(output, "Summary")["Findings that count"] == 0


def test_findings_that_count_stand_apart_from_the_others(
    findings: list[Finding], write_file: Any
) -> None:
    output = write_file("xlsx", findings)

    counted = pd.read_excel(output, sheet_name="Findings", engine="openpyxl")
    others = pd.read_excel(output, sheet_name="In context", engine="openpyxl")

    assert list(counted["code"]) == ["RC001", "MM000"]
    assert list(others["code"]) == ["AD003", "RC009", "NE002"]


def test_pandas_reads_back_equal_values(findings: list[Finding], write_file: Any) -> None:
    kept = ("Unit", "Visits", "Seen")
    output = write_file("xlsx", findings, keep_columns=kept)

    frame = pd.read_excel(output, sheet_name="Findings", dtype=object, engine="openpyxl")

    expected = [finding.as_row() for finding in findings if finding.counted]
    rows = [
        {name: None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]
    assert rows == expected


def test_sheets_are_frozen_filtered_and_wide_enough_to_read(
    findings: list[Finding], write_file: Any
) -> None:
    sheet = openpyxl.load_workbook(write_file("xlsx", findings))["Findings"]

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:AA3"
    assert sheet.column_dimensions["W"].width == 70
    assert cell_of(write_file("xlsx", findings), "sentence").alignment.wrap_text


@pytest.mark.parametrize("severity", ["high", "medium", "low"])
def test_severity_is_told_by_word_and_by_colour(
    severity: str, make_finding: Any, write_file: Any
) -> None:
    output = write_file("xlsx", [make_finding("asking", "asking", severity=severity)])

    cell = cell_of(output, "severity")

    assert cell.value == severity
    assert cell.fill.fill_type == "solid"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@a", "\t=1", " =1", "#N/A"])
def test_no_cell_is_ever_a_formula(text: str, make_finding: Any, write_file: Any) -> None:
    finding = make_finding(f"{text} asking", "asking", record_id=text, path=text, meta={text: text})
    output = write_file("xlsx", [finding], keep_columns=(text,), problems=(text,))

    with zipfile.ZipFile(output) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets" in name]

    assert [sheet for sheet in sheets if b"<f>" in sheet or b't="e"' in sheet] == []
    assert cell_of(output, "record_id").value == text
    assert cell_of(output, "record_id").data_type == "s"
    assert cell_of(output, "record_id").quotePrefix == (text != "#N/A")


def test_numbers_stay_numbers_and_long_references_keep_their_digits(
    make_finding: Any, write_file: Any
) -> None:
    finding = make_finding("asking", "asking", meta={"n": -5, "f": 0.5, "ref": 12345678901234567})
    output = write_file("xlsx", [finding], keep_columns=("n", "f", "ref"))

    assert [cell_of(output, name).value for name in ("n", "f", "ref", "start", "counted")] == [
        -5, 0.5, "12345678901234567", 0, True,
    ]  # fmt: skip


def test_characters_that_xml_forbids_are_replaced(make_finding: Any, write_file: Any) -> None:
    output = write_file("xlsx", [make_finding("a\x00b\x1b\uffff\ud800 asking", "asking")])

    assert cell_of(output, "sentence").value == "a\ufffdb\ufffd\ufffd\ufffd asking"


def test_text_that_a_cell_cannot_hold_is_cut_visibly() -> None:
    cut = cell_text("x" * 40_000)

    assert len(cut) == LONGEST
    assert cut.endswith("… [cut: 40,000 characters in all]")
    assert cell_text("x" * LONGEST) == "x" * LONGEST


def test_emoji_take_two_of_a_cells_characters_and_are_not_halved() -> None:
    cut = cell_text("a" + "😀" * 20_000)

    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST
    assert re.fullmatch("a😀+… \\[cut: 20,001 characters in all\\]", cut)


def test_findings_go_on_to_another_sheet_when_one_is_full(
    findings: list[Finding], write_file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS_PER_SHEET", 2)

    output = write_file("xlsx", [findings[0]] * 5)

    assert openpyxl.load_workbook(output).sheetnames == [
        "Summary", "Findings", "Findings (2)", "Findings (3)", "In context", "About this run",
    ]  # fmt: skip
    assert [len(values(output, f"Findings{end}")) for end in ("", " (2)", " (3)")] == [3, 3, 2]
    book = openpyxl.load_workbook(output)
    assert book["Findings (3)"].auto_filter.ref == "A1:AA2"
    assert book["Findings (2)"].freeze_panes == "A2"


def test_summary_tells_the_headline_figures_and_every_breakdown(
    findings: list[Finding], write_file: Any
) -> None:
    rows = values(write_file("xlsx", [*findings, findings[0]]), "Summary")

    first = [[value for value in row if value is not None] for row in rows]
    assert first[1] == [
        "3 findings in 3 of 40 notes (2 high, 1 medium); 1 in context: 1 quoted; "
        "1 suppressed; 1 below the threshold"
    ]
    assert ["Notes read", 40] in first
    assert ["Share of notes with findings that count", 3 / 40] in first
    assert ["risk-and-choice", 2, 0, 0, 2] in first
    assert ["high", 2] in first
    assert ["quoted (not counted)", 1] in first
    assert ["putting herself at risk", "RC001", 2] in first
    assert ["(found by the classifier alone)", "MM000", 1] in first


def test_about_tells_versions_hashes_settings_inputs_and_problems(write_file: Any) -> None:
    output = write_file("xlsx", [], problems=("notes.csv, row 3: broken",))

    about = pairs(output, "About this run")

    assert about["vbl-detect version"] == "9.9.9"
    assert about["spaCy version"] == "3.8.0"
    assert about["Lexicon SHA-256"] == "cd" * 32
    assert about["Model"] == "none"
    assert about["min_score"] == 0.5
    assert about["select"] == '["RC", "AD"]'
    assert about["examples/misper.csv"] == "ab" * 32
    assert "notes.csv, row 3: broken" in about
