"""The format `concise`: one finding a line, ``path:line:col: CODE message``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from vbl_detect.records import Finding
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.message import message
from vbl_detect.writers.place import place_in_short
from vbl_detect.writers.terminal import encoding_of
from vbl_detect.writers.visible import visible


def write(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write each finding on one line.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    out : TextIO
        Where to.
    run : RunInfo
        Whether uncounted findings are shown.
    """
    encoding = encoding_of(out)
    for finding in run.shown(findings):
        line = f"{place_in_short(finding)}: {finding.code} {message(finding)}"
        out.write(visible(line, encoding) + "\n")
