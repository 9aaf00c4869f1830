"""Which notes the tool flagged, as a findings file tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vbl_detect import files
from vbl_detect.errors import UsageError
from vbl_detect.findings_files import FindingsFile, read_findings_file
from vbl_detect.manifest import manifest_path
from vbl_detect.readers import ReadOptions
from vbl_detect.records import Finding, Note

#: What tells a note: file, sheet, row and column.
NoteKey = tuple[str | None, str | None, int | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What the tool found, by note.

    Attributes
    ----------
    path, sha256 : str
        The findings file, and its hash.
    phrases : mapping of NoteKey to list of str
        Of each flagged note, the wording that counts.
    settings : mapping
        The settings of the scan; empty where they are not known.
    remarks : sequence of str
        What a reader of the sample has to know.
    """

    path: str
    sha256: str
    phrases: Mapping[NoteKey, list[str]]
    settings: Mapping[str, Any]
    remarks: Sequence[str] = ()

    def options(self, options: ReadOptions) -> ReadOptions:
        """Return `options` with what they leave open as the scan had it."""
        return replace(
            options,
            text_columns=options.text_columns or tuple(self.settings.get("text_columns") or ()),
            id_column=options.id_column or self.settings.get("id_column"),
            sheet=options.sheet or self.settings.get("sheet"),
            encoding=options.encoding or self.settings.get("encoding"),
        )


def key_of(note: Note | Finding) -> NoteKey:
    """Return what tells a note, or a finding's note, from every other."""
    return note.path, note.sheet, note.row, note.column


def read_verdicts(path: Path, inputs: Sequence[tuple[str, str]]) -> Verdicts:
    """Return what a findings file tells of the notes in some files.

    Parameters
    ----------
    path : Path
        What ``scan -o`` wrote.
    inputs : sequence of (str, str)
        The files the notes are in, and their SHA-256.

    Raises
    ------
    UsageError
        If it was made from other files.
    ReaderError
        If it cannot be read.
    """
    file = read_findings_file(path)
    scanned = _scanned(file)
    remarks = []
    if scanned is None:
        remarks.append(
            f"{file.fault or f'{manifest_path(path)} names no files'}: that the findings are of "
            "just these files is taken on trust."
        )
        names = _by_name(file, inputs)
    else:
        names = _by_hash(file, scanned, inputs)
    phrases: dict[NoteKey, list[str]] = {}
    for finding in file.findings:
        if finding.counted:
            key = key_of(replace(finding, path=_renamed(finding.path, names)))
            phrases.setdefault(key, []).append(finding.phrase or finding.code)
    settings = (file.manifest or {}).get("settings")
    return Verdicts(
        path=file.path,
        sha256=file.sha256,
        phrases=phrases,
        settings=settings if isinstance(settings, dict) else {},
        remarks=remarks,
    )


def _scanned(file: FindingsFile) -> dict[str, str] | None:
    listed = (file.manifest or {}).get("inputs")
    items = [i for i in listed if isinstance(i, dict)] if isinstance(listed, list) else []
    found = {str(i["path"]): str(i["sha256"]) for i in items if i.get("path") and i.get("sha256")}
    return found or None


def _by_hash(
    file: FindingsFile, scanned: Mapping[str, str], inputs: Sequence[tuple[str, str]]
) -> dict[str, str]:
    here = {digest: path for path, digest in inputs}
    for path, digest in inputs:
        if digest not in scanned.values():
            raise UsageError(
                f"{path}: this file is not what {file.path} was made from, or has changed since; "
                "scan it again, or leave it out"
            )
    for path, digest in scanned.items():
        if digest not in here:
            raise UsageError(
                f"{file.path}: it was also made from {path}, which is not among the files given; "
                "give all that were scanned, unchanged"
            )
    return {path: here[digest] for path, digest in scanned.items()}


def _by_name(file: FindingsFile, inputs: Sequence[tuple[str, str]]) -> dict[str, str]:
    paths = [path for path, _ in inputs]
    names: dict[str, str] = {path: path for path in paths}
    for finding in file.findings:
        recorded = _outer(finding.path)
        if recorded in names:
            continue
        same = [
            path for path in paths if Path(path).name == recorded.replace("\\", "/").split("/")[-1]
        ]
        if len(same) != 1:
            raise UsageError(
                f"{file.path}: it holds findings in {recorded}, which is not among the files "
                "given; give all that were scanned"
            )
        names[recorded] = same[0]
    return names


def _outer(path: str | None) -> str:
    """Return the file that holds a note: an attachment is named after its message and a mark."""
    return (path or "").partition("!")[0]


def _renamed(path: str | None, names: Mapping[str, str]) -> str | None:
    if path is None or path in names:
        return names.get(path or "", path)
    outer = _outer(path)
    return names.get(outer, outer) + path[len(outer) :]


def input_of(path: Path) -> tuple[str, str]:
    """Return a file as the user named it, and its SHA-256.

    Parameters
    ----------
    path : Path
        A file.
    """
    return str(path), files.sha256(path)
