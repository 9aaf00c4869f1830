"""Where a finding stands, in words for a person and in short for a program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vbl_detect.records import Finding

_MESSAGES = (".eml", ".msg")


def has_lines(finding: Finding) -> bool:
    """Tell whether lines and columns are those of the file, as they are in a text file.

    In a document, a table or an e-mail they are those of the text taken out of it.
    """
    if finding.path is not None and finding.path.lower().endswith(_MESSAGES):
        return False
    return all(part is None for part in (finding.paragraph, finding.row, finding.column))


def place_in_words(finding: Finding) -> str:
    """Return the place as a person would say it.

    For example ``misper.csv row 14, "Entry text", record M-0042, line 2:15``, ``review.docx,
    paragraph 3``, or ``review.txt:2:15``, which many terminals open at that line; what does not
    apply is left out.
    """
    if finding.path is not None and finding.record_id is None and has_lines(finding):
        return place_in_short(finding)
    parts = [] if finding.path is None else [finding.path]
    within = list(_within(finding))
    if finding.row is not None:
        parts += within[:1]
        within = within[1:]
    source = " ".join(parts)
    rest = [source] if source else []
    rest += within
    if finding.paragraph is None:
        rest.append(f"line {finding.line}:{finding.col}")
    return ", ".join(rest)


def place_in_file(finding: Finding) -> str:
    """Return the place within its file: ``paragraph 3``; ``""`` where line and column say it.

    Formats that have a field for the path say only this beside it.
    """
    return "" if has_lines(finding) else ", ".join(_within(finding))


def place_in_short(finding: Finding) -> str:
    """Return ``path:line:col``, with a cell's or a page's place after the path.

    For example ``a.xlsx[Sheet1!14]:1:9``, ``review.pdf[page 2]:70:9`` or, where the line is the
    paragraph, ``review.docx:3:9``. Without a path the record's reference stands there, and without
    that ``<note>``.
    """
    source = finding.path or finding.record_id or "<note>"
    if finding.row is not None:
        sheet = f"{finding.sheet}!" if finding.sheet is not None else ""
        source += f"[{sheet}{finding.row}]"
    elif finding.paragraph not in (None, finding.line):
        source += f"[{unit_of(finding)} {finding.paragraph}]"
    return f"{source}:{finding.line}:{finding.col}"


def unit_of(finding: Finding) -> str:
    """Return what the text of its file is counted in: ``page``, ``paragraph`` or ``line``."""
    if finding.paragraph is None:
        return "line"
    is_page = finding.path is not None and finding.path.lower().endswith(".pdf")
    return "page" if is_page else "paragraph"


def path_with_slashes(finding: Finding) -> str | None:
    """Return the path as other systems write it, or None where there is no file."""
    return None if finding.path is None else Path(finding.path).as_posix()


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


def _within(finding: Finding) -> Iterator[str]:
    """Yield what leads to the text within its file, the widest first."""
    if finding.row is not None:
        sheet = "" if finding.sheet is None else f'sheet "{finding.sheet}" '
        yield f"{sheet}row {finding.row}"
    if finding.column is not None:
        yield f'"{finding.column}"'
    if finding.record_id is not None:
        yield f"record {finding.record_id}"
    if finding.paragraph is not None:
        yield f"{unit_of(finding)} {finding.paragraph}"
