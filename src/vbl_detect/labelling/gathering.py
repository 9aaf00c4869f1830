"""What several exports hold, by reader; and findings as labels to begin with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from vbl_detect.counts import how_many
from vbl_detect.gold import GoldSpan
from vbl_detect.labelling.records import Brought, Labelled, Prediction
from vbl_detect.records import Finding


def by_annotator(exports: Iterable[Brought]) -> tuple[dict[str | None, list[Labelled]], list[str]]:
    """Return the notes of each reader in order of id, and what is to be told.

    Parameters
    ----------
    exports : iterable of Brought
        The exports; where a reader has a note twice, the later holds.
    """
    found: dict[str | None, dict[str, Labelled]] = defaultdict(dict)
    remarks: list[str] = []
    twice = 0
    for export in exports:
        remarks += export.remarks
        for note in export.notes:
            twice += note.id in found[note.annotator]
            found[note.annotator][note.id] = note
    if twice:
        remarks.append(
            f"labelled again by the same reader, so that the last holds: {how_many(twice, 'note')}"
        )
    order = sorted(found, key=lambda name: name or "")
    return {name: [found[name][id_] for id_ in sorted(found[name])] for name in order}, remarks


def with_findings(
    notes: Sequence[Labelled], findings: Iterable[Finding]
) -> tuple[list[Labelled], list[str]]:
    """Return notes with findings as predictions, and what is to be told.

    Parameters
    ----------
    notes : sequence of Labelled
        The notes.
    findings : iterable of Finding
        What ``scan`` found in them; matched by the note's id, which is the finding's reference.
    """
    texts = {note.id: note.text for note in notes}
    found: dict[str, list[Prediction]] = defaultdict(list)
    strange = 0
    for finding in findings:
        if finding.record_id is None or not _fits(finding, texts):
            strange += 1
            continue
        span = GoldSpan(
            start=finding.start,
            end=finding.end,
            category=finding.category,
            context=finding.context,
        )
        found[finding.record_id].append(Prediction(span=span, score=finding.score))
    remarks = []
    if strange:
        told = how_many(strange, "finding")
        remarks.append(f"left out, in none of these notes as they are now: {told}")
    return [
        replace(note, predictions=tuple(found.get(note.id, note.predictions))) for note in notes
    ], remarks


def _fits(finding: Finding, texts: Mapping[str, str]) -> bool:
    text = texts.get(finding.record_id or "")
    if text is None or not 0 <= finding.start < finding.end <= len(text):
        return False
    return finding.phrase in {None, text[finding.start : finding.end]}
