"""The formats `jsonl`, one object a line, and `json`, one array of the same objects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TextIO

from vbl_detect.records import Finding
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.values import plain_row

# JSON may hold these as they are, but some readers break lines at them and screens act on them.
_BETTER_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


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
        out.write(_as_object(finding, run) + "\n")


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
        out.write(f"{before}\n{_as_object(finding, run)}")
        before = ","
    out.write("[]\n" if before == "[" else "\n]\n")


def _as_object(finding: Finding, run: RunInfo) -> str:
    text = json.dumps(plain_row(finding, run), ensure_ascii=False, allow_nan=False)
    return _BETTER_ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
