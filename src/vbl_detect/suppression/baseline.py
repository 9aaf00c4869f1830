"""Baselines: old findings, by fingerprint and count, that are accepted until they are put right."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePath
from typing import Any

from vbl_detect import files
from vbl_detect.errors import SuppressionError
from vbl_detect.records import Finding
from vbl_detect.suppression.anchors import Anchor, match

#: The name that is looked for and written unless another is given.
BASELINE_NAME = ".vbl-baseline.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Old:
    """Old findings of one fingerprint in one draft.

    Attributes
    ----------
    code : str
        Their code, for people.
    count : int
        How many there are.
    anchor : Anchor or None
        Where the words stand.
    """

    code: str
    count: int
    anchor: Anchor | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """Old findings by draft and fingerprint.

    Attributes
    ----------
    path : Path
        The file; drafts are named relative to its folder.
    drafts : mapping of str to mapping of str to Old
        By draft, then by fingerprint.
    """

    path: Path
    drafts: Mapping[str, Mapping[str, Old]]

    @property
    def total(self) -> int:
        """How many findings it accepts, those below the threshold included."""
        return sum(old.count for olds in self.drafts.values() for old in olds.values())

    def name_of(self, draft: str) -> str:
        """Return the name under which the baseline keeps a draft."""
        return relative_name(draft, self.path.parent)

    def draft_path(self, name: str) -> Path:
        """Return where the draft that is kept under `name` was."""
        return self.path.parent / name

    def olds_in(self, draft: str) -> dict[str, Old]:
        """Return what is accepted in one draft, by fingerprint.

        A draft that the baseline does not know may have been moved: for it, what was accepted in
        drafts that are no longer there holds.

        Parameters
        ----------
        draft : str
            The draft's path as the user named it.
        """
        name = self.name_of(draft)
        if name in self.drafts:
            return dict(self.drafts[name])
        olds: dict[str, Old] = {}
        for other, own in self.drafts.items():
            if PurePath(other).name == PurePath(name).name and not self.draft_path(other).exists():
                olds |= own
        return olds

    def as_mark(self) -> dict[str, str | None]:
        """Return what a finding says in `suppressed`."""
        reason = f"old wording, accepted in {self.path.name}"
        return {"by": "baseline", "reason": reason, "expires": None}


def baseline_of(findings: Iterable[Finding], path: Path) -> Baseline:
    """Return the baseline that accepts the asserted ones of `findings`.

    Those whose score is too low are among them: an edit next door may lift them over the threshold.
    What does not count because of its context is not, nor what is suppressed already.

    Parameters
    ----------
    findings : iterable of Finding
        What was found in files, with their sentences.
    path : Path
        Where the baseline is to be.
    """
    drafts: dict[str, dict[str, Old]] = {}
    asserted = (f for f in findings if f.context == "asserted" and f.suppressed is None)
    _add(drafts, path, asserted)
    return Baseline(path, drafts)


def rebased(baseline: Baseline, findings: Iterable[Finding]) -> Baseline:
    """Return the baseline without what is no longer there; nothing is added to it.

    Parameters
    ----------
    baseline : Baseline
        What was accepted.
    findings : iterable of Finding
        All findings of all drafts, those of one draft together.
    """
    drafts: dict[str, dict[str, Old]] = {}
    for path, group in groupby(findings, key=lambda finding: finding.path):
        if path is None:
            continue
        own = list(group)
        kept = zip(own, match(own, baseline.olds_in(path)), strict=True)
        _add(drafts, baseline.path, (finding for finding, name in kept if name is not None))
    return Baseline(baseline.path, drafts)


def read_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    SuppressionError
        If it does not exist or is no baseline; the message says where.
    """
    remedy = "make it with 'vbl-detect baseline create'"
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise SuppressionError(f"{path}: there is no such baseline; {remedy}") from error
    except UnicodeDecodeError as error:
        raise SuppressionError(f"{path}: this is not UTF-8; {remedy} again") from error
    except json.JSONDecodeError as error:
        raise SuppressionError(f"{path}:{error.lineno}: this is no JSON; {remedy} again") from error
    except RecursionError as error:
        raise SuppressionError(
            f"{path}: brackets stand within each other without end; {remedy} again"
        ) from error
    if not isinstance(data, dict) or data.get("version") != VERSION:
        version = data.get("version") if isinstance(data, dict) else None
        raise SuppressionError(
            f"{path}: this is no baseline of version {VERSION} (it says {version!r}); {remedy} "
            "again"
        )
    try:
        drafts = {
            name: {key: _old(value) for key, value in olds.items()}
            for name, olds in data["drafts"].items()
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SuppressionError(
            f"{path}: part of it is not as 'baseline create' writes it; {remedy} again"
        ) from error
    return Baseline(path, drafts)


def write_baseline(baseline: Baseline) -> None:
    """Write a baseline as JSON with sorted keys, whole or not at all; it holds no wording."""
    drafts = {
        name: {key: _as_json(old) for key, old in olds.items()}
        for name, olds in baseline.drafts.items()
        if olds
    }
    data = {"version": VERSION, "drafts": drafts}
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
    with files.replacing(baseline.path) as temporary:
        temporary.write_bytes(text.encode("utf-8", "replace") + b"\n")


def relative_name(draft: str, folder: Path) -> str:
    """Return a draft's path relative to a folder, with forward slashes on every system.

    Parameters
    ----------
    draft : str
        The path as the user named it.
    folder : Path
        The folder of the suppressions file or the baseline.
    """
    path = Path(draft).resolve()
    with suppress(ValueError):  # raised for another drive on Windows
        return os.path.relpath(path, folder.resolve()).replace(os.sep, "/")
    return path.as_posix()


def _add(drafts: dict[str, dict[str, Old]], path: Path, findings: Iterable[Finding]) -> None:
    for finding in findings:
        if finding.path is not None:
            olds = drafts.setdefault(relative_name(finding.path, path.parent), {})
            earlier = olds.get(finding.finding_id)
            count = 1 + (earlier.count if earlier else 0)
            olds[finding.finding_id] = Old(finding.code, count, Anchor.of(finding))


def _old(value: Mapping[str, Any]) -> Old:
    count, anchor = value["count"], value.get("anchor")
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ValueError
    return Old(str(value["code"]), count, None if anchor is None else Anchor.parse(anchor))


def _as_json(old: Old) -> dict[str, Any]:
    return {
        "code": old.code,
        "count": old.count,
        **({} if old.anchor is None else {"anchor": str(old.anchor)}),
    }
