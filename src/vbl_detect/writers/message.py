"""What is said of a finding in one line."""

from __future__ import annotations

from vbl_detect.records import Finding
from vbl_detect.writers.place import place_in_file, why_not_counted


def message(finding: Finding) -> str:
    """Return the phrase, or the category where it is not to be shown, and what to write instead."""
    text = f"{_wording(finding)}: {finding.suggestion}"
    reason = why_not_counted(finding)
    return text if reason is None else f"{text} (not counted: {reason})"


def reasoned_message(finding: Finding) -> str:
    """Return phrase, reason and better words, with the place where no line number can say it.

    For the formats of other systems, which show little beside the message.
    """
    place = place_in_file(finding)
    start = f"{place[0].upper()}{place[1:]}: " if place else ""
    reason = why_not_counted(finding)
    end = "" if reason is None else f" (Not counted: {reason}.)"
    return f"{start}{_wording(finding)}: {finding.why} Write instead: {finding.suggestion}.{end}"


def _wording(finding: Finding) -> str:
    return finding.category if finding.phrase is None else f'"{finding.phrase}"'
