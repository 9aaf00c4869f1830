"""What settings change in findings: settings of single files, and phrases that are all right."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from vbl_detect.errors import UsageError
from vbl_detect.records import Finding
from vbl_detect.selection import Selection
from vbl_detect.settings.records import Allowed, FileRule, Settings

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from vbl_detect.lexicon import Lexicon


#: A name with more stars could take hours to compare with a long file name.
MOST_STARS = 3


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
        If a setting of single files names no code, category or severity, or has a pattern that
        fits no file; at once, not when the findings are taken.
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
        if all(rule.selection.keeps(finding) for rule in fitting):
            scores = [rule.min_score for rule in fitting if rule.min_score is not None]
            judged = counted_from(scores[-1], finding) if scores else finding
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

    fitting: GitIgnoreSpec
    folder: Path
    selection: Selection
    min_score: float | None

    @classmethod
    def of(cls, rule: FileRule, settings: Settings, lexicon: Lexicon) -> _Rule:
        folder = Path() if settings.path is None else settings.path.parent
        selection = Selection(rule.select, rule.ignore, settings.places)
        selection.check(lexicon)
        return cls(_spec(rule), folder.absolute(), selection, rule.min_score)

    def fits(self, path: str | None) -> bool:
        if path is None:
            return False
        try:
            inside = PurePath(os.path.abspath(path)).relative_to(self.folder)  # noqa: PTH100
        except ValueError:
            return False
        return self.fitting.match_file(_system_case(inside.as_posix()))


def _spec(rule: FileRule) -> GitIgnoreSpec:
    """Return what a pattern fits; one that could fit no file is an error."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only settings of single files need it

    if any(part.count("*") > MOST_STARS for part in re.split(r"[\\/]", rule.pattern)) or (
        rule.pattern.count("**") > MOST_STARS
    ):
        raise UsageError(
            f'{rule.place}: the pattern "{rule.pattern}" has more than {MOST_STARS} stars in one '
            "name, or more than as many **; write it with fewer"
        )
    try:
        spec = GitIgnoreSpec.from_lines([_system_case(rule.pattern.replace("\\", "/"))])
    except ValueError:
        spec = GitIgnoreSpec([])
    if not any(pattern.include for pattern in spec.patterns):
        raise UsageError(
            f'{rule.place}: the pattern "{rule.pattern}" fits no file; '
            'write one such as "training/" or "*.docx"'
        )
    return spec


def _system_case(path: str) -> str:
    return path.lower() if os.name == "nt" else path


def counted_from(min_score: float, finding: Finding) -> Finding:
    """Return a finding as it counts under another threshold.

    Parameters
    ----------
    min_score : float
        The score from which findings count, 0 to 1.
    finding : Finding
        The finding.
    """
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
