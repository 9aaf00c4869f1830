"""Findings come back from every data format as they were written."""

import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from tests.unit.writers.conftest import *  # noqa: F403 - its findings and how to write them
from vbl_detect.errors import ReaderError, UsageError
from vbl_detect.findings_files import read_findings_file

HOSTILE = '=HYPERLINK("http://x") \'=1+1 <script>alert(1)</script> 🙂 \u202e'


def written(write_file, findings, name):
    return write_file(name, findings, keep_columns=("Unit", "Visits", "Seen"))


@pytest.mark.parametrize("name", ["jsonl", "json", "csv", "xlsx", "parquet"])
def test_findings_come_back_as_they_were(write_file, findings, make_finding, name):
    meta = {"Unit": "=1+1", "Visits": 2, "Seen": True}
    given = [*findings, make_finding(HOSTILE, "script", cue="-2", record_id="007", meta=meta)]

    read = read_findings_file(written(write_file, given, name)).findings

    order = sorted(range(len(given)), key=lambda at: not given[at].counted)
    expected = [given[at] for at in order] if name == "xlsx" else given
    assert [f.as_row() | {"meta": None} for f in map(own, read)] == [
        f.as_row() | {"meta": None} for f in map(own, expected)
    ]
    if name != "csv":  # all is text there
        assert [dict(f.meta) for f in read] == [dict(f.meta) for f in expected]
    assert read[-1 if name != "xlsx" else 2].meta["Unit"] == "=1+1"


def own(finding):
    return replace(finding, meta={})


def test_the_manifest_is_read_where_there_is_one(write_file, findings, tmp_path):
    path = written(write_file, findings, "jsonl")
    beside = path.with_name(f"{path.name}.manifest.json")

    missing = read_findings_file(path)
    beside.write_text('{"counts": {"notes": 40}}', "utf-8")
    there = read_findings_file(path)
    beside.write_text("[1", "utf-8")
    broken = read_findings_file(path)

    assert (missing.manifest, "is not there" in missing.fault) == (None, True)
    assert (there.count("notes"), there.fault) == (40, None)
    assert (broken.manifest, "cannot be read" in broken.fault) == (None, True)


def test_csv_saved_again_by_excel_is_read(write_file, findings):
    path = written(write_file, findings, "csv")
    text = path.read_text("utf-8-sig").replace("true", "TRUE").replace("false", "FALSE")
    path.write_text(text, "utf-8")

    assert [f.counted for f in read_findings_file(path).findings] == [f.counted for f in findings]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("severity", "grave", "none of high, medium, low"),
        ("score", "often", "score from 0 to 1"),
        ("counted", "perhaps", "neither true nor false"),
        ("row", 1.5, "no whole number"),
        ("context", None, "none of asserted"),
        ("code", "", "is empty"),
        ("suppressed", "[1", "no JSON object"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_place(write_file, findings, column, value, words):
    path = written(write_file, findings, "jsonl")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows[1][column] = value
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")

    with pytest.raises(ReaderError, match=words) as error:
        read_findings_file(path)

    assert "row 2" in str(error.value)
    assert f'"{column}"' in str(error.value)
    assert "streetwise" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jsonl", b"{not json", "not JSON"),
        ("a.jsonl", b"[1]", "not a finding"),
        ("a.jsonl", b'{"code": "RC001"}', "lacks the columns"),
        ("a.json", b"{}", "no array"),
        ("a.csv", b"Ref,Note\n1,2\n", "lacks the columns"),
        ("a.xlsx", b"PK not a workbook", "not a workbook"),
        ("a.parquet", b"PAR1", "not a Parquet"),
        ("gone.csv", None, "there is no such file; check the path"),
    ],
)
def test_what_is_no_findings_file_is_told(tmp_path, name, content, words):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ReaderError, match=words):
        read_findings_file(path)


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(UsageError, match="ending in one of"):
        read_findings_file(tmp_path / "report.html")


def test_a_workbook_without_findings_is_told(write_file, findings):
    path = written(write_file, findings, "xlsx")
    book = load_workbook(path)
    del book["Findings"], book["In context"]
    book.save(path)

    with pytest.raises(ReaderError, match="no sheet holds findings"):
        read_findings_file(path)
