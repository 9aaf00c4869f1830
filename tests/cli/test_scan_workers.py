"""A scan by several processes writes what one process writes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vbl_detect import hands
from vbl_detect.cli import app
from vbl_detect.hits import find_hits

EXAMPLES = Path(__file__).parents[2] / "examples"


def scan(output, *options):
    done = CliRunner().invoke(app, ["scan", str(EXAMPLES), "-q", "-o", str(output), *options])
    assert done.exit_code == 0, done.output
    return output.read_bytes()


@pytest.mark.parametrize("given", ["0", "-1", "two", "1.5", ""])
def test_a_number_of_workers_that_is_none_is_told(given):
    done = CliRunner().invoke(app, ["scan", str(EXAMPLES), f"--workers={given}"])

    assert done.exit_code == 2
    assert "neither auto nor a number from 1" in " ".join(done.output.split())


@pytest.mark.slow
def test_workers_change_nothing_in_the_output(tmp_path, monkeypatch):
    alone = scan(tmp_path / "alone.jsonl", "--workers", "1")

    assert scan(tmp_path / "two.jsonl", "--workers", "2", "--mask") == scan(
        tmp_path / "masked.jsonl", "--workers", "1", "--mask"
    )
    monkeypatch.setattr(hands, "find_hits", _refuse)
    assert scan(tmp_path / "side-by-side.jsonl", "--workers", "2") == alone
    monkeypatch.setattr(hands, "PAYS_AFTER", 0.0)
    monkeypatch.setattr(hands, "find_hits", find_hits)
    assert scan(tmp_path / "auto.jsonl", "--workers", "auto") == alone
    manifest = json.loads((tmp_path / "two.jsonl.manifest.json").read_text("utf-8"))
    assert manifest["counts"]["notes"] > 0


def _refuse(*_):
    raise AssertionError("judged here")
