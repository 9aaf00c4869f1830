"""Judging the notes of a run batch by batch, with what an unfinished run has kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from spacy.language import Language

from vbl_detect.detection import batches
from vbl_detect.hands import judge_batches
from vbl_detect.hits import Judged, judged
from vbl_detect.journal import Journal, JudgedBatch, UnfinishedError
from vbl_detect.pipeline import find_matcher
from vbl_detect.records import Extent, Finding, ModelChoice, Note
from vbl_detect.selection import Selection
from vbl_detect.verdicts import Judge, mask_of

if TYPE_CHECKING:
    from vbl_detect.masking import NoteMask

#: What a finding takes from its note again, so that the journal holds none of the text.
_OF_THE_NOTE = {
    "path", "sheet", "row", "record_id", "column", "paragraph", "phrase", "sentence", "meta",
    "masked",
}  # fmt: skip
_KEPT = [field.name for field in fields(Finding) if field.name not in _OF_THE_NOTE]


class Pace(Protocol):
    """Hears how far judging has come, which lags behind reading."""

    def place(self) -> float:
        """Return how far the files are read by now."""

    def judged(self, place: float) -> None:
        """Take that everything up to a place is judged."""


class _Batch(NamedTuple):
    """Notes judged together, and how far the files were read when the last of them was."""

    notes: Sequence[Note]
    place: float


def judge(
    notes: Iterable[Note],
    nlp: Language,
    journal: Journal | None,
    pace: Pace,
    *,
    selection: Selection,
    min_score: float | None,
    mask: bool = False,
    workers: int | None = 1,
    lexicons: tuple[Path, ...] = (),
    model: ModelChoice = "full",
) -> Iterator[Finding]:
    """Yield the findings of notes; what the journal has is not judged again.

    Parameters
    ----------
    notes : iterable of Note
        All notes of the run, those already judged included.
    nlp : Language
        A pipeline made by `vbl_detect.load`.
    journal : Journal, optional
        An open journal; None: nothing is kept.
    pace : Pace
        Hears how far it has come.
    selection, min_score, mask
        As for `detect_with_masks`.
    workers, lexicons, model
        As for `judge_batches`.

    Raises
    ------
    UnfinishedError
        If the notes are not those of which the journal has the findings.
    """
    verdicts = Judge.of(find_matcher(nlp).lexicon, selection, min_score, mask=mask)
    stream = (_Batch(batch, pace.place()) for batch in batches(notes))
    for before in () if journal is None else journal.kept():
        batch = next(stream, None)
        if batch is None:
            break
        yield from _restored(batch.notes, before, mask=mask)
        pace.judged(batch.place)
    found = judge_batches(stream, _texts, nlp, workers=workers, lexicons=lexicons, model=model)
    for batch, hits in found:
        numbered = [
            (number, finding)
            for number, (note, of) in enumerate(zip(batch.notes, hits, strict=True))
            for finding in verdicts.findings(note, of)
        ]
        if journal is not None:
            journal.append(_as_batch(batch.notes, numbered))
        yield from (finding for _, finding in numbered)
        pace.judged(batch.place)


def _texts(batch: _Batch) -> list[Judged]:
    return [judged(note) for note in batch.notes]


def _as_batch(batch: Sequence[Note], numbered: Iterable[tuple[int, Finding]]) -> JudgedBatch:
    records = [_as_record(number, finding, batch[number].text) for number, finding in numbered]
    return JudgedBatch(_digest(batch), len(batch), records)


def _restored(batch: Sequence[Note], before: JudgedBatch, *, mask: bool) -> Iterator[Finding]:
    if before.digest != _digest(batch):
        name = batch[0].path or "standard input"
        raise UnfinishedError(
            f"{name}: the notes read now are not those read when the scan began; start again "
            "with --no-resume"
        )
    restored = (_finding(record, batch) for record in before.findings)
    return _masked(restored, batch, before) if mask else restored


def _digest(notes: Sequence[Note]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for note in notes:
        where = (note.path, note.sheet, note.row, note.column, note.record_id, note.paragraph)
        content = repr((where, note.paragraph_starts, note.parts, note.text))
        digest.update(content.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _as_record(number: int, finding: Finding, text: str) -> dict[str, Any]:
    record = {name: getattr(finding, name) for name in _KEPT}
    if finding.extent is not None:
        record["extent"] = asdict(finding.extent)
    if finding.cue is not None and (start := text.find(finding.cue)) >= 0:
        record["cue"] = [start, start + len(finding.cue)]
    return {**record, "note": number, "sentence_length": len(finding.sentence or "")}


def _finding(record: dict[str, Any], batch: Sequence[Note]) -> Finding:
    kept = dict(record)
    note, length = batch[kept.pop("note")], kept.pop("sentence_length")
    start, end = kept["start"], kept["end"]
    sentence_start = start - kept["phrase_offset"]
    part = next(part for part in note.judged if part.start <= start < part.end)
    if kept["extent"] is not None:
        kept["extent"] = Extent(**kept["extent"])
    if isinstance(kept["cue"], list):
        kept["cue"] = note.text[slice(*kept["cue"])]
    return Finding(
        **kept,
        path=note.path,
        sheet=note.sheet,
        row=note.row,
        record_id=note.record_id,
        column=note.column,
        paragraph=note.paragraph_at(start),
        phrase=note.text[start:end],
        sentence=note.text[sentence_start : sentence_start + length],
        meta=note.meta_of(part),
    )


def _masked(
    findings: Iterable[Finding], batch: Sequence[Note], before: JudgedBatch
) -> Iterator[Finding]:
    masks: dict[int, NoteMask] = {}
    for finding, record in zip(findings, before.findings, strict=True):
        number = record["note"]
        if number not in masks:
            masks[number] = mask_of(batch[number])
        yield replace(finding, masked=masks[number].of(finding))
