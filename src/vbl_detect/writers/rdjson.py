"""The format `rdjson`: Reviewdog Diagnostic Format, for comments on a merge request.

Better words stand in the message and not under ``suggestions``, which one click would put into the
text: they have gaps that only the writer can fill.

Source: reviewdog, proto/rdf, "Reviewdog Diagnostic Format".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from vbl_detect.records import Finding, Severity
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.message import reasoned_message
from vbl_detect.writers.place import has_lines, path_with_slashes
from vbl_detect.writers.values import json_line, plain
from vbl_detect.writers.visible import visible

#: The severity that reviewdog knows for each of ours.
LEVELS: Mapping[Severity, str] = {"high": "ERROR", "medium": "WARNING", "low": "INFO"}


def write(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write one ``DiagnosticResult``, a diagnostic a line, without holding it in memory.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    out : TextIO
        Where to, in UTF-8.
    run : RunInfo
        Whether uncounted findings are shown.
    """
    out.write('{"source": {"name": "vbl-detect"}, "diagnostics": [')
    before = "\n"
    for finding in run.shown(findings):
        out.write(before + json_line(_diagnostic(finding)))
        before = ",\n"
    out.write("]}\n" if before == "\n" else "\n]}\n")


def _diagnostic(finding: Finding) -> dict[str, Any]:
    return {
        "message": visible(reasoned_message(finding)),
        "location": _location(finding),
        "severity": LEVELS[finding.severity] if finding.counted else "INFO",
        "code": {"value": plain(finding.code)},
    }


def _location(finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {"path": plain(path_with_slashes(finding) or "<note>")}
    extent = finding.extent
    if not has_lines(finding):
        return location
    if extent is None:
        location["range"] = {"start": {"line": finding.line}}
    else:
        # Its columns count bytes of UTF-8.
        location["range"] = {
            "start": {"line": finding.line, "column": extent.byte_col},
            "end": {"line": extent.end_line, "column": extent.end_byte_col},
        }
    return location
