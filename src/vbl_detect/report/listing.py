"""Findings as the page lists them: by category and wording, each in its sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from vbl_detect.records import SEVERITIES, Finding
from vbl_detect.report.groups import Grouping
from vbl_detect.report.tally import group_of
from vbl_detect.report.words import category_name, reason_of
from vbl_detect.writers.frame import phrase_in_sentence
from vbl_detect.writers.place import place_in_words
from vbl_detect.writers.visible import visible

_Key = TypeVar("_Key", str, tuple[str, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One finding.

    Attributes
    ----------
    before, phrase, after : str
        Its sentence around its phrase; all empty where the file holds none of the note's text.
    place : str
        Where it stands.
    reason : str
        Why it does not count; empty where it does.
    groups : tuple of str
        Its group in each grouping; empty where the group is hidden.
    """

    before: str
    phrase: str
    after: str
    place: str
    reason: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One wording and its findings."""

    code: str
    name: str
    severity: str
    why: str
    suggestion: str
    source: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One category's wordings."""

    slug: str
    name: str
    wordings: Sequence[Wording]

    @property
    def findings(self) -> int:
        """Findings listed in it."""
        return sum(len(wording.items) for wording in self.wordings)


def gravest(findings: Sequence[Finding], most: int) -> list[Finding]:
    """Return at most so many findings, the gravest and surest, in their order.

    Parameters
    ----------
    findings : sequence of Finding
        What was found.
    most : int
        How many.
    """
    if len(findings) <= most:
        return list(findings)
    order = sorted(
        range(len(findings)),
        key=lambda at: (SEVERITIES.index(findings[at].severity), -findings[at].score, at),
    )
    return [findings[at] for at in sorted(order[:most])]


def listing(findings: Sequence[Finding], groupings: Sequence[Grouping]) -> list[Section]:
    """Return findings by category and wording, the most frequent first.

    Parameters
    ----------
    findings : sequence of Finding
        What to list.
    groupings : sequence of Grouping
        Whose groups are told of each finding, unless hidden.
    """
    return [
        Section(slug=visible(slug), name=category_name(slug), wordings=_wordings(found, groupings))
        for slug, found in _by(findings, lambda finding: finding.category)
    ]


def _wordings(findings: Sequence[Finding], groupings: Sequence[Grouping]) -> list[Wording]:
    def key(f: Finding) -> tuple[str, ...]:
        return f.code, f.term or "", f.severity, f.why, f.suggestion, f.source

    return [
        Wording(
            code=visible(code),
            name=visible(term) or "Found by the classifier alone",
            severity=severity,
            why=visible(why),
            suggestion=visible(suggestion),
            source=visible(source),
            items=[_item(finding, groupings) for finding in found],
        )
        for (code, term, severity, why, suggestion, source), found in _by(findings, key)
    ]


def _item(finding: Finding, groupings: Sequence[Grouping]) -> Item:
    sentence, phrase = finding.sentence or "", finding.phrase or ""
    start, end = phrase_in_sentence(finding)
    groups = (group_of(finding, grouping.title) for grouping in groupings)
    return Item(
        before=visible(sentence[:start]),
        phrase=visible(sentence[start:end] if sentence else phrase),
        after=visible(sentence[end:]),
        place=visible(place_in_words(finding)),
        reason="" if finding.counted else reason_of(finding),
        groups=tuple(
            visible(name) if name in {group.name for group in grouping.shown} else ""
            for name, grouping in zip(groups, groupings, strict=True)
        ),
    )


def _by(
    findings: Sequence[Finding], key: Callable[[Finding], _Key]
) -> list[tuple[_Key, list[Finding]]]:
    groups: dict[_Key, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[key(finding)].append(finding)
    # What only the classifier found comes last: its advice is the category's.
    return sorted(
        groups.items(),
        key=lambda item: (str(item[0][0]).endswith("000"), -len(item[1]), item[0]),
    )
