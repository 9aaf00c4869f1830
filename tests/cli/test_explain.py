import json

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.cli.explain import CLUES, NOTHING
from vbl_detect.explanation import SOURCES

TEXT = "Her mother says she is streetwise. She puts herself at risk."


@pytest.fixture(scope="module")
def run():
    return lambda *args, **more: CliRunner().invoke(app, ["explain", *args], **more)


def test_each_match_is_shown_with_verdict_frame_better_words_and_the_rule_that_decided(run):
    borrowed, own = run(TEXT).stdout.strip().split("\n\n")

    assert borrowed.startswith(
        '1:24 "streetwise" does not count: reported, because of "says"\n'
        "  | Her mother says she is streetwise.\n"
        "  |                        ^^^^^^^^^^\n"
        "term           AD001 streetwise (adultification, high)\n"
    )
    assert "\ncontext        reported: what another agency or the family said" in borrowed
    assert "\nrule           CX101: somebody says it" in borrowed
    assert "\nmore           vbl-detect rule AD001, vbl-detect rule CX101" in borrowed
    assert own.startswith('1:40 "puts herself at risk" counts\n')
    assert "\nwrite instead  is being put at risk by " in own
    assert "\nfor it         " in own
    assert "\nrule " not in own


def test_a_file_in_the_place_of_a_text_is_told(run, tmp_path):
    draft = tmp_path / "review.txt"
    draft.write_text(TEXT, "utf-8")
    result = run(str(draft))

    assert (result.exit_code, result.stdout) == (2, "")
    assert "this is a file and explain takes a text; 'vbl-detect check'" in result.stderr


def test_the_threshold_is_told_from_the_context(run):
    shown = run("She is streetwise.", "--min-score", "1").stdout

    assert '"streetwise" does not count: its score 0.' in shown
    assert " is below 1.00\n" in shown
    assert "; counts from 1.00\n" in shown


def test_an_allowed_phrase_is_told_with_its_reason(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vbl.toml").write_text(
        '[[allow]]\nphrase = "streetwise"\nreason = "the name of a project"\n', "utf-8"
    )

    shown = run("She is streetwise.").stdout

    assert '"streetwise" does not count: accepted: the name of a project\n' in shown


def test_marks_alone_are_not_told_as_words(run):
    words = [line for line in run(TEXT).stdout.splitlines() if line.startswith("words ")]

    assert words
    assert not any('"."' in line for line in words)


def test_every_source_of_a_score_has_a_plain_name():
    assert set(SOURCES.values()) == set(CLUES)


def test_json_holds_the_finding_s_columns_and_the_rule(run):
    borrowed, own = json.loads(run(TEXT, "--format", "json").stdout)

    assert (borrowed["context"], borrowed["cue"], borrowed["rule"]) == ("reported", "says", "CX101")
    assert borrowed["rule_note"].startswith("somebody says it")
    assert (own["counted"], own["rule"], own["rule_note"]) == (True, None, None)
    assert 0 < own["threshold"] <= own["score"]


def test_markdown_escapes_what_the_text_holds(run):
    result = run("She *is* streetwise. Mum says *she* is streetwise.", "--format", "md")

    assert "**streetwise** (line 1) counts\n\n- term: AD001" in result.stdout
    assert "**streetwise** (line 1) does not count: reported" in result.stdout
    assert r"\[age\]" in result.stdout


def test_standard_input_is_read(run):
    assert '"streetwise"' in run("-", input="She is streetwise.\n").stdout


@pytest.mark.parametrize("output_format", ["text", "md"])
def test_a_text_without_matches_says_so(run, output_format):
    assert run("All well.", "--format", output_format).stdout.strip() == NOTHING
    assert json.loads(run("All well.", "--format", "json").stdout) == []


def test_a_mask_hides_names_in_words_and_cue_too():
    text = "Jade Okafor is streetwise, Mr Ormerod says."
    for name in ("text", "json", "md"):
        result = CliRunner().invoke(app, ["explain", text, "--mask", "--format", name])

        assert result.exit_code == 0
        assert "streetwise" in result.output
        assert not any(word in result.output.lower() for word in ("jade", "okafor", "ormerod"))
