from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from vbl_detect import __version__
from vbl_detect.manifest import (
    InputFile,
    LexiconUsed,
    Manifest,
    RunCounts,
    library_versions,
    manifest_path,
    summary,
    write_manifest,
)
from vbl_detect.records import Finding, Note

COUNTED = Finding(
    finding_id="0" * 16, code="RC001", term="asking for it", category="risk-and-choice",
    severity="high", score=0.9, detector="lexicon", context="asserted", counted=True,
    path="a.csv", row=2, start=0, end=3, line=1, col=1, phrase="She", sentence="She went.",
    why="w", suggestion="s", source="g",
)  # fmt: skip


def counts_of(*findings: Finding, notes: int = 40) -> RunCounts:
    counts = RunCounts(notes=notes)
    for finding in findings:
        counts.add(finding)
    return counts


def test_summary_names_findings_notes_severities_and_contexts() -> None:
    counts = RunCounts(notes=40, notes_with_findings=9)
    counts.counted.update({("risk-and-choice", "high"): 3, ("adultification", "medium"): 8})
    counts.counted["non-engagement", "low"] = 1
    counts.by_context.update({"mention": 2, "quoted": 3, "negated": 2})

    assert summary(counts) == (
        "12 findings in 9 of 40 notes (3 high, 8 medium, 1 low); "
        "7 in context: 3 quoted, 2 negated, 2 mention"
    )


@pytest.mark.parametrize(
    ("findings", "notes", "expected"),
    [
        ([], 0, "No notes were read"),
        ([], 2, "No findings in 2 notes"),
        ([], 1, "No findings in 1 note"),
        ([COUNTED], 1, "1 finding in 1 of 1 note (1 high)"),
        ([COUNTED] * 1204, 5000, "1,204 findings in 1 of 5,000 notes (1,204 high)"),
        (
            [replace(COUNTED, counted=False, context="quoted")],
            2,
            "No findings in 2 notes; 1 in context: 1 quoted",
        ),
        ([replace(COUNTED, counted=False)], 2, "No findings in 2 notes; 1 below the threshold"),
        (
            [replace(COUNTED, counted=False, suppressed={"by": "x"})] * 2,
            2,
            "No findings in 2 notes; 2 suppressed",
        ),
    ],
)
def test_summary_uses_the_right_number_and_names_what_does_not_count(
    findings: list[Finding], notes: int, expected: str
) -> None:
    assert summary(counts_of(*findings, notes=notes)) == expected


def test_a_suppressed_finding_in_context_is_counted_once_as_suppressed() -> None:
    finding = replace(COUNTED, counted=False, context="quoted", suppressed={"by": "x"})

    counts = counts_of(finding)

    assert (counts.suppressed, counts.in_context, counts.findings) == (1, 0, 1)


def test_notes_with_findings_counts_each_note_once() -> None:
    other_paragraph = replace(COUNTED, paragraph=2)
    other_row = replace(COUNTED, row=3)

    counts = counts_of(COUNTED, other_paragraph, other_row, replace(other_row, column="Notes"))

    assert counts.notes_with_findings == 3


def test_an_uncounted_finding_between_does_not_split_a_note() -> None:
    counts = counts_of(COUNTED, replace(COUNTED, counted=False, context="negated"), COUNTED)

    assert counts.notes_with_findings == 1


def test_notes_and_findings_are_counted_as_they_pass() -> None:
    counts = RunCounts()

    notes = list(counts.count_notes([Note(text="a"), Note(text="b")]))
    findings = list(counts.count_findings([COUNTED]))

    assert ([note.text for note in notes], findings) == (["a", "b"], [COUNTED])
    assert (counts.notes, counts.total_counted) == (2, 1)


def test_categories_are_ordered_by_number_then_name() -> None:
    counts = counts_of(
        replace(COUNTED, category="non-engagement"),
        replace(COUNTED, category="adultification"),
        COUNTED,
        COUNTED,
    )

    assert list(counts.by_category().items()) == [
        ("risk-and-choice", 2),
        ("adultification", 1),
        ("non-engagement", 1),
    ]
    assert counts.by_severity() == {"high": 4, "medium": 0, "low": 0}


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("findings.xlsx", "findings.xlsx.manifest.json"),
        ("out/2031.q1.csv", "out/2031.q1.csv.manifest.json"),
        ("findings", "findings.manifest.json"),
    ],
)
def test_manifest_stands_beside_the_output(output: str, expected: str) -> None:
    assert manifest_path(Path(output)) == Path(expected)


def test_manifest_is_json_with_sorted_keys_and_every_part(tmp_path: Path) -> None:
    source = tmp_path / "notes.csv"
    source.write_bytes(b"text\nShe went.\n")
    manifest = Manifest(
        inputs=[InputFile.of(source)],
        lexicon=LexiconUsed(name="built-in", version="1", sha256="ab", rows=3),
        model={"name": "m", "version": "2"},
        settings={"output": Path("findings.csv"), "min_score": 0.5},
        counts=counts_of(COUNTED),
        problems=["notes.csv, row 3: broken"],
        started="2031-01-01T00:00:00+00:00",
    )
    target = tmp_path / "findings.manifest.json"

    write_manifest(replace(manifest, finished="2031-01-01T00:01:00+00:00"), target)

    text = target.read_text("utf-8")
    written = json.loads(text)
    assert list(written) == sorted(written)
    assert text.endswith("}\n")
    assert written["inputs"] == [
        {
            "path": str(source),
            "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
            "bytes": 15,
        }
    ]
    assert written["lexicon"] == {"name": "built-in", "version": "1", "sha256": "ab", "rows": 3}
    assert written["model"] == {"name": "m", "version": "2"}
    assert written["settings"] == {"output": "findings.csv", "min_score": 0.5}
    assert written["counts"]["counted_by_category"] == {"risk-and-choice": 1}
    assert written["problems"] == ["notes.csv, row 3: broken"]
    assert written["finished"] == "2031-01-01T00:01:00+00:00"
    assert written["tool_version"] == __version__
    assert {"python_version", "platform", "schema_version", "library_versions"} <= set(written)


def test_manifest_of_a_run_without_model_has_null_there() -> None:
    assert Manifest().as_dict()["model"] is None


def test_manifest_sees_what_its_run_still_adds() -> None:
    problems: list[str] = []
    manifest = Manifest(problems=problems)

    manifest.counts.add(COUNTED)
    problems.append("notes.csv, row 3: broken")

    assert manifest.as_dict()["counts"]["counted"] == 1
    assert manifest.as_dict()["problems"] == ["notes.csv, row 3: broken"]


def test_library_versions_name_what_the_findings_depend_on() -> None:
    versions = library_versions()

    assert versions["spacy"].startswith("3.")
    # The tagger's scores differ between releases of onnxruntime.
    assert versions["onnxruntime"].startswith("1.")
