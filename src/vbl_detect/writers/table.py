"""The format `table`: one row a finding, for a screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from vbl_detect.records import Finding
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.place import place_in_short, why_not_counted
from vbl_detect.writers.terminal import SEVERITY_STYLES, console_for, encoding_of
from vbl_detect.writers.visible import visible


def write(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write the findings as a table: place, severity, code, phrase, what to write instead.

    The rows are held in memory, since the widths of the columns depend on all of them.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    out : TextIO
        Where to; colours are used if it is a terminal.
    run : RunInfo
        Whether uncounted findings are shown.
    """
    encoding = encoding_of(out)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("Place", "Severity", "Code", "Phrase", "Write instead"):
        fixed = heading in {"Severity", "Code"}
        table.add_column(heading, no_wrap=fixed, overflow="fold")
    for finding in run.shown(findings):
        reason = why_not_counted(finding)
        severity = finding.severity if reason is None else f"{finding.severity} ({reason})"
        # Text is never read as markup, whatever brackets a note holds.
        table.add_row(
            Text(visible(place_in_short(finding), encoding)),
            Text(visible(severity, encoding), SEVERITY_STYLES[finding.severity]),
            Text(finding.code),
            Text(visible(finding.phrase or finding.category, encoding)),
            Text(visible(finding.suggestion, encoding)),
        )
    console_for(out).print(table)
