"""What the page finds is what `vbl-detect check` finds."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.gold import read_gold
from vbl_detect.running import RunSettings
from vbl_detect.selection import Selection
from vbl_detect.serving.judging import TextJudge, as_told

KEYS = ("finding_id", "code", "start", "end", "score", "context", "cue", "counted", "severity")


def checked(arguments, **settings):
    arguments = ["check", *arguments, "--format", "jsonl", "-q", "--fail-on", "never"]
    result = CliRunner().invoke(app, arguments, **settings)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def rows(findings):
    return [tuple(getattr(one, key) for key in KEYS) for one in findings]


@pytest.mark.slow
def test_the_whole_development_set_has_the_findings_of_check(
    full_nlp, corpus_dir, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    notes = read_gold(corpus_dir / "dev.jsonl")
    judge, found = TextJudge(full_nlp), []
    for number, note in enumerate(notes):
        name = f"note-{number:03}.txt"
        (tmp_path / name).write_bytes(note.text.encode("utf-8", "surrogatepass"))
        judged = judge.judge(note.text, name)
        found += [(name, *row) for row in rows(judged.findings)]
        told = as_told(note.text, judged, judge)["findings"]
        assert [one["id"] for one in told] == [one.finding_id for one in judged.findings]
    wanted = [(one["path"], *(one[key] for key in KEYS)) for one in checked(["."])]

    assert len(notes) >= 100
    assert len(found) >= 100
    assert sorted(found, key=str) == sorted(wanted, key=str)


ACCEPTED = 'vbl: allow RC001 until {day} reason="r" author="a"\nShe puts herself at risk.\n'


@pytest.fixture
def dated(nlp):
    return TextJudge(nlp, today=lambda: date(2026, 11, 1))


def test_what_was_accepted_is_accepted_here_too(dated):
    (finding,) = dated.judge(ACCEPTED.format(day="2027-01-31")).findings

    assert not finding.counted
    assert finding.suppressed["reason"] == "r"


def test_a_comment_that_is_wrong_is_told_with_its_line(dated):
    judged = dated.judge(ACCEPTED.format(day="2099-01-01"))

    assert [finding.counted for finding in judged.findings] == [True]
    assert "".join(judged.remarks).startswith("Line 1: expires is 2099-01-01, more than a year")


def test_the_settings_hold(nlp):
    settings = RunSettings(selection=Selection(select=("AD",)))
    judge = TextJudge(nlp, settings)

    found = judge.judge("She puts herself at risk and is streetwise.").findings

    assert {finding.category for finding in found} == {"adultification"}
