"""Applying what was accepted to a stream of findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path

from vbl_detect.records import Finding, Note
from vbl_detect.suppression.acceptance import Acceptance
from vbl_detect.suppression.anchors import match
from vbl_detect.suppression.baseline import Baseline
from vbl_detect.suppression.comments import Comment, WrongComment, read_comments
from vbl_detect.suppression.entries import Entry
from vbl_detect.suppression.sidecar import Sidecar, find_sidecar, read_sidecar


class Suppressor:
    """Marks the findings in drafts that somebody has accepted.

    Notes go through `prepare` before they are judged, and their findings through `apply`
    afterwards. Notes from tables, which are records and no drafts, pass both unchanged.

    Parameters
    ----------
    today : date
        The present day: what ended before it no longer holds.
    baseline : Baseline, optional
        Old findings.
    known_codes : collection of str
        The codes there are, against which comments are checked; empty: any.
    heed : bool
        Whether what was accepted is heeded; else comments are blanked, and no more.

    Attributes
    ----------
    messages : list of str
        What the writer should hear: comments that are wrong, acceptances that have ended.
    wrong_comments : list of WrongComment
        The comments in the drafts so far that accept nothing.
    sidecars : dict of Path to Sidecar
        The suppressions files that counted for the drafts so far.
    comments : list of Comment
        The comments in the drafts so far.
    used : set of Acceptance
        Entries and comments whose finding is there, whether or not it counts.
    """

    def __init__(
        self,
        *,
        today: date,
        baseline: Baseline | None = None,
        known_codes: Collection[str] = (),
        heed: bool = True,
    ) -> None:
        self._today = today
        self._baseline = baseline
        self._known_codes = known_codes
        self._heed = heed
        self._by_folder: dict[Path, Sidecar | None] = {}
        self._comments: dict[str, tuple[Comment, ...]] = {}
        self.messages: list[str] = []
        self.wrong_comments: list[WrongComment] = []
        self.sidecars: dict[Path, Sidecar] = {}
        self.comments: list[Comment] = []
        self.used: set[Acceptance] = set()

    @property
    def files(self) -> list[Path]:
        """The files read so far that say what is accepted."""
        baseline = [] if self._baseline is None else [self._baseline.path]
        return [*self.sidecars, *baseline]

    def prepare(self, notes: Iterable[Note]) -> Iterator[Note]:
        """Pass notes on with their comments blanked, and read what counts for them.

        Raises
        ------
        SuppressionError
            If a suppressions file has faults.
        """
        for note in notes:
            if note.path is None or note.row is not None:
                yield note
                continue
            read = read_comments(note, self._today, self._known_codes)
            if not self._heed:
                yield read.note
                continue
            self.sidecar_for(note.path)
            self.wrong_comments += read.wrong
            self.messages += map(str, read.wrong)
            self.comments += read.comments
            if read.comments:
                self._comments[note.path] = read.comments
            yield read.note

    def apply(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Pass findings on, those accepted marked and no longer counted; files one by one."""
        for (path, row), group in groupby(findings, key=lambda one: (one.path, one.row)):
            if path is None or row is not None or not self._heed:
                yield from group
            else:
                yield from self._marked(path, list(group))

    def sidecar_for(self, path: str) -> Sidecar | None:
        """Return the suppressions file that counts for a draft, read once; None if none does.

        Parameters
        ----------
        path : str
            The draft's path as the user named it.
        """
        folder = Path(path).parent
        if folder not in self._by_folder:
            found = find_sidecar(Path(path))
            if found is not None and found not in self.sidecars:
                self.sidecars[found] = read_sidecar(found, self._today)
            self._by_folder[folder] = None if found is None else self.sidecars[found]
        return self._by_folder[folder]

    def _marked(self, path: str, findings: Sequence[Finding]) -> Iterator[Finding]:
        sidecar = self.sidecar_for(path)
        entries = {} if sidecar is None else sidecar.entries_for(Path(path))
        comments = self._comments.pop(path, ())
        by_entry = match(findings, entries)
        olds = {} if self._baseline is None else self._baseline.olds_in(path)
        by_baseline = match(findings, olds)
        for finding, entry_id, old_id in zip(findings, by_entry, by_baseline, strict=True):
            accepted: list[Acceptance] = [
                comment
                for comment in comments
                if comment.line == finding.line and finding.code in comment.codes
            ]
            if entry_id is not None:
                accepted.append(entries[entry_id])
            self.used.update(accepted)
            if not finding.counted:
                yield finding
                continue
            holding = [one for one in accepted if not one.ended(self._today)]
            if holding:
                yield replace(finding, counted=False, suppressed=holding[0].as_mark())
            elif old_id is not None and self._baseline is not None:
                yield replace(finding, counted=False, suppressed=self._baseline.as_mark())
            else:
                self.messages += [_ended(one, finding) for one in accepted]
                yield finding


def _ended(acceptance: Acceptance, finding: Finding) -> str:
    remedy = "reword it, or move the day in the comment"
    if isinstance(acceptance, Entry):
        remedy = (
            "reword it, or renew it with "
            f"'vbl-detect suppress add {finding.path} --id {finding.finding_id}'"
        )
    return (
        f"{acceptance.place}: what {acceptance.author} accepted ({finding.code} in {finding.path}) "
        f"ended on {acceptance.expires}, so that it counts again; {remedy}"
    )
