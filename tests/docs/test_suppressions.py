"""What docs/suppressions.md says is what happens."""

import re
import shlex
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vbl_detect import Note
from vbl_detect.cli import app
from vbl_detect.suppression.comments import read_comments
from vbl_detect.suppression.sidecar import parse_sidecar

PAGE = (Path(__file__).parents[2] / "docs" / "suppressions.md").read_text("utf-8")
TODAY = date.today()


def blocks(language):
    found = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return [block.replace("2027-03-31", str(TODAY + timedelta(days=200))) for block in found]


def test_the_commands_run_as_written_one_after_the_other(tmp_path, monkeypatch, nlp):
    for module in ("cli.suppress", "cli.baseline", "running"):
        monkeypatch.setattr(f"vbl_detect.{module}.load", lambda **_: nlp)
    monkeypatch.chdir(tmp_path)
    Path("review.md").write_text("# Review\n\nShe is streetwise.\n", "utf-8")
    Path("drafts").mkdir()
    Path("drafts", "old.txt").write_text("YP continues to put herself at risk.\n", "utf-8")

    for line in (line for block in blocks("console") for line in block.splitlines()):
        result = CliRunner().invoke(app, shlex.split(line.removeprefix("$ vbl-detect ")))
        assert result.exit_code == 0, f"{line}\n{result.output}"


def test_the_file_shown_is_one(tmp_path):
    [text] = blocks("toml")

    [entry] = parse_sidecar(text, tmp_path / ".vbl-suppressions.toml", TODAY).entries

    assert entry.anchor is not None


@pytest.mark.parametrize(("language", "path"), [("markdown", "a.md"), ("text", "a.txt")])
def test_the_comments_shown_are_understood(language, path):
    [text] = blocks(language)

    read = read_comments(Note(text=text, path=path), TODAY)

    assert [(one.codes, one.line) for one in read.comments] == [(("AD001",), 2)]
    assert read.wrong == ()
