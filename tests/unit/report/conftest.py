"""Findings files in memory, whose figures can be reckoned in the head."""

from __future__ import annotations

import pytest

from vbl_detect.findings_files import FindingsFile
from vbl_detect.records import Finding


def finding(row, *, start=0, sentence="He says she is putting herself at risk.", **changes):
    phrase = changes.pop("phrase", "putting herself at risk")
    values = {
        "finding_id": f"{row:08d}{start:08d}",
        "code": "RC001",
        "term": "putting herself at risk",
        "category": "risk-and-choice",
        "severity": "high",
        "score": 0.9,
        "detector": "lexicon",
        "context": "asserted",
        "counted": True,
        "path": "export.csv",
        "row": row,
        "record_id": f"R-{row}",
        "column": "Note",
        "start": start,
        "end": start + 10,
        "line": 1,
        "col": start + 1,
        "phrase": phrase,
        "sentence": sentence,
        "why": "Makes the child the author of the danger.",
        "suggestion": "is being put at risk by [person]",
        "source": "Invented guidance",
        "phrase_offset": (sentence or "").find(phrase or ""),
    }
    return Finding(**{**values, **changes})


def manifest(notes, **changes):
    return {"counts": {"notes": notes}, "settings": {}, "inputs": [], **changes}


def findings_file(findings, notes=None, path="findings.jsonl", **changes):
    return FindingsFile(
        path=path,
        sha256="ab" * 32,
        findings=tuple(findings),
        manifest=None if notes is None else manifest(notes, **changes),
        fault=f"the manifest {path}.manifest.json is not there" if notes is None else None,
    )


@pytest.fixture
def units():
    """30 notes of North, 20 of South, 12 of East, 3 of West, one finding each, 200 notes read."""
    sizes = {"North": 30, "South": 20, "East": 12, "West": 3}
    names = [name for name, size in sizes.items() for _ in range(size)]
    found = [
        finding(
            row, meta={"Unit": name, "Note type": "log", "Opened": f"{row % 28 + 1:02d}/03/2026"}
        )
        for row, name in enumerate(names, start=2)
    ]
    return findings_file(found, 200)
