"""The journal of an unfinished run: what is judged so far, kept beside the output until its end.

``findings.xlsx`` has its journal in the folder ``.findings.xlsx.partial``, which its owner alone
can read. It holds what the findings depend on, one line for each batch of notes that has been
judged, and the half-written output. Of the notes' text it holds offsets, and no words.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from vbl_detect import files
from vbl_detect.errors import UsageError

_HEAD, _BATCHES = "head.json", "batches.jsonl"
_DIGEST_BYTES = 16


class UnfinishedError(UsageError):
    """An unfinished run that does not go with what is asked for now."""


@dataclass(frozen=True, slots=True)
class JudgedBatch:
    """What came of one batch of notes.

    Attributes
    ----------
    digest : str
        A digest of the notes.
    notes : int
        How many there were.
    findings : list
        What was found in them, values that JSON can hold.
    """

    digest: str
    notes: int
    findings: list[Any]


class Journal:
    """Keeps judged batches until the run has ended well.

    As a context manager it is gone when the block ends well; else it stays if it holds anything.

    Parameters
    ----------
    output : Path
        The file that the run writes.
    resume : bool, optional
        Whether to go on with an unfinished run, or to start again; None: not decided.

    Attributes
    ----------
    folder : Path
        Where it stands.
    started, day : str, date
        When the run was first started; by that day it judges what has an end.
    notes : int
        How many notes are judged.
    """

    def __init__(self, output: Path, *, resume: bool | None = None) -> None:
        self.output = output
        self.folder = journal_folder(output)
        self.started = ""
        self.day = date.min
        self.notes = 0
        self._resume = resume
        self._stream: BinaryIO | None = None
        self._kept_bytes = 0

    def open(self, basis: Mapping[str, Any], *, started: str, today: date) -> str | None:
        """Take up an unfinished run or begin one; what there is to tell of it is returned.

        Parameters
        ----------
        basis : mapping of str to object
            What the findings depend on, values that JSON can hold; the keys say what they are.
        started : str
            The present time.
        today : date
            The present day.

        Raises
        ------
        UnfinishedError
            If the run cannot go on because the basis has changed, or if it could and nobody has
            said whether it should.
        UsageError
            If nothing can be written there.
        """
        files.check_place(self.output)
        self._refuse_a_foreign_folder()
        basis = json.loads(json.dumps(basis, default=str))
        head = _read_head(self.folder)
        message = None
        if head is None or self._resume is False:
            message = self._begin(basis, started, today)
        else:
            self._kept_bytes, self.notes = _measure(self.folder)
            changed = list(_changes(head["basis"], basis))
            if self._resume and changed:
                raise UnfinishedError(
                    f"{self.output}: the scan cannot go on, because {_listed(changed)} changed "
                    "since it began; start again with --no-resume"
                )
            if self._resume is None and not changed and self.notes:
                raise UnfinishedError(
                    f"{self.output}: an unfinished scan of the same files, {self.notes:,} notes "
                    "done, is kept here; go on with it (--resume) or start again (--no-resume)"
                )
            if self._resume:
                self.started, self.day = head["started"], date.fromisoformat(head["day"])
                message = f"{self.output}: going on after {self.notes:,} notes"
            else:
                message = self._begin(basis, started, today)
        self._open_batches()
        return message

    def kept(self) -> Iterator[JudgedBatch]:
        """Yield the batches that were judged before this run, in order."""
        left = self._kept_bytes
        with (self.folder / _BATCHES).open("rb") as stream:
            while left > 0:
                line = stream.readline()
                left -= len(line)
                batch = _parse(line)
                if batch is None:
                    raise UnfinishedError(
                        f"{self.folder}: what was kept here has changed while it was read; "
                        "start again with --no-resume"
                    )
                yield batch

    def append(self, batch: JudgedBatch) -> None:
        """Keep one more batch; it is on the disk when this returns."""
        if self._stream is None:
            raise ValueError("the journal is not open")
        body = json.dumps([batch.digest, batch.notes, batch.findings]).encode("ascii")
        self._stream.write(_digest(body) + b" " + body + b"\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self.notes += batch.notes

    def __enter__(self) -> Journal:
        """Return the journal."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it, and remove it unless it is worth keeping."""
        if self._stream is None:  # never opened: what an earlier run has kept is not ours
            return
        self._stream.close()
        if error is None or not self.notes:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _refuse_a_foreign_folder(self) -> None:
        try:
            found = self.folder.lstat()
        except OSError:
            return
        owner = getattr(os, "getuid", lambda: found.st_uid)()
        if self.folder.is_symlink() or not self.folder.is_dir() or found.st_uid != owner:
            raise UsageError(
                f"{self.folder}: this is not a folder of yours, so nothing can be kept in it; "
                "remove it, or name another output"
            )

    def _begin(self, basis: Mapping[str, Any], started: str, today: date) -> str | None:
        there = self.folder.exists()
        message = None
        if there:
            shutil.rmtree(self.folder)
            message = f"{self.output}: an unfinished scan was dropped; starting at the first note"
        elif self._resume:
            message = f"{self.output}: no unfinished scan is kept here; starting at the first note"
        self.folder.mkdir(mode=0o700)
        self.started, self.day, self.notes, self._kept_bytes = started, today, 0, 0
        head = {"basis": basis, "day": today.isoformat(), "started": started}
        with files.replacing(self.folder / _HEAD) as temporary:
            temporary.write_text(json.dumps(head), "ascii")
        return message

    def _open_batches(self) -> None:
        """Open the file to append to, without the half-written line or output of before."""
        for remains in self.folder.iterdir():
            if remains.name not in {_HEAD, _BATCHES}:
                remains.unlink()
        path = self.folder / _BATCHES
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._stream = os.fdopen(handle, "r+b")
        self._stream.truncate(self._kept_bytes)
        self._stream.seek(self._kept_bytes)


