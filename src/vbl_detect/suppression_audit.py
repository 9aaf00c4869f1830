"""Looking after what was accepted: what is in force, ends soon, has ended, or is not used."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from spacy.language import Language

from vbl_detect.errors import UsageError
from vbl_detect.pipeline import find_matcher
from vbl_detect.readers import DOCUMENTS, find_files
from vbl_detect.running import RunListener, RunSettings
from vbl_detect.suppressing import judge
from vbl_detect.suppression import SIDECAR_NAME, Acceptance, Suppressor
from vbl_detect.suppression.comments import Comment
from vbl_detect.suppression.entries import Entry
from vbl_detect.suppression.sidecar import find_sidecar, read_sidecar
from vbl_detect.suppression.sidecar_edits import remove_entries

Status = Literal["in force", "ending soon", "ended", "unused", "not checked", "wrong"]
#: What needs somebody to act.
AMISS: tuple[Status, ...] = ("ended", "unused", "wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One acceptance, and how it stands.

    Attributes
    ----------
    status : str
        ``unused``: its finding is no longer there; ``not checked``: a draft could not be read;
        ``wrong``: a comment that accepts nothing.
    place : str
        Where it is written down, ``file:line``.
    draft : str or None
        The draft that it speaks of, if it names one.
    codes : tuple of str
        The codes that it accepts.
    finding_id : str or None
        The finding's fingerprint; None for a comment.
    by, reason, expires : str or None
        Who accepted it, why, and until when.
    fault : str or None
        What is wrong with a comment.
    """

    status: Status
    place: str
    draft: str | None = None
    codes: tuple[str, ...] = ()
    finding_id: str | None = None
    by: str | None = None
    reason: str | None = None
    expires: str | None = None
    fault: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as values that JSON can hold."""
        return {**asdict(self), "codes": list(self.codes)}

    def as_sentence(self) -> str:
        """Return what there is to say of it, without its place."""
        if self.fault is not None:
            return f"{self.status}: {self.fault}"
        what = ", ".join(self.codes) or self.finding_id or ""
        where = f" in {self.draft}" if self.draft else ""
        return (
            f"{self.status}: {what}{where}, accepted by {self.by} until {self.expires}: "
            f"{self.reason}"
        )


@dataclass(frozen=True, slots=True)
class Audit:
    """All acceptances of some folders.

    Attributes
    ----------
    audited : tuple of Audited
        By place.
    removable : dict of Path to list of int
        For each suppressions file, the lines of the entries that are unused or have ended.
    """

    audited: tuple[Audited, ...]
    removable: dict[Path, list[int]]

    @property
    def amiss(self) -> bool:
        """Whether somebody should act."""
        return any(one.status in AMISS for one in self.audited)

    def summary(self) -> str:
        """Return the result in one sentence, without a full stop."""
        counts = Counter(one.status for one in self.audited)
        if not counts:
            return "Nothing is accepted here"
        listing = ", ".join(f"{counts[name]} {name}" for name in get_args(Status) if counts[name])
        total = counts.total()
        return f"{total} {'acceptance' if total == 1 else 'acceptances'}: {listing}"


def audit(
    paths: Sequence[Path],
    nlp: Language,
    settings: RunSettings,
    listener: RunListener,
    *,
    today: date,
    soon: timedelta,
) -> Audit:
    """Judge the drafts of folders, and tell how each acceptance for them stands.

    A suppressions file is judged with all drafts that it may speak of, so that nothing seems unused
    for want of looking.

    Parameters
    ----------
    paths : sequence of Path
        Folders, drafts or suppressions files.
    nlp : Language
        The pipeline.
    settings : RunSettings
        How to read, and what counts.
    listener : RunListener
        Hears what cannot be read.
    today : date
        The present day.
    soon : timedelta
        What ends within this time is ending soon.

    Raises
    ------
    UsageError
        If a path does not exist.
    SuppressionError
        If a suppressions file has faults.
    """
    found = {path.resolve(): path for path in _sidecars(paths)}
    sidecars = [read_sidecar(path, today) for path in found.values()]
    drafts = [path for path in paths if path.name != SIDECAR_NAME]
    files = find_files(
        [*drafts, *(one.path.parent for one in sidecars)], listener, suffixes=DOCUMENTS
    )
    suppressor = Suppressor(today=today, known_codes=find_matcher(nlp).lexicon.reportable)
    for _ in suppressor.apply(judge(files, nlp, settings, listener, suppressor)):
        pass
    read = {path.resolve(): one for path, one in suppressor.sidecars.items()}
    lines = []
    removable: dict[Path, list[int]] = {}
    own = {sidecar.path.resolve(): sidecar for sidecar in sidecars}
    for sidecar in (own | read).values():
        for entry in sidecar.entries:
            status = _status(entry, suppressor.used, today, soon, unread=bool(listener.problems))
            lines.append(_of_entry(entry, status))
            if status in AMISS:
                removable.setdefault(sidecar.path, []).append(entry.line)
    for comment in suppressor.comments:
        status = _status(comment, suppressor.used, today, soon, unread=False)
        lines.append(_of_comment(comment, status))
    lines += [
        Audited(status="wrong", place=one.place, fault=one.message)
        for one in suppressor.wrong_comments
    ]
    return Audit(tuple(sorted(lines, key=lambda one: _by_place(one.place))), removable)


def prune(audit: Audit, today: date) -> int:
    """Take out of the suppressions files what is unused or has ended; return how many.

    Comments in drafts are left as they are: nobody's text is rewritten.

    Parameters
    ----------
    audit : Audit
        What was found.
    today : date
        The present day.
    """
    for path, lines in audit.removable.items():
        remove_entries(path, lines, today)
    return sum(map(len, audit.removable.values()))


def _sidecars(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the suppressions files named, above and below."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: there is no such file or folder; check the path")
        if path.is_file() and path.name == SIDECAR_NAME:
            yield path
            continue
        folder = path if path.is_dir() else path.parent
        nearest = find_sidecar(folder / SIDECAR_NAME)
        if nearest is not None:
            yield nearest
        if path.is_dir():
            for parent, folders, names in os.walk(path):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                if SIDECAR_NAME in names:
                    yield Path(parent, SIDECAR_NAME)


def _status(
    acceptance: Acceptance,
    used: set[Acceptance],
    today: date,
    soon: timedelta,
    *,
    unread: bool,
) -> Status:
    if acceptance not in used:
        return "not checked" if unread else "unused"
    if acceptance.ended(today):
        return "ended"
    return "ending soon" if acceptance.ended(today + soon) else "in force"


def _of_entry(entry: Entry, status: Status) -> Audited:
    return Audited(
        status=status,
        place=entry.place,
        draft=entry.path,
        codes=() if entry.code is None else (entry.code,),
        finding_id=entry.finding_id,
        by=entry.author,
        reason=entry.reason,
        expires=entry.expires.isoformat(),
    )


def _of_comment(comment: Comment, status: Status) -> Audited:
    return Audited(
        status=status,
        place=comment.place,
        codes=comment.codes,
        by=comment.author,
        reason=comment.reason,
        expires=comment.expires.isoformat(),
    )


def _by_place(place: str) -> tuple[str, int]:
    name, _, line = place.rpartition(":")
    return name, int(line)
