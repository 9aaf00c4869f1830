"""The format `csv`: RFC 4180, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import TextIO

from vbl_detect.records import Finding
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.values import Plain, flat_row, looks_like_formula

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


def write(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write a header and every finding, counted or not; lines end in CR LF.

    Text that a spreadsheet would run as a formula gets an apostrophe before it; booleans are
    ``true`` and ``false``; what does not apply is empty. Control characters, which would drive a
    screen, become U+FFFD.

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
    if isinstance(value, str):
        value = _CONTROL.sub("\ufffd", value)
        return f"'{value}" if looks_like_formula(value) else value
    return value
