"""Findings to write: one of each kind that a writer treats differently."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vbl_detect.manifest import InputFile, LexiconUsed, Manifest, RunCounts
from vbl_detect.records import Finding
from vbl_detect.writers import RunInfo, write_findings

MakeFinding = Callable[..., Finding]
MakeRun = Callable[..., RunInfo]
WriteFile = Callable[..., Path]


def _finding(sentence: str, phrase: str, **changes: Any) -> Finding:
    offset = sentence.index(phrase)
    values: dict[str, Any] = {
        "finding_id": "0123456789abcdef",
        "code": "RC001",
        "term": "putting herself at risk",
        "category": "risk-and-choice",
        "severity": "high",
        "score": 0.94,
        "detector": "lexicon",
        "context": "asserted",
        "counted": True,
        "path": "examples/misper.csv",
        "row": 14,
        "record_id": "M-0042",
        "column": "Entry text",
        "start": offset,
        "end": offset + len(phrase),
        "line": 1,
        "col": offset + 1,
        "phrase": phrase,
        "sentence": sentence,
        "why": "Makes the child the author of the danger and leaves out whoever causes it.",
        "suggestion": "is being put at risk by [named person]",
        "source": "Invented guidance, section 1",
        "phrase_offset": offset,
    }
    return Finding(**{**values, **changes})


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def make_finding() -> MakeFinding:
    return _finding


@pytest.fixture
def findings() -> list[Finding]:
    return [
        _finding(
            "YP is again putting herself at risk by meeting males.",
            "putting herself at risk",
            line=2,
            col=13,
            meta={"Unit": "North", "Visits": 3, "Seen": True},
        ),
        _finding(
            'Her teacher said "she is streetwise" and no more.',
            "streetwise",
            code="AD003",
            term="streetwise",
            category="adultification",
            severity="medium",
            context="quoted",
            cue="teacher said",
            counted=False,
            score=0.61,
            meta={"Unit": "North", "Visits": 3, "Seen": True},
        ),
        _finding(
            "Mother reports a lifestyle choice.",
            "lifestyle choice",
            term="lifestyle choice",
            severity="low",
            code="RC009",
            counted=False,
            score=0.22,
            path="export.xlsx",
            sheet="Sheet1",
            row=7,
            record_id=None,
            column="Notes",
            meta={"Unit": "South", "Visits": None, "Seen": False},
        ),
        _finding(
            "They will not engage with us.",
            "will not engage",
            code="NE002",
            term="will not engage",
            category="non-engagement",
            severity="medium",
            counted=False,
            suppressed={"by": "A. Reader", "reason": "quoted in training", "expires": "2031-01-01"},
            path="draft.docx",
            row=None,
            record_id=None,
            column=None,
            paragraph=3,
            meta={"Unit": None, "Visits": 1, "Seen": None},
        ),
        _finding(
            "She went back to him, so it cannot have been that bad.",
            "cannot have been that bad",
            code="MM000",
            term=None,
            category="missing-minimising",
            severity="medium",
            detector="classifier",
            score=0.73,
            path="draft.docx",
            row=None,
            record_id=None,
            column=None,
            paragraph=5,
            meta={"Unit": "South", "Visits": 12, "Seen": True},
        ),
    ]


@pytest.fixture
def make_run() -> MakeRun:
    def make(*, notes: int = 40, problems: tuple[str, ...] = (), **changes: Any) -> RunInfo:
        manifest = Manifest(
            inputs=(InputFile(path="examples/misper.csv", sha256="ab" * 32, bytes=1200),),
            lexicon=LexiconUsed(name="built-in", version="1.0", sha256="cd" * 32, rows=300),
            settings={"min_score": 0.5, "select": ["RC", "AD"], "mask": None},
            counts=RunCounts(notes=notes, problems=len(problems)),
            problems=problems,
            tool_version="9.9.9",
            library_versions={"spacy": "3.8.0"},
        )
        return RunInfo(manifest=manifest, **changes)

    return make


@pytest.fixture
def write_file(tmp_path: Path, make_run: MakeRun) -> WriteFile:
    """Write findings in a format to a file in an own folder, and return its path."""

    def write(name: str, findings: Any, **changes: Any) -> Path:
        folder = tmp_path / f"written-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        output = folder / f"findings.{name if name not in {'full', 'concise', 'table'} else 'txt'}"
        write_findings(iter(findings), name, output, make_run(**changes))
        return output

    return write
