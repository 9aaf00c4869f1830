from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd

from vbl_detect.records import FINDING_COLUMNS, Finding
from vbl_detect.writers import write_findings


def test_every_line_is_an_object_with_the_columns_of_the_contract_in_order(
    findings: list[Finding], write_file: Any
) -> None:
    output = write_file("jsonl", findings, keep_columns=("Unit", "row"))

    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]

    assert len(rows) == len(findings)
    assert [list(row) for row in rows] == [[*FINDING_COLUMNS, "Unit", "kept_row"]] * len(rows)


def test_values_come_back_as_they_were(findings: list[Finding], write_file: Any) -> None:
    output = write_file("jsonl", findings, keep_columns=("Unit", "Visits", "Seen"))

    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]

    assert rows == [finding.as_row() for finding in findings]


def test_json_is_one_array_of_the_same_objects(findings: list[Finding], write_file: Any) -> None:
    lines = write_file("jsonl", findings).read_text("utf-8").splitlines()

    array = json.loads(write_file("json", findings).read_text("utf-8"))

    assert array == [json.loads(line) for line in lines]


def test_nothing_found_is_an_empty_file_and_an_empty_array(write_file: Any) -> None:
    assert write_file("jsonl", []).read_bytes() == b""
    assert write_file("json", []).read_bytes() == b"[]\n"


def test_what_breaks_lines_or_drives_a_screen_is_escaped_and_comes_back(
    make_finding: Any, make_run: Any
) -> None:
    sentence = "She\x85is\u2028asking\u202e\x9b31m"
    out = io.StringIO()

    write_findings([make_finding(sentence, "asking")], "jsonl", None, make_run(), stdout=out)

    assert len(out.getvalue().splitlines()) == 1
    assert out.getvalue().rstrip("\n").isprintable()
    assert json.loads(out.getvalue())["sentence"] == sentence


def test_pandas_reads_the_lines(findings: list[Finding], write_file: Any) -> None:
    frame = pd.read_json(write_file("jsonl", findings), lines=True, dtype=False)

    assert list(frame.columns) == list(FINDING_COLUMNS)
    assert list(frame["sentence"]) == [finding.sentence for finding in findings]
    assert list(frame["counted"]) == [finding.counted for finding in findings]
