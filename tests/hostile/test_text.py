"""Text made to act where it is shown: in every format, on the screen, from Python."""

import csv
import json
import zipfile

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

import vbl_detect
from vbl_detect import Note, detect
from vbl_detect.cli import app
from vbl_detect.writers import WRITERS, RunInfo, write_findings

from .conftest import BLAME

#: What must not come out as it went in, each beside the words that make a finding.
HOSTILE = {
    "escape": "\x1b[2J\x1b]0;owned\x07",
    "bidirectional": "\u202eevil\u2066\u2069",
    "zero width": "ri\u200bsk\ufeff",
    "nul": "\x00",
    "line separators": "\u2028\u2029\x85\x0b\x0c",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "commands of github": "%0A::error::x ::stop-commands::x",
    "markdown": "[x](javascript:alert(1)) | `x` | <b>",
    "surrogate": "\ud800 \udfff",
    "xml": "]]> <!-- &lol; ]]>",
}
FORMULAS = ["=1+1", "@SUM(A1)", "+1+1", "-1+1", "\t=1", " =1", "\r=1", "＝1", '=HYPERLINK("x")']


def export(tmp_path, values):
    """Write notes that make findings as JSON Lines, which can hold everything."""
    path = tmp_path / "notes.jsonl"
    lines = [json.dumps({"id": value, "text": f"{value} {BLAME}"}) for value in values]
    path.write_text("\n".join(lines) + "\n", "ascii")
    return path


@pytest.mark.parametrize("name", WRITERS)
def test_no_format_lets_text_act(scan, tmp_path, name):
    values = [text for kind, text in HOSTILE.items() if kind != "surrogate"]
    output = tmp_path / f"out{(*WRITERS[name].suffixes, *WRITERS[name].other_suffixes)[0]}"

    result = scan(export(tmp_path, values), "--format", name, "-o", output)

    assert result.exit_code == 0, result.stderr
    if WRITERS[name].binary:
        return
    text = output.read_text("utf-8-sig")
    assert "\x1b" not in text
    assert "\x00" not in text
    if not WRITERS[name].data:
        assert not {"\u202e", "\u2066", "\u2028"} & set(text)
    if name == "md":
        assert "<script" not in text
        assert "<img" not in text
    if name == "github":
        assert all(line.startswith("::") for line in text.splitlines())
        assert "\n::stop-commands" not in text


def test_no_cell_of_any_spreadsheet_is_a_formula(scan, tmp_path):
    source = export(tmp_path, FORMULAS)
    for suffix in ("csv", "xlsx"):
        scan(source, "--keep-columns", "text", "-o", tmp_path / f"out.{suffix}")

    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert len(cells) > 9
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+@＝")]
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    values = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in values} <= {"s", "n", "b"}
    with zipfile.ZipFile(tmp_path / "out.xlsx") as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        assert not [name for name in sheets if b"<f>" in package.read(name)]


@pytest.mark.parametrize("text", ["\ud800", "\udfff\ud800", "é \udcff 🙂"])
def test_lone_surrogates_move_no_offset(nlp, text):
    note = Note(text=f"{text} Mum called. {BLAME} {text}")

    [finding] = detect([note], nlp)

    assert note.text[finding.start : finding.end] == finding.phrase == "put herself at risk"
    assert finding.sentence in note.text
    assert finding.extent.byte_col >= finding.col


@pytest.mark.parametrize("text", [f"\ud800 {BLAME}", f"{BLAME}\udfff\ud800", "\udcff"])
def test_a_pipeline_takes_lone_surrogates(nlp, text):
    for doc in (nlp(text), *nlp.pipe([text])):
        assert len(doc.text) == len(text)
        for span in doc.spans["vbl"]:
            assert text[span.start_char : span.end_char] == "put herself at risk"
        assert len(doc.spans["vbl"]) == (BLAME in text)


@pytest.mark.parametrize("mask", [False, True])
def test_a_lone_surrogate_in_the_sentence_is_kept_and_in_words_parts_them(nlp, mask):
    note = Note(text="YP \ud800 continues to put herself at risk.\ud800 She put her\udc00self")

    found = list(detect([note], nlp, mask=mask))

    assert [one.phrase for one in found] == ["put herself at risk"]
    assert "\ud800" in found[0].sentence


def test_a_lone_surrogate_in_a_frame_is_no_fault(nlp):
    df = pd.DataFrame({"text": pd.Series([f"\ud800 {BLAME}", None], dtype=object)})

    found = vbl_detect.detect_df(df, text_column="text", nlp=nlp)

    assert list(found["phrase"]) == ["put herself at risk"]


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_found_beside_lone_surrogates_is_written_as_utf_8(tmp_path, nlp, name):
    note = Note(
        text=f"\ud800 {BLAME}", path="a\udcff.txt", record_id="\udfff", meta={"k": "\ud800"}
    )
    output = tmp_path / f"out{(*WRITERS[name].suffixes, *WRITERS[name].other_suffixes)[0]}"

    write_findings(detect([note], nlp), name, output, RunInfo(keep_columns=("k",)))

    if WRITERS[name].binary:
        assert output.stat().st_size > 0
    else:
        assert output.read_bytes().decode("utf-8-sig")


def test_explain_takes_bytes_that_are_no_text():
    result = CliRunner().invoke(app, ["explain", f"{BLAME} \udcff", "--model", "fast"])

    assert result.exit_code == 0, result.stderr
    assert "RC001" in result.stdout


def test_no_more_than_the_phrase_is_shown_where_no_more_is_asked_for(scan, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"Mum said: “{BLAME} Zebra.”", "utf-8")

    for show, shown in (("sentence", True), ("phrase", False), ("reference", False)):
        for name in ("jsonl", "full", "sarif", "md"):
            result = scan(path, "--format", name, "--show", show, "--include-context")

            assert ("YP continues" in result.stdout) == (shown and name != "sarif") or name == "md"
            assert shown or "YP continues" not in result.stdout
