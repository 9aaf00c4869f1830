"""Drafts in an editor are judged as `vbl-detect check` judges files."""

import json
import os

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.errors import LexiconError, SettingsError, SuppressionError, UsageError
from vbl_detect.lsp.judging import MAX_CHARACTERS, Draft, Judge, not_judged
from vbl_detect.settings import read_settings, selection_of

BLAMING = "YP continues to put self at risk and is streetwise.\n"
QUOTED = 'Mum says "she is streetwise".\n'


def codes(judged):
    return [finding.code for finding in judged.findings]


def test_what_counts_is_shown(judged):
    assert codes(judged(BLAMING)) == ["RC001", "AD001"]


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff", "Zug fährt um 8.\n", "🙂\ud83d"])
def test_a_draft_without_such_wording_has_nothing(judged, text):
    assert judged(text).findings == ()
    assert judged(text).remarks == ()


def test_what_does_not_count_is_shown_only_if_the_settings_say_so(judged, tmp_path):
    assert judged(QUOTED).findings == ()

    (tmp_path / "vbl.toml").write_text("include-context = true\n", "utf-8")

    assert [finding.counted for finding in judged(QUOTED).findings] == [False]


def test_settings_are_read_anew_each_time(judged, tmp_path):
    settings = tmp_path / "vbl.toml"
    settings.write_text('ignore = ["AD"]\n', "utf-8")
    assert codes(judged(BLAMING)) == ["RC001"]

    settings.write_text('[per-file]\n"*.md" = { ignore = ["RC"] }\n', "utf-8")
    assert codes(judged(BLAMING)) == ["AD001"]
    assert codes(judged(BLAMING, "draft.txt")) == ["RC001", "AD001"]

    settings.write_text('[[allow]]\nphrase = "streetwise"\nreason = "a project"\n', "utf-8")
    assert codes(judged(BLAMING)) == ["RC001"]

    settings.write_text("min-score = 1.0\n", "utf-8")
    assert codes(judged(BLAMING)) == []


def test_extended_codes_are_added_as_on_the_command_line(tmp_path):
    path = tmp_path / "vbl.toml"
    path.write_text(
        'select = ["RC"]\nextend-select = ["AD"]\nignore = ["low"]\nextend-ignore = ["AD002"]\n',
        "utf-8",
    )

    selection = selection_of(read_settings(path))

    assert selection.select == ("RC", "AD")
    assert selection.ignore == ("low", "AD002")


def test_faulty_settings_and_suppressions_are_errors(judged, tmp_path):
    (tmp_path / ".vbl-suppressions.toml").write_text("[[suppression]]\n", "utf-8")
    with pytest.raises(SuppressionError, match="finding_id is missing"):
        judged(BLAMING)

    (tmp_path / "vbl.toml").write_text("ignroe = []\n", "utf-8")
    with pytest.raises(SettingsError, match="ignore"):
        judged(BLAMING)


def test_a_comment_accepts_and_a_wrong_one_is_told_on_its_line(judged):
    good = '<!-- vbl: allow AD001 until 2030-05-01 reason="log 14" author="A. Reader" -->\n'
    unfilled = '<!-- vbl: allow AD001 until 2030-05-01 reason="" author="" -->\n'
    ended = good.replace("2030-05-01", "2030-02-01")

    assert codes(judged(good + "She is streetwise.\n")) == []
    [remark] = judged("\n" + unfilled + "She is streetwise.\n").remarks
    assert remark.line == 2
    assert "empty" in remark.message
    assert codes(judged(unfilled + "She is streetwise.\n")) == ["AD001"]
    [remark] = judged(ended + "She is streetwise.\n").remarks
    assert "ended on 2030-02-01" in remark.message


def test_a_draft_that_is_too_long_is_told(judged):
    with pytest.raises(UsageError, match="use vbl-detect check"):
        judged("a" * (MAX_CHARACTERS + 1))


def test_what_could_not_be_judged_does_not_look_clean(tmp_path):
    draft = Draft(uri="file:///a.md", path=tmp_path / "a.md", text=BLAMING)

    [remark] = not_judged(draft, "It is too long.").remarks

    assert remark.message == "This draft was not checked. It is too long."


class Loads:
    def __init__(self, nlp):
        self._nlp = nlp
        self.asked = []

    def __call__(self, **settings):
        self.asked.append(settings)
        return self._nlp


def test_a_pipeline_is_loaded_once_and_again_when_a_lexicon_changes(nlp, tmp_path):
    loads = Loads(nlp)
    judge = Judge(load=loads)
    draft = Draft(uri="file:///a.md", path=tmp_path / "a.md", text=BLAMING)
    own = tmp_path / "own"
    own.mkdir()
    (own / "adultification.csv").write_text("code,term\n", "utf-8")

    def judge_it():
        settings = judge.settings_of(draft)
        judge.judge(draft, settings, judge.key_of(settings))

    judge_it()
    judge_it()
    assert loads.asked == [{"lexicons": (), "model": "full"}]

    (tmp_path / "vbl.toml").write_text('lexicons = ["own"]\nmodel = "fast"\n', "utf-8")
    judge_it()
    os.utime(own / "adultification.csv", (1, 1))
    judge_it()
    judge_it()
    assert loads.asked[1:] == [{"lexicons": (own,), "model": "fast"}] * 2


def test_a_lexicon_with_faults_is_an_error(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "adultification.csv").write_text("code,term\n", "utf-8")
    (tmp_path / "vbl.toml").write_text('lexicons = ["own"]\n', "utf-8")
    draft = Draft(uri="file:///a.md", path=tmp_path / "a.md", text=BLAMING)
    judge = Judge()
    settings = judge.settings_of(draft)

    with pytest.raises(LexiconError):
        judge.judge(draft, settings, judge.key_of(settings))


@pytest.mark.slow
def test_findings_are_those_of_check(full_nlp, corpus_dir, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    judge = Judge(load=lambda **_: full_nlp)
    (tmp_path / "vbl.toml").write_text(
        'include-context = true\nextend-ignore = ["MM"]\n[per-file]\n'
        '"*1.md" = { min-score = 0.9 }\n',
        "utf-8",
    )
    lines = (corpus_dir / "dev.jsonl").read_text("utf-8").splitlines()[:60]
    texts = [json.loads(line)["text"] for line in lines]
    # A log, and characters at which only some programs end a line.
    texts.append(f"01/02/2030 10:15 PC 1234\n{BLAMING}\n01/02/2030 11:20 PS 4321\n{QUOTED}\n")
    texts.append(f"🙂\x0c{BLAMING}\u2028{BLAMING}".replace("\n", "\r\n"))
    names = [f"{number:03}.md" for number in range(len(texts))]
    for name, text in zip(names, texts, strict=True):
        (tmp_path / name).write_text(text, "utf-8", newline="")

    result = CliRunner().invoke(app, ["check", *names, "--format", "jsonl", "-q"])
    told = [json.loads(line) for line in result.stdout.splitlines()]
    found = []
    for name, text in zip(names, texts, strict=True):
        draft = Draft(uri="", path=tmp_path / name, text=text)
        settings = judge.settings_of(draft)
        found += judge.judge(draft, settings, judge.key_of(settings)).findings

    keys = ("finding_id", "code", "start", "end", "score", "context", "counted")
    assert len(found) > 60
    assert [[getattr(one, key) for key in keys] for one in found] == [
        [one[key] for key in keys] for one in told
    ]