def journal_folder(output: Path) -> Path:
    """Return where the journal of a run stands: ``.findings.xlsx.partial`` beside its output.

    Parameters
    ----------
    output : Path
        The file that the run writes.
    """
    return output.with_name(f".{output.name}.partial")


def kept_notes(output: Path) -> int:
    """Return how many judged notes of an unfinished run are kept beside its output.

    Parameters
    ----------
    output : Path
        The file that the run writes.
    """
    folder = journal_folder(output)
    return 0 if _read_head(folder) is None else _measure(folder)[1]


def _read_head(folder: Path) -> dict[str, Any] | None:
    """Return what stands at the head of a journal; None if there is none that can be used."""
    try:
        head: dict[str, Any] = json.loads((folder / _HEAD).read_text("ascii"))
        date.fromisoformat(head["day"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return head if {"basis", "started"} <= head.keys() else None


def _measure(folder: Path) -> tuple[int, int]:
    """Return how many bytes of the journal are whole batches, and how many notes those hold.

    What follows a line that was cut off, or that the disk lost, is judged again.
    """
    size = notes = 0
    try:
        with (folder / _BATCHES).open("rb") as stream:
            for line in stream:
                batch = _parse(line)
                if batch is None:
                    break
                size += len(line)
                notes += batch.notes
    except OSError:
        return 0, 0
    return size, notes


def _parse(line: bytes) -> JudgedBatch | None:
    digest, _, body = line.removesuffix(b"\n").partition(b" ")
    if not line.endswith(b"\n") or digest != _digest(body):
        return None
    return JudgedBatch(*json.loads(body))


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_DIGEST_BYTES).hexdigest().encode("ascii")


def _changes(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield what differs; of a mapping, which of its keys."""
    for what in [*now, *(what for what in then if what not in now)]:
        old, new = then.get(what), now.get(what)
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            keys = [*new, *(key for key in old if key not in new)]
            yield from (f"{what} {key}" for key in keys if old.get(key, ...) != new.get(key, ...))
        else:
            yield what


def _listed(things: list[str]) -> str:
    shown = things[:3] + ([f"{len(things) - 3} more"] if len(things) > 3 else [])  # noqa: PLR2004
    verb = "has" if len(things) == 1 else "have"
    return f"{', '.join(shown)} {verb}"
