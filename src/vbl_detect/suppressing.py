"""Accepting findings in drafts: which findings are meant, and writing that down beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from spacy.language import Language

from vbl_detect.checking import read_drafts
from vbl_detect.detection import detect
from vbl_detect.errors import UsageError
from vbl_detect.pipeline import find_matcher
from vbl_detect.records import Finding
from vbl_detect.running import RunListener, RunSettings
from vbl_detect.settings.adjusting import adjust
from vbl_detect.suppression import SIDECAR_NAME, Suppressor
from vbl_detect.suppression.anchors import Anchor
from vbl_detect.suppression.baseline import relative_name
from vbl_detect.suppression.sidecar import find_sidecar
from vbl_detect.suppression.sidecar_edits import NewEntry, add_entries
from vbl_detect.writers.place import unit_of

_TARGET = re.compile(r"(?P<path>.+):(?P<line>\d+)", re.DOTALL)
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Target:
    """What a person points at: a draft, and a line in it, or a paragraph where it has those."""

    path: Path
    line: int | None = None

    @classmethod
    def parse(cls, text: str) -> Target:
        """Read ``FILE`` or ``FILE:LINE``; a file whose name ends so is itself meant."""
        found = _TARGET.fullmatch(text)
        if found is None or Path(text).exists():
            return cls(Path(text))
        return cls(Path(found["path"]), int(found["line"]))


def judge(
    files: Sequence[Path],
    nlp: Language,
    settings: RunSettings,
    listener: RunListener,
    suppressor: Suppressor,
) -> Iterator[Finding]:
    """Yield the findings of drafts, before anything is accepted in them.

    Parameters
    ----------
    files : sequence of Path
        The drafts.
    nlp : Language
        The pipeline.
    settings : RunSettings
        How to read, and what counts.
    listener : RunListener
        Hears what cannot be read.
    suppressor : Suppressor
        Takes comments out of the texts.
    """
    notes = suppressor.prepare(read_drafts(files, settings, listener))
    found = detect(notes, nlp, selection=settings.selection, min_score=settings.min_score)
    yield from adjust(found, settings.file, find_matcher(nlp).lexicon)


def choose(
    findings: Sequence[Finding],
    target: Target,
    *,
    codes: Collection[str] = (),
    ids: Collection[str] = (),
    every: bool = False,
) -> list[Finding]:
    """Return the findings that are meant.

    Parameters
    ----------
    findings : sequence of Finding
        All findings of the draft.
    target : Target
        The draft, and perhaps the line.
    codes, ids : collection of str
        The codes and fingerprints named; empty: any.
    every : bool
        Whether all that fit are meant; else there must be one for each name.

    Raises
    ------
    UsageError
        If none fits, or several do and not all are meant.
    """
    if any(finding.row is not None for finding in findings):
        raise UsageError(
            f"{target.path}: this is a table of records, not a draft; what stands in records is "
            "told every time, and nothing is accepted in them"
        )
    counted = [finding for finding in findings if finding.counted]
    if not counted:
        raise UsageError(f"{target.path}: no finding counts there, so there is nothing to accept")
    fitting = [
        finding
        for finding in counted
        if (not codes or finding.code in codes)
        and (not ids or finding.finding_id in ids)
        and target.line in (None, finding.paragraph or finding.line)
    ]
    found = {finding.code for finding in fitting} | {finding.finding_id for finding in fitting}
    missing = sorted({*codes, *ids} - found)
    if not fitting or missing:
        what = f"no {' and no '.join(missing)}" if missing else "no finding"
        where = "" if target.line is None else f" in {unit_of(counted[0])} {target.line}"
        raise UsageError(
            f"{target.path}: {what} counts{where}; what counts there is {_listing(counted)}"
        )
    if len(fitting) > max(len(codes), len(ids), 1) and not every:
        raise UsageError(
            f"{target.path}: {len(fitting)} findings fit: {_listing(fitting)}; give the --id of "
            "the one you mean, or say --all"
        )
    return fitting


def sidecar_of(draft: Path) -> Path:
    """Return the suppressions file for a draft: the nearest, or a new one beside it."""
    return find_sidecar(draft) or draft.parent / SIDECAR_NAME


def accept(
    findings: Sequence[Finding],
    sidecar: Path,
    *,
    reason: str,
    author: str,
    expires: date,
    today: date,
    with_phrase: bool = False,
) -> list[str]:
    """Write down that findings are accepted.

    Parameters
    ----------
    findings : sequence of Finding
        What is accepted.
    sidecar : Path
        The suppressions file.
    reason, author : str
        Why, and who says so.
    expires : date
        The last day on which it holds.
    today : date
        The present day.
    with_phrase : bool
        Whether to write the words themselves too.

    Returns
    -------
    list of str
        The fingerprints of those that had been accepted before, and now are renewed.
    """
    new = [
        NewEntry(
            finding_id=finding.finding_id,
            code=finding.code,
            path=None if finding.path is None else relative_name(finding.path, sidecar.parent),
            anchor=str(Anchor.of(finding)),
            phrase=finding.phrase if with_phrase else None,
            reason=reason,
            author=author,
            expires=expires,
        )
        for finding in findings
    ]
    return add_entries(sidecar, new, today)


def place_in_draft(finding: Finding) -> str:
    """Return where a finding stands in its draft, as a person would point at it."""
    return f"{unit_of(finding)} {finding.paragraph or finding.line}"


def _listing(findings: Sequence[Finding]) -> str:
    shown = [f"{f.code} in {place_in_draft(f)} ({f.finding_id})" for f in findings[:_SHOWN]]
    more = len(findings) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
