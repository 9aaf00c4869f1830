"""Edits elsewhere in a draft do not wake old findings, with the whole classifier."""

import json

import pytest

from vbl_detect import Note, detect
from vbl_detect.suppression.anchors import match
from vbl_detect.suppression.baseline import baseline_of

LINE = "Officers attended the address at 21:40 and spoke with the carer."
#: Of the findings that count after the edit; most of these did not count for their context before.
#: Fingerprints alone would wake one in eight.
MOST_WOKEN = 0.06


@pytest.mark.slow
@pytest.mark.parametrize(
    "edit", ["{text}\n{line}", "{line}\n{text}", "# Review\n\n{line}\n\n{text}"]
)
def test_few_old_findings_wake(full_nlp, corpus_dir, tmp_path, edit):
    with (corpus_dir / "dev.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    notes = [Note(text=text, path=str(tmp_path / f"{n}.md")) for n, text in enumerate(texts)]
    baseline = baseline_of(detect(notes, full_nlp), tmp_path / "baseline.json")
    edited = [Note(text=edit.format(text=note.text, line=LINE), path=note.path) for note in notes]

    by_draft = {note.path: [] for note in notes}
    for finding in detect(edited, full_nlp):
        by_draft[finding.path].append(finding)
    counted = [
        name
        for draft, findings in by_draft.items()
        for finding, name in zip(findings, match(findings, baseline.olds_in(draft)), strict=True)
        if finding.counted
    ]

    assert len(counted) > 200
    assert counted.count(None) / len(counted) < MOST_WOKEN
