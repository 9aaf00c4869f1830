from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from vbl_detect.records import FINDING_COLUMNS, Finding
from vbl_detect.writers import write_findings


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_nothing_found_is_a_header_with_every_column(write_file: Any) -> None:
    output = write_file("csv", [], keep_columns=("Unit", "path"))

    header = ",".join([*FINDING_COLUMNS, "Unit", "kept_path"])
    assert output.read_bytes() == f"\ufeff{header}\r\n".encode()


def test_standard_output_has_no_byte_order_mark(make_run: Any) -> None:
    raw = io.BytesIO()
    stdout = io.TextIOWrapper(raw, encoding="utf-8")

    write_findings([], "csv", None, make_run(), stdout=stdout)

    assert raw.getvalue().startswith(b"schema_version,")
    assert raw.getvalue().endswith(b"\r\n")


def test_pandas_reads_back_equal_values(findings: list[Finding], write_file: Any) -> None:
    output = write_file("csv", findings, keep_columns=("Unit", "Visits"))

    frame = pd.read_csv(output, encoding="utf-8-sig")

    assert list(frame.columns) == [*FINDING_COLUMNS, "Unit", "Visits"]
    assert list(frame["score"]) == [finding.score for finding in findings]
    assert list(frame["counted"]) == [finding.counted for finding in findings]
    assert list(frame["start"]) == [finding.start for finding in findings]
    assert list(frame["sentence"]) == [finding.sentence for finding in findings]
    assert frame["Visits"].isna().sum() == 1


@pytest.mark.parametrize("text", ["=1+1", "+1 2", "-x", "@a", "\t=1", "\r=1", " =1", "＝1"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(
    text: str, make_finding: Any, write_file: Any
) -> None:
    finding = make_finding(f"{text} asking", "asking", record_id=text, meta={text: text})

    (row,) = read(write_file("csv", [finding], keep_columns=(text,)))

    assert row["sentence"] == f"'{text} asking"
    assert row["record_id"] == f"'{text}"
    assert row[f"'{text}"] == f"'{text}"


@pytest.mark.parametrize(
    ("value", "written"),
    [(-5, "-5"), (-1.5, "-1.5"), ("-5", "-5"), (True, "true"), (None, ""), (3.0, "3.0")],
)
def test_numbers_and_booleans_stay_what_they_are(
    value: Any, written: str, make_finding: Any, write_file: Any
) -> None:
    finding = make_finding("asking", "asking", meta={"Kept": value})

    (row,) = read(write_file("csv", [finding], keep_columns=("Kept",)))

    assert row["Kept"] == written


def test_line_breaks_and_quotes_in_a_sentence_come_back(make_finding: Any, write_file: Any) -> None:
    sentence = 'He said "no",\r\nshe was\nasking\rfor it'

    (row,) = read(write_file("csv", [make_finding(sentence, "asking")]))

    assert row["sentence"] == sentence
