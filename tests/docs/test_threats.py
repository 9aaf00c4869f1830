"""THREATS.md names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "THREATS.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`((?:tests|scripts)/[\w/.]+)`", PAGE)))


def test_every_file_named_is_there_and_tests_something():
    assert len(NAMED) > 10
    for name in NAMED:
        text = (ROOT / name).read_text("utf-8")
        assert name.startswith("scripts/") or "def test_" in text


def test_every_threat_names_what_holds_the_promise():
    told = PAGE.partition("## What could happen")[2].partition("\n## ")[0]
    threats = [one for one in told.split("\n\n") if one.strip().startswith("**")]

    assert len(threats) > 10
    for threat in threats:
        assert any(f"`{name}`" in threat or f"`{name}:" in threat for name in NAMED), threat


def test_every_hostile_test_file_is_named():
    hostile = {f"tests/hostile/{path.name}" for path in (ROOT / "tests/hostile").glob("test_*.py")}

    assert hostile <= set(NAMED)
