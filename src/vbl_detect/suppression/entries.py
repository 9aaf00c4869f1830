"""One acceptance in a suppressions file: its keys, and what may be wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vbl_detect.closest import did_you_mean
from vbl_detect.errors import UsageError
from vbl_detect.suppression.acceptance import (
    Acceptance,
    checked_code,
    checked_expiry,
    checked_text,
)
from vbl_detect.suppression.anchors import Anchor

REQUIRED = ("finding_id", "reason", "author", "expires")
OPTIONAL = ("code", "path", "anchor", "phrase")

_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Acceptance):
    """One acceptance in the file.

    Attributes
    ----------
    finding_id : str
        The fingerprint of the finding.
    line : int
        The line of its header in the file, from 1.
    code : str, optional
        The finding's code, for people.
    path : str, optional
        The draft, relative to the file's folder. While it stands there, the acceptance holds for it
        alone; once it has been moved, for any draft in or below the folder.
    anchor : Anchor, optional
        Where the words stand, so that they are known again if the fingerprint changes.
    """

    finding_id: str
    line: int
    code: str | None = None
    path: str | None = None
    anchor: Anchor | None = None

    @property
    def count(self) -> int:
        """One entry accepts one finding."""
        return 1


def checked_id(value: object) -> str:
    """Return a finding's fingerprint.

    Parameters
    ----------
    value : object
        As read.

    Raises
    ------
    UsageError
        If it has not the form of a fingerprint.
    """
    if not isinstance(value, str) or not _ID.fullmatch(value.strip().lower()):
        raise UsageError(
            f"finding_id is {value!r}; write the finding's 16 hex digits, as --format jsonl shows "
            "them"
        )
    return value.strip().lower()


def faults_of(table: object, today: date) -> Iterator[str]:
    """Yield what is wrong with one acceptance, each with its remedy.

    Parameters
    ----------
    table : object
        The acceptance as the file has it.
    today : date
        The present day.
    """
    if not isinstance(table, Mapping):
        yield f"this is no table; write {', '.join(REQUIRED)} under it, one a line"
        return
    known = REQUIRED + OPTIONAL
    for key in table:
        if key not in known:
            hint = did_you_mean(key, known) or f"; the keys are {', '.join(known)}"
            yield f"there is no key {key!r}{hint}"
    for key in REQUIRED:
        if key not in table:
            yield f"{key} is missing; every acceptance needs {', '.join(REQUIRED)}"
    for key, value in table.items():
        if key in _CHECKS:
            try:
                _CHECKS[key](value, today)
            except UsageError as error:
                yield str(error)


def _checked_anchor(value: object) -> Anchor:
    anchor = Anchor.parse(value) if isinstance(value, str) else None
    if anchor is None:
        raise UsageError(f"anchor is {value!r}; leave the line out, or add the finding anew")
    return anchor


_CHECKS: dict[str, Any] = {
    "finding_id": lambda value, _: checked_id(value),
    "reason": lambda value, _: checked_text("reason", value),
    "author": lambda value, _: checked_text("author", value),
    "expires": checked_expiry,
    "code": lambda value, _: checked_code(checked_text("code", value)),
    "path": lambda value, _: checked_text("path", value),
    "anchor": lambda value, _: _checked_anchor(value),
    "phrase": lambda value, _: checked_text("phrase", value),
}


def entry_of(table: Mapping[str, Any], place: str, line: int, today: date) -> Entry:
    """Return an acceptance that has no faults.

    Parameters
    ----------
    table : mapping
        The acceptance as the file has it.
    place : str
        Where it stands, ``file:line``.
    line : int
        The line.
    today : date
        The present day.
    """
    values = {key: _CHECKS[key](value, today) for key, value in table.items() if key != "phrase"}
    return Entry(place=place, line=line, **values)
