import json
import stat
import sys

import pytest
from typer.testing import CliRunner

from tests.lexicon_folder import term, write_lexicon
from vbl_detect.cli import app


@pytest.fixture
def run():
    return lambda *args: CliRunner().invoke(app, ["rule", *map(str, args)])


def test_a_row_is_told_with_its_reason_better_words_examples_source_and_figures(run):
    shown = run("RC001").stdout

    assert shown.startswith("RC001  putting herself at risk\nrisk-and-choice (RC), high; ")
    parts = ("why it harms", "write instead", "flagged", "left alone", "source", "measured")
    assert all(f"\n{part} " in shown for part in parts)


def test_a_headword_needs_no_quotation_marks(run):
    assert run("putting", "herself", "at", "risk").stdout == run("rc001").stdout


def test_a_category_is_told_with_all_its_rows(run):
    shown = run("adultification").stdout

    assert shown.startswith("AD  Adultification\n")
    assert "\n AD001  high " in shown
    assert " AD039 " in shown


def test_without_a_code_the_categories_are_shown(run):
    result = run()

    assert result.exit_code == 0
    assert len([line for line in result.stdout.splitlines() if line[:4].strip().isupper()]) == 10


def test_an_unknown_code_ends_with_a_suggestion(run):
    result = run("RC12")

    assert result.exit_code == 2
    assert result.stderr.startswith(
        "error: 'RC12' is no code, category or headword; 'vbl-detect rule --all'"
    )


def test_all_lists_every_row_one_a_line(run):
    lines = run("--all").stdout.splitlines()

    assert [line.count("\t") for line in lines] == [3] * len(lines)
    assert lines[0].startswith("AD001\thigh\tstreetwise\t")


def test_all_and_a_code_exclude_each_other(run):
    assert run("--all", "RC001").exit_code == 2


def test_json_holds_one_object_or_a_list(run):
    one = json.loads(run("RC001", "--format", "json").stdout)
    categories = json.loads(run("--format", "json").stdout)
    everything = json.loads(run("--all", "--format", "json").stdout)

    assert (one["code"], one["kind"]) == ("RC001", "term")
    assert [row["code"] for row in categories] == [f"{row['letters']}000" for row in categories]
    assert one in everything
    assert {row["kind"] for row in everything} == {"category", "term", "context"}


def test_the_ending_of_the_output_chooses_the_format(run, tmp_path):
    for name, start in (("a.md", "<a id"), ("a.json", "{"), ("a.txt", "RC001  ")):
        result = run("RC001", "-o", tmp_path / name)
        assert (result.exit_code, result.stdout) == (0, "")
        assert (tmp_path / name).read_text("utf-8").startswith(start)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_file_is_its_owner_s_only(run, tmp_path):
    run("RC001", "-o", tmp_path / "a.md")

    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o600


def test_a_row_of_one_s_own_lexicon_is_told(run, tmp_path):
    row = term(code="RC990", term="wild child", patterns="wild child")
    folder = write_lexicon(tmp_path / "own", row, tables=False)

    assert "RC990  wild child" in run("wild child", "--lexicon", folder).stdout
    assert run("wild child").exit_code == 2


def test_the_settings_file_s_lexicon_is_told(run, tmp_path, monkeypatch):
    row = term(code="RC990", term="wild child", patterns="wild child")
    write_lexicon(tmp_path / "own", row, tables=False)
    (tmp_path / "vbl.toml").write_text('lexicons = ["own"]\nformat = "sarif"\n', "utf-8")
    monkeypatch.chdir(tmp_path)

    assert "RC990  wild child" in run("RC990").stdout
    assert run("RC990", "--isolated").exit_code == 2
