"""Names and numbers as the report writes them."""

from __future__ import annotations

import csv
from functools import cache

from vbl_detect.records import Finding
from vbl_detect.resources import lexicon_dir
from vbl_detect.writers.visible import visible


def category_name(slug: str) -> str:
    """Return a category's title, or its slug as words where the built-in lexicon has none."""
    title = _titles().get(slug)
    return title or visible(slug).replace("-", " ").capitalize()


@cache
def _titles() -> dict[str, str]:
    table = lexicon_dir() / "_categories.csv"
    with table.open(encoding="utf-8-sig", newline="") as rows:
        return {row["category"]: row["title"] for row in csv.DictReader(rows)}


def reason_of(finding: Finding) -> str:
    """Return why a finding does not count.

    Parameters
    ----------
    finding : Finding
        One that does not count.
    """
    if finding.suppressed is not None:
        told = finding.suppressed
        parts = [told.get("reason") or "no reason given"]
        if told.get("by"):
            parts.append(f"by {told['by']}")
        if told.get("expires"):
            parts.append(f"until {told['expires']}")
        return visible(", ".join(parts))
    if finding.context == "asserted":
        return f"below the threshold (score {finding.score:.2f})"
    cue = "" if not finding.cue else f": “{visible(finding.cue)}”"
    return f"{finding.context}{cue}"


def number(count: int, noun: str) -> str:
    """Return ``1,204 findings`` or ``1 finding``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
