"""Small lexicon folders for tests: write only what the test is about."""

from __future__ import annotations

import csv
from pathlib import Path

CATEGORIES = [
    ["category", "letters", "title", "why", "suggestion", "source"],
    ["risk-and-choice", "RC", "Risk", "Why it harms.", "Better words.", "A source"],
    ["non-engagement", "NE", "Contact", "Why it harms.", "Better words.", "A source"],
]
TERM = {
    "code": "RC001",
    "term": "putting herself at risk",
    "patterns": "~put <self> at risk",
    "severity": "high",
    "context_needed": "only-of-victim",
    "why": "Why it harms.",
    "suggestion": "is being put at risk by [person]",
    "source": "A source",
    "flag_examples": "YP puts self at risk. | PUTTING HERSELF AT RISK.",
    "pass_examples": "She was put at risk by S1.",
}


def term(**cells: str) -> dict[str, str]:
    """Return a sound row with some cells changed."""
    return {**TERM, **cells}


def write_lexicon(
    folder: Path, *rows: dict[str, str], file: str = "risk-and-choice.csv", tables: bool = True
) -> Path:
    """Write a lexicon folder with one category file and the tables it draws on."""
    folder.mkdir(parents=True, exist_ok=True)
    if tables:
        _write(folder / "_categories.csv", CATEGORIES)
        _write(folder / "_lists.csv", [["list", "words"], ["self", "herself | himself | self"]])
        _write(folder / "_verbs.csv", [["verb", "forms"], ["put", "puts | putting"]])
        _write(folder / "_spellings.csv", [["word", "variants"], ["behaviour", "behavior"]])
    columns = list(rows[0]) if rows else list(TERM)
    _write(folder / file, [columns, *([row.get(c, "") for c in columns] for row in rows)])
    return folder


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
