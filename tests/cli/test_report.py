"""`vbl-detect report` as its user runs it."""

import stat

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from tests.unit.report.conftest import finding
from vbl_detect.cli import app
from vbl_detect.manifest import Manifest, RunCounts, manifest_path, write_manifest
from vbl_detect.writers import RunInfo, write_findings

KEPT = ("Unit", "Officer", "Opened")


@pytest.fixture
def run():
    def run(*args):
        return CliRunner().invoke(app, ["report", *(str(arg) for arg in args)])

    return run


@pytest.fixture
def write(tmp_path):
    """Write findings of 24 notes, as a scan of 80 would."""

    def write(name="findings.jsonl", *, manifest=True, first=2):
        found = [
            finding(
                row,
                meta={"Unit": "North" if row % 2 else "South", "Officer": f"PC {row}",
                      "Opened": f"{row:02d}/03/2026"},
            )
            for row in range(first, first + 24)
        ]  # fmt: skip
        path = tmp_path / name
        told = Manifest(counts=RunCounts(notes=80), settings={"keep_columns": list(KEPT)})
        write_findings(found, path.suffix[1:], path, RunInfo(manifest=told, keep_columns=KEPT))
        if manifest:
            write_manifest(told, manifest_path(path))
        return path

    return write


@pytest.mark.parametrize("name", ["f.jsonl", "f.json", "f.csv", "f.xlsx", "f.parquet"])
def test_every_data_format_gives_the_same_figures(run, write, tmp_path, name):
    output = tmp_path / "report.html"

    result = run(write(name), "--by", "unit", "-o", output)

    assert result.exit_code == 0, result.output
    page = output.read_text("utf-8")
    assert "24 findings that count, in 24 notes of 80 read." in page
    assert "30.0 %" in page
    assert "Mar 2026" in page
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    assert "wrote" in result.stderr


def test_the_page_goes_to_stdout_and_the_same_each_time(run, write):
    path = write()

    one, two = run(path, "-q"), run(path, "-q")

    assert one.stdout.startswith("<!DOCTYPE html>")
    assert (one.stdout, one.stderr) == (two.stdout, "")


def test_a_workbook_is_written(run, write, tmp_path):
    output = tmp_path / "report.xlsx"

    result = run(write(), "--by", "Unit", "-o", output)

    assert result.exit_code == 0, result.output
    assert "By column" in load_workbook(output).sheetnames


def test_a_missing_manifest_is_told(run, write):
    result = run(write(manifest=False))

    assert result.exit_code == 0
    assert "findings.jsonl.manifest.json is not there" in result.stderr
    assert "number of notes read not known" in result.stdout


def test_files_are_taken_together_and_one_named_twice_once(run, write):
    one, two = write("one.jsonl"), write("two.jsonl", first=40)

    assert "48 findings that count, in 48 notes of 160 read." in run(one, two, one).stdout


def test_people_are_not_ranked(run, write):
    result = run(write(), "--by", "Officer")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "must not be used to rank people" in result.stderr


def test_min_n_hides_groups_and_months(run, write):
    page = run(write(), "--by", "Unit", "--min-n", "13").stdout

    assert "No group is large enough to be shown" in page
    assert "North" not in page


def test_show_keeps_sentences_out(run, write):
    page = run(write(), "--show", "reference").stdout

    assert "He says" not in page
    assert "record R-2" in page


def test_a_selection_is_applied_and_told(run, write):
    path = write()

    none = run(path, "--select", "AD,low", "--ignore", "MM")
    same = run(path, "--min-score", "0.9")

    assert none.exit_code == 0, none.output
    assert "No selected findings that count in 80 notes." in none.stdout
    assert "this report holds those of AD and low, without those of MM." in none.stderr
    assert "24 selected findings that count, in 24 notes of 80 read." in same.stdout


def test_the_settings_file_beside_the_findings_is_heeded(run, write, tmp_path):
    path = write()
    bare = run(path, "-q").stdout
    (tmp_path / "vbl.toml").write_text(
        'ignore = ["AD"]\nextend-ignore = ["RC"]\nshow = "phrase"\nmax-findings = 1\n', "utf-8"
    )

    heeded = run(path)

    assert "No selected findings that count in 80 notes." in heeded.stdout
    assert "all but those of AD and RC." in heeded.stderr
    assert "He says" not in heeded.stdout
    assert run(path, "-q", "--isolated").stdout == bare
    assert "24 selected findings" in run(path, "--ignore", "AD", "--extend-ignore", "SL").stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--select", "hgih"), "did you mean 'high'"),
        (("--format", "xlsx"), "standard output"),
        (("-o", "report.pdf"), ".html, .htm or .xlsx"),
        (("-o", "report.html", "--format", "xlsx"), "end the name in .xlsx"),
        (("-o", "no/such/folder/report.html"), "there is no folder"),
        (("--by", "Team"), 'the columns are "Unit", "Officer", "Opened"'),
        (("--date-column", "Unit"), "no date that can be read"),
    ],
)
def test_wrong_usage_is_told_with_a_way_on(run, write, args, words):
    result = run(write(), *args)

    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_is_not_there_is_told(run, tmp_path):
    result = run(tmp_path / "gone.jsonl")

    assert result.exit_code == 3
    assert "gone.jsonl" in result.stderr
