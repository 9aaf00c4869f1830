"""What settings change in findings: settings of single files, and phrases that are all right."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from vbl_detect.records import Finding
from vbl_detect.selection import Selection
from vbl_detect.settings.records import Allowed, FileRule, Settings

if TYPE_CHECKING:
    from vbl_detect.lexicon import Lexicon


def adjust(
    findings: Iterable[Finding], settings: Settings, lexicon: Lexicon, *, today: date | None = None
) -> Iterator[Finding]:
    """Yield the findings as the settings want them; those left out for their file are not given.

    Parameters
    ----------
    findings : iterable of Finding
        With their whole sentence.
    settings : Settings
        What the settings file says.
    lexicon : Lexicon
        The terms in force.
    today : date, optional
        The present day, by which allowed phrases expire; None: the clock's.

    Raises
    ------
    UsageError
        If a setting of single files names no code, category or severity; at once, not when the
        findings are taken.
    """
    day = today or date.today()
    allowed = [
        _Allowed(one, _as_pattern(one.phrase))
        for one in settings.allow
        if one.expires is None or day <= one.expires
    ]
    rules = [_Rule.of(rule, settings, lexicon) for rule in settings.per_file]
    if not allowed and not rules:
        return iter(findings)
    return _adjusted(findings, allowed, rules)


def _adjusted(
    findings: Iterable[Finding], allowed: Sequence[_Allowed], rules: Sequence[_Rule]
) -> Iterator[Finding]:
    for finding in findings:
        fitting = [rule for rule in rules if rule.fits(finding.path)]
        if all(finding.code in rule.codes for rule in fitting):
            scores = [rule.min_score for rule in fitting if rule.min_score is not None]
            judged = _judged(finding, scores[-1]) if scores else finding
            yield _suppressed(judged, allowed)


@dataclass(frozen=True, slots=True)
class _Allowed:
    """An allowed phrase, and what finds it in a sentence."""

    allowed: Allowed
    pattern: re.Pattern[str]

    def covers(self, finding: Finding) -> bool:
        """Tell whether the phrase covers the finding's or is covered by it."""
        sentence, start = finding.sentence or "", finding.phrase_offset
        end = start + finding.end - finding.start
        return any(
            (found.start() <= start and end <= found.end())
            or (start <= found.start() and found.end() <= end)
            for found in self.pattern.finditer(sentence)
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    """What holds for the files that fit a pattern."""

    rule: FileRule
    folder: Path
    codes: frozenset[str]

    @classmethod
    def of(cls, rule: FileRule, settings: Settings, lexicon: Lexicon) -> _Rule:
        folder = Path() if settings.path is None else settings.path.parent
        selection = Selection(rule.select, rule.ignore, settings.places)
        return cls(rule, folder.absolute(), selection.codes(lexicon))

    @property
    def min_score(self) -> float | None:
        return self.rule.min_score

    def fits(self, path: str | None) -> bool:
        return path is not None and _fits(self.rule.pattern, self.folder, path)


@lru_cache(maxsize=1024)
def _fits(pattern: str, folder: Path, path: str) -> bool:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only settings of single files need it

    try:
        inside = PurePath(os.path.abspath(path)).relative_to(folder)  # noqa: PTH100
    except ValueError:
        return False
    name, pattern = inside.as_posix(), pattern.replace("\\", "/")
    if os.name == "nt":
        name, pattern = name.lower(), pattern.lower()
    return GitIgnoreSpec.from_lines([pattern]).match_file(name)


def _judged(finding: Finding, min_score: float) -> Finding:
    counted = (
        finding.context == "asserted"
        and finding.suppressed is None
        and finding.score >= round(min_score, 4)
    )
    return replace(finding, counted=counted)


def _suppressed(finding: Finding, allowed: Sequence[_Allowed]) -> Finding:
    if finding.suppressed is not None:
        return finding
    by = next((one.allowed for one in allowed if one.covers(finding)), None)
    if by is None:
        return finding
    expires = None if by.expires is None else by.expires.isoformat()
    suppressed = {"by": by.place, "reason": by.reason, "expires": expires}
    return replace(finding, counted=False, suppressed=suppressed)


def _as_pattern(phrase: str) -> re.Pattern[str]:
    """Return what finds a phrase as whole words, whatever its case, white space and quotes."""
    words = r"\s+".join(map(re.escape, phrase.split()))
    words = re.sub(r"['’‘]", "['’‘]", words)
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
