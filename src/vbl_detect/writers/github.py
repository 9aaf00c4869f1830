"""The format `github`: workflow commands that GitHub shows as annotations of a pull request.

Source: GitHub Docs, "Workflow commands for GitHub Actions"; the limits from "Limitations" there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TextIO

from vbl_detect.records import SEVERITIES, Finding, Severity
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.message import reasoned_message
from vbl_detect.writers.place import has_lines, path_with_slashes
from vbl_detect.writers.visible import visible

#: The annotation of each severity.
LEVELS: Mapping[Severity, str] = {"high": "error", "medium": "warning", "low": "notice"}
#: GitHub shows ten annotations of each kind that a step writes, and drops the others unseen; one
#: notice is kept for the line that tells of those.
LIMITS: Mapping[str, int] = {"error": 10, "warning": 10, "notice": 9}

_ESCAPES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY_ESCAPES = str.maketrans({":": "%3A", ",": "%2C"})


def write(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write a command for each finding, as many as GitHub shows, and one line about the others.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    out : TextIO
        Where to, in UTF-8.
    run : RunInfo
        Whether uncounted findings are shown.
    """
    written: Counter[str] = Counter()
    others: Counter[Severity] = Counter()
    for finding in run.shown(findings):
        level = LEVELS[finding.severity] if finding.counted else "notice"
        if written[level] < LIMITS[level]:
            written[level] += 1
            out.write(_annotation(finding, level) + "\n")
        else:
            others[finding.severity] += 1
    for problem in run.manifest.problems:
        # Told on stderr too, so that none is lost where GitHub shows no more.
        out.write(f"::error title=not read::{visible(problem).translate(_ESCAPES)}\n")
    if others:
        listed = ", ".join(f"{others[name]:,} {name}" for name in SEVERITIES if others[name])
        out.write(
            f"::notice title=vbl-detect::{others.total():,} more findings have no annotation "
            f"({listed}), since GitHub shows ten of a kind; --format concise lists them all\n"
        )


def _annotation(finding: Finding, level: str) -> str:
    properties: dict[str, object] = {}
    path = path_with_slashes(finding)
    if path is not None:
        properties["file"] = path
    if path is not None and has_lines(finding):
        properties["line"] = finding.line
        if finding.extent is not None:
            properties["endLine"] = finding.extent.end_line
        # GitHub takes columns only within one line.
        if finding.extent is not None and finding.extent.end_line == finding.line:
            properties |= {"col": finding.col, "endColumn": finding.extent.end_col}
    properties["title"] = f"{finding.code} {finding.category}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {listed}::{visible(reasoned_message(finding)).translate(_ESCAPES)}"


def _property(value: object) -> str:
    return visible(str(value)).translate(_ESCAPES).translate(_PROPERTY_ESCAPES)
