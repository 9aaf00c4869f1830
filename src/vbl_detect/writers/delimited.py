"""The format `csv`: RFC 4180, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from vbl_detect.records import Finding
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.values import Plain, flat_row, looks_like_formula


def write(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write a header and every finding, counted or not; lines end in CR LF.

    Text that a spreadsheet would run as a formula gets an apostrophe before it; booleans are
    ``true`` and ``false``; what does not apply is empty.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    out : TextIO
        Where to, opened with ``newline=""``.
    run : RunInfo
        The kept columns.
    """
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow([_cell(name) for name in run.columns])
    for finding in findings:
        rows.writerow([_cell(value) for value in flat_row(finding, run).values()])


def _cell(value: Plain) -> Plain:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and looks_like_formula(value):
        return f"'{value}"
    return value
