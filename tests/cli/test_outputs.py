"""No command writes over a file that it reads."""

import json

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app

BLAME = "She is streetwise and puts herself at risk."
GOLD = {"id": "n1", "note_type": "email", "text": BLAME, "spans": []}


@pytest.mark.parametrize(
    "command",
    [
        "scan notes.jsonl -o notes.jsonl",
        "scan other.csv notes.jsonl -o notes.jsonl",
        "scan *.jsonl -o notes.jsonl",
        "scan . -o notes.jsonl",
        "check draft.md -o draft.md",
        "check draft.md other.md -o other.md",
        "label queue notes.jsonl -o notes.jsonl",
        "label export notes.jsonl --to doccano -o notes.jsonl",
        "agree notes.jsonl gold.jsonl -o gold.jsonl",
        "evaluate gold.jsonl -o gold.jsonl",
        "report notes.jsonl -o link.html",
    ],
)
def test_an_input_is_not_written_over(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    for name in ("notes.jsonl", "gold.jsonl"):
        (tmp_path / name).write_text(json.dumps(GOLD) + "\n", "utf-8")
    for name in ("draft.md", "other.md"):
        (tmp_path / name).write_text(BLAME, "utf-8")
    (tmp_path / "other.csv").write_text(f"Notes\n{BLAME}\n", "utf-8")
    (tmp_path / "link.html").symlink_to("notes.jsonl")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    result = CliRunner().invoke(app, command.split())

    assert result.exit_code == 2
    assert "this file is read here; write to another" in result.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
