"""What the README and the page of formats say is what happens."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.readers import READERS
from vbl_detect.records import FINDING_COLUMNS
from vbl_detect.writers import WRITERS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
FORMATS = (ROOT / "docs" / "formats.md").read_text("utf-8")


def blocks(language, page=README):
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


def commands_of(block):
    lines = block.replace("\\\n", "").splitlines()
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def commands():
    return [command for block in blocks("console") for command in commands_of(block)]


def test_the_make_commands_are_targets():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {command.split()[1] for command in commands() if command.startswith("make ")}

    assert {"scan"} <= named <= targets
    assert set(re.findall(r"`make ([a-z-]+)`", README)) <= targets


@pytest.mark.slow
def test_the_commands_run_as_written_one_after_the_other(tmp_path, monkeypatch):
    (tmp_path / "MY-EXPORT.xlsx").write_bytes(
        (ROOT / "examples" / "records-export.xlsx").read_bytes()
    )
    (tmp_path / "MY-REVIEW.docx").write_bytes(
        (ROOT / "examples" / "exploitation-review.docx").read_bytes()
    )
    monkeypatch.chdir(tmp_path)

    for command in (command for command in commands() if "vbl-detect " in command):
        result = CliRunner().invoke(app, shlex.split(command)[1:])

        assert result.exit_code == ("check MY-REVIEW" in command), result.output


def test_every_suffix_and_format_is_named():
    assert all(f"`{suffix}`" in FORMATS for suffix in READERS if suffix != ".markdown")
    assert all(f"`{name}`" in FORMATS for name in WRITERS)


def test_the_finding_s_columns_are_documented_in_order():
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    rows = re.findall(r"^\| (`.+?`) \|", page, re.MULTILINE)

    assert tuple(re.findall(r"`(\w+)`", " ".join(rows))) == FINDING_COLUMNS


def test_the_frame_shown_is_the_frame_printed(monkeypatch):
    monkeypatch.chdir(ROOT)
    printed = CliRunner().invoke(app, ["scan", "examples", "-q"]).stdout
    [shown] = [block for block in blocks("text", FORMATS) if "SL001" in block]

    assert shown in printed


def test_links_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", README)

    assert [link for link in links if not (ROOT / link).exists()] == []
