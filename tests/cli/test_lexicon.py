import pytest
from typer.testing import CliRunner

from tests.lexicon_folder import term, write_lexicon
from vbl_detect.cli import app


@pytest.fixture
def run():
    return lambda *args: CliRunner().invoke(app, ["lexicon", *map(str, args)])


def own(tmp_path, **cells):
    row = {
        "code": "RC990",
        "term": "wild child",
        "patterns": "wild child",
        "flag_examples": "Known as a wild child.",
        "pass_examples": "Wildlife centre.",
        **cells,
    }
    return write_lexicon(tmp_path / "own", term(**row), tables=False)


def test_list_gives_a_line_a_term_and_a_count(run):
    result = run("list", "--select", "RC001")

    assert result.stdout.startswith("RC001\thigh\tonly-of-victim\t")
    assert result.stdout.count("\n") == 1
    assert result.stderr == "1 term: risk-and-choice 1\n"


def test_list_takes_several_between_commas(run):
    result = run("list", "--select", "RC001,MM002")

    assert [line[:5] for line in result.stdout.splitlines()] == ["MM002", "RC001"]


@pytest.mark.slow
def test_check_passes_the_shipped_lexicon_with_the_rows_of_each_category(run):
    result = run("check")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "no fault" in result.stderr


def test_check_reports_file_and_line_of_a_user_s_fault(run, tmp_path):
    result = run("check", own(tmp_path, source=""))

    assert result.exit_code == 1
    assert "own/risk-and-choice.csv:2: RC990: source is empty; fill it in" in result.stdout
    assert "1 fault" in result.stderr


@pytest.mark.slow
def test_check_finds_that_a_users_row_repeats_a_built_in_pattern(run, tmp_path):
    folder = own(
        tmp_path,
        patterns="streetwise",
        term="streetwise",
        flag_examples="She is streetwise.",
        pass_examples="Off the street.",
    )

    result = run("check", folder)

    assert result.exit_code == 1
    assert "own/risk-and-choice.csv:2: RC990" in result.stdout


@pytest.mark.slow
def test_test_tries_every_row(run):
    result = run("test")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 failed" in result.stderr


def test_test_fails_on_an_example_that_is_not_flagged(run, tmp_path):
    result = run("test", own(tmp_path, flag_examples="A quiet night."))

    assert result.exit_code == 1
    assert "'A quiet night.' is not flagged" in result.stdout
