"""Where a finding stands, in words for a person and in short for a program."""

from __future__ import annotations

from vbl_detect.records import Finding


def place_in_words(finding: Finding) -> str:
    """Return the place as a person would say it.

    For example ``misper.csv row 14, "Entry text", record M-0042, line 2:15``; what does not apply
    is left out.
    """
    parts = []
    if finding.path is not None:
        parts.append(finding.path)
    if finding.sheet is not None:
        parts.append(f'sheet "{finding.sheet}"')
    if finding.row is not None:
        parts.append(f"row {finding.row}")
    source = " ".join(parts)
    rest = [source] if source else []
    if finding.column is not None:
        rest.append(f'"{finding.column}"')
    if finding.record_id is not None:
        rest.append(f"record {finding.record_id}")
    if finding.paragraph is not None:
        rest.append(f"paragraph {finding.paragraph}")
    rest.append(f"line {finding.line}:{finding.col}")
    return ", ".join(rest)


def place_in_short(finding: Finding) -> str:
    """Return ``path:line:col``, with the cell's place after the path: ``a.xlsx[Sheet1!14]:1:9``.

    Without a path the record's reference stands there, and without that ``<note>``.
    """
    source = finding.path or finding.record_id or "<note>"
    if finding.row is not None:
        sheet = f"{finding.sheet}!" if finding.sheet is not None else ""
        source += f"[{sheet}{finding.row}]"
    return f"{source}:{finding.line}:{finding.col}"


def why_not_counted(finding: Finding) -> str | None:
    """Return in a few words why the finding does not count, or None if it does.

    The reasons are told apart as in `vbl_detect.counts.RunCounts.add`.
    """
    if finding.counted:
        return None
    if finding.suppressed is not None:
        return "suppressed"
    if finding.context != "asserted":
        return finding.context
    return "below the threshold"
