"""Finding accepted wording again, also where its fingerprint has changed.

The classifier reads a sentence together with its neighbours, so that an edit next door may move the
edges of what it finds, or the category, and with them the fingerprint. The words that were accepted
are the same: they are known again by their place in a sentence that has not changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from vbl_detect.fingerprints import record_of, sentence_fingerprint
from vbl_detect.records import Finding

_ANCHOR = re.compile(r"([0-9a-f]{16}):(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where words stand: in which sentence of which record, and where in it.

    Attributes
    ----------
    sentence : str
        The sentence's fingerprint.
    start, end : int
        Half-open positions in the sentence; white space is not counted.
    """

    sentence: str
    start: int
    end: int

    @classmethod
    def of(cls, finding: Finding) -> Anchor:
        """Return where a finding stands; its sentence must be known."""
        sentence = finding.sentence or ""
        record = record_of(finding.record_id, finding.path, finding.sheet, finding.row)
        start = _length(sentence[: finding.phrase_offset])
        end = start + _length(finding.phrase or "")
        return cls(sentence_fingerprint(sentence, record), start, end)

    @classmethod
    def parse(cls, text: str) -> Anchor | None:
        """Return the anchor that `text` writes, or None if it writes none."""
        found = _ANCHOR.fullmatch(text)
        return found and cls(found[1], int(found[2]), int(found[3]))

    def __str__(self) -> str:
        """Return ``sentence:start-end``."""
        return f"{self.sentence}:{self.start}-{self.end}"

    def meets(self, other: Anchor) -> bool:
        """Tell whether both share words of the same sentence."""
        same = self.sentence == other.sentence
        return same and self.start < other.end and other.start < self.end


class Accepted(Protocol):
    """What was accepted: how many findings of one fingerprint, and where their words stand."""

    @property
    def count(self) -> int:
        """How many findings of the fingerprint."""

    @property
    def anchor(self) -> Anchor | None:
        """Where the words stand; None if that is not known."""


def match(findings: Sequence[Finding], accepted: Mapping[str, Accepted]) -> list[str | None]:
    """Return for each finding the fingerprint under which it was accepted, or None.

    A finding is matched by its own fingerprint first. What is then left of `accepted` is looked for
    by its words, in one sentence each.

    Parameters
    ----------
    findings : sequence of Finding
        All findings of one file, in order.
    accepted : mapping of str to Accepted
        What was accepted there, by fingerprint.
    """
    left = Counter({name: one.count for name, one in accepted.items()})
    matched: list[str | None] = []
    for finding in findings:
        known = left[finding.finding_id] > 0
        left[finding.finding_id] -= known
        matched.append(finding.finding_id if known else None)
    wanted = {name: one.anchor for name, one in accepted.items() if one.anchor and left[name]}
    if not wanted:
        return matched
    sentences: dict[str, set[int]] = {name: set() for name in wanted}
    for number, finding in enumerate(findings):
        if matched[number] is None:
            here, at = Anchor.of(finding), finding.start - finding.phrase_offset
            for name, anchor in wanted.items():
                places = sentences[name]
                if anchor.meets(here) and (at in places or len(places) < left[name]):
                    places.add(at)
                    matched[number] = name
                    break
    return matched


def _length(text: str) -> int:
    return len("".join(text.split()))
