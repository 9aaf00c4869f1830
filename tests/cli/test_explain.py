import json

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.cli.explain import NOTHING

TEXT = "Her mother says she is streetwise. She puts herself at risk."


@pytest.fixture(scope="module")
def run():
    return lambda *args, **more: CliRunner().invoke(app, ["explain", *args], **more)


def test_each_match_is_shown_with_the_rule_that_decided(run):
    borrowed, own = run(TEXT).stdout.strip().split("\n\n")

    assert borrowed.startswith('1:24 "streetwise"')
    assert '  context  reported\n  cue      "says"\n  rule     CX101: somebody says it' in borrowed
    assert "  moved by " in borrowed
    assert "  counts   no, reported" in borrowed
    assert own.splitlines()[0] == '1:40 "puts herself at risk"'
    assert "  context  asserted\n  moved by" in own
    assert "  counts   yes" in own


def test_the_threshold_is_told_from_the_context(run):
    assert (
        "counts   no, below the threshold" in run("She is streetwise.", "--min-score", "1").stdout
    )


def test_json_holds_the_finding_s_columns_and_the_rule(run):
    borrowed, own = json.loads(run(TEXT, "--format", "json").stdout)

    assert (borrowed["context"], borrowed["cue"], borrowed["rule"]) == ("reported", "says", "CX101")
    assert borrowed["rule_note"].startswith("somebody says it")
    assert (own["counted"], own["rule"], own["rule_note"]) == (True, None, None)


def test_markdown_escapes_what_the_text_holds(run):
    result = run("She *is* streetwise. Mum says *she* is streetwise.", "--format", "md")

    assert "**streetwise** (line 1)\n\n- term: AD001" in result.stdout
    assert "- counts: no, reported" in result.stdout


def test_standard_input_is_read(run):
    assert '"streetwise"' in run("-", input="She is streetwise.\n").stdout


@pytest.mark.parametrize("output_format", ["text", "md"])
def test_a_text_without_matches_says_so(run, output_format):
    assert run("All well.", "--format", output_format).stdout.strip() == NOTHING
    assert json.loads(run("All well.", "--format", "json").stdout) == []
