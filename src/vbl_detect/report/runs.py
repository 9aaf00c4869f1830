"""Findings of several files as one: nothing counted twice, and how many notes were read in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vbl_detect.findings_files import FindingsFile
from vbl_detect.records import Finding


@dataclass(frozen=True, slots=True)
class Stored:
    """A finding, and what tells its note from every other."""

    finding: Finding
    note: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The findings of all files.

    Attributes
    ----------
    findings : sequence of Stored
        Each once.
    notes_read : int, optional
        Notes read by all scans; None where that is not known.
    kept : tuple of str
        The columns that the scans were asked to keep.
    remarks : sequence of str
        What a reader of the figures has to know.
    """

    findings: Sequence[Stored]
    notes_read: int | None
    kept: tuple[str, ...]
    remarks: Sequence[str]


def join(files: Sequence[FindingsFile]) -> Joined:
    """Return the findings of all files as one.

    Parameters
    ----------
    files : sequence of FindingsFile
        What was read.
    """
    shared = _shared_inputs(files)
    # Two folders may each hold an export.csv: the same path is the same note only where the scans
    # may have read the same file.
    may_overlap = bool(shared) or any(file.manifest is None for file in files)
    stored: dict[tuple[object, ...], Stored] = {}
    twice = 0
    for number, file in enumerate(files):
        scan = 0 if may_overlap else number
        for index, f in enumerate(file.findings):
            note = (scan, f.path, f.sheet, f.row, f.column, f.record_id)
            # Within one file every finding is its own.
            key = (*note, f.finding_id, f.start, f.end, f.code) if may_overlap else (number, index)
            if key in stored and stored[key].finding != f:
                key = (number, index)
            twice += key in stored
            stored.setdefault(key, Stored(f, note))
    notes_read, remarks = _notes_read(files, shared)
    with_findings = len({one.note for one in stored.values() if one.finding.counted})
    if notes_read is not None and notes_read < with_findings:
        remarks.append(
            f"The manifest tells of {notes_read:,} notes, and findings stand in {with_findings:,}: "
            "it belongs to another file, and the share of notes is not given."
        )
        notes_read = None
    if twice:
        remarks.append(f"{twice:,} findings stand in more than one file and are counted once.")
    return Joined(
        findings=list(stored.values()),
        notes_read=notes_read,
        kept=tuple(dict.fromkeys(name for file in files for name in _kept(file))),
        remarks=remarks + _differences(files) + _unread(files),
    )


def _shared_inputs(files: Sequence[FindingsFile]) -> list[str]:
    inputs: Counter[str] = Counter()
    for file in files:
        inputs.update({str(item["sha256"]) for item in inputs_of(file) if item.get("sha256")})
    return sorted(digest for digest, times in inputs.items() if times > 1)


def inputs_of(file: FindingsFile) -> list[dict[str, object]]:
    """Return what the manifest tells of the files that were scanned.

    Parameters
    ----------
    file : FindingsFile
        A file of findings.
    """
    listed = (file.manifest or {}).get("inputs")
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def _notes_read(
    files: Sequence[FindingsFile], shared: Sequence[str]
) -> tuple[int | None, list[str]]:
    counts = [file.count("notes") for file in files]
    missing = [file for file, count in zip(files, counts, strict=True) if count is None]
    if missing:
        reasons = "; ".join(
            file.fault or f"the manifest of {file.path} tells no number of notes"
            for file in missing
        )
        return None, [
            f"The share of notes with findings is not given, because the number of notes read is "
            f"not known: {reasons}. Keep the manifest that scan wrote beside its findings."
        ]
    if shared:
        return None, [
            "The share of notes with findings is not given, because two of the scans read the same "
            "file; give the findings of one scan of each."
        ]
    return sum(count for count in counts if count is not None), []


def _differences(files: Sequence[FindingsFile]) -> list[str]:
    remarks = []
    for file in files:
        told, there = file.count("findings"), file.size
        if told is not None and told != there:
            remarks.append(
                f"{file.path} holds {there:,} findings, and its manifest tells of {told:,}: the "
                "file was changed after the scan. The figures are those of the file."
            )
    return remarks


def _unread(files: Sequence[FindingsFile]) -> list[str]:
    problems = sum(file.count("problems") or 0 for file in files)
    if not problems:
        return []
    what = "row or file" if problems == 1 else "rows or files"
    return [f"{problems:,} {what} could not be read by the scan; they are listed at the end."]


def _kept(file: FindingsFile) -> list[str]:
    settings = (file.manifest or {}).get("settings")
    kept = settings.get("keep_columns") if isinstance(settings, dict) else None
    return [name for name in kept if isinstance(name, str)] if isinstance(kept, list) else []
