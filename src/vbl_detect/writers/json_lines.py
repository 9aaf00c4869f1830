"""The formats `jsonl`, one object a line, and `json`, one array of the same objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from vbl_detect.records import Finding
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.values import json_line, plain_row


def write(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write JSON Lines: every finding, counted or not, as one object with every column.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    out : TextIO
        Where to, in UTF-8.
    run : RunInfo
        The kept columns.
    """
    for finding in findings:
        out.write(json_line(plain_row(finding, run)) + "\n")


def write_array(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write one JSON array, an object a line, without holding it in memory.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    out : TextIO
        Where to, in UTF-8.
    run : RunInfo
        The kept columns.
    """
    before = "["
    for finding in findings:
        out.write(f"{before}\n{json_line(plain_row(finding, run))}")
        before = ","
    out.write("[]\n" if before == "[" else "\n]\n")
