"""The format `sarif`: SARIF 2.1.0, which code-scanning services and editors read.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, 2020; the sections
are named where they decide something.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from vbl_detect.records import Finding, Severity
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.message import reasoned_message
from vbl_detect.writers.place import has_lines, path_with_slashes, place_in_file
from vbl_detect.writers.values import json_line, plain
from vbl_detect.writers.visible import visible, without_surrogates

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
#: The level of each severity.
LEVELS: Mapping[Severity, str] = {"high": "error", "medium": "warning", "low": "note"}
#: The name of our fingerprint; its version changes when the way it is reckoned does.
FINGERPRINT = "vblDetectFinding/v1"


def write(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write one log with one run, a result a line, without holding the results in memory.

    Counted and suppressed findings are results; the others are if uncounted ones are to be shown.
    The rules follow the results, since only then it is known which there are.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    out : TextIO
        Where to, in UTF-8.
    run : RunInfo
        Whether uncounted findings are shown, and what could not be read.
    """
    rules: dict[str, dict[str, Any]] = {}
    out.write(f'{{"$schema": {json_line(SCHEMA)}, "version": "2.1.0", "runs": [{{\n')
    out.write('"columnKind": "unicodeCodePoints",\n"results": [')
    before = "\n"
    for finding in findings:
        if not (finding.counted or finding.suppressed or run.include_context):
            continue
        rules.setdefault(finding.code, _rule(finding))
        result = _result(finding, list(rules).index(finding.code))
        out.write(before + json_line(result))
        before = ",\n"
    out.write("],\n" if before == "\n" else "\n],\n")
    driver = {
        "name": "vbl-detect",
        "version": plain(run.manifest.tool_version),
        "rules": list(rules.values()),
    }
    out.write(f'"invocations": [{json_line(_invocation(run))}],\n')
    out.write(f'"tool": {json_line({"driver": driver})}\n}}]}}\n')


def _rule(finding: Finding) -> dict[str, Any]:
    """Return the ``reportingDescriptor`` (section 3.49) of a finding's code."""
    why, instead, source = map(visible, (finding.why, finding.suggestion, finding.source))
    only_heard = finding.code.endswith("000")
    term = "wording in no list" if only_heard else visible(finding.term or finding.category)
    return {
        "id": plain(finding.code),
        "shortDescription": {"text": f"{finding.category}: {term}"},
        "fullDescription": {"text": why},
        "help": {
            "text": f"{why}\nWrite instead: {instead}\nSource: {source}",
            "markdown": f"{_escaped(why)}\n\n**Write instead:** {_escaped(instead)}\n\n"
            f"*Source: {_escaped(source)}*",
        },
        "defaultConfiguration": {"level": LEVELS[finding.severity]},
        "properties": {"tags": [finding.category, finding.severity]},
    }


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": plain(finding.code),
        "ruleIndex": rule,
        # What is no failure has the level "none" (section 3.27.10).
        "kind": "fail" if finding.counted or finding.suppressed else "informational",
        "level": LEVELS[finding.severity] if finding.counted or finding.suppressed else "none",
        "message": {"text": visible(reasoned_message(finding))},
        "locations": [_location(finding)],
        "partialFingerprints": {FINGERPRINT: finding.finding_id},
        "properties": {
            "score": plain(finding.score),
            "detector": finding.detector,
            "context": finding.context,
            "counted": finding.counted,
        },
    }
    if finding.suppressed is not None:
        result["suppressions"] = [_suppression(finding.suppressed)]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {}
    path = path_with_slashes(finding)
    if path is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
        if has_lines(finding):
            physical["region"] = _region(finding)
        location["physicalLocation"] = physical
    place = place_in_file(finding)
    if place:
        location["logicalLocations"] = [{"fullyQualifiedName": plain(place)}]
    return location


def _region(finding: Finding) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": finding.line, "startColumn": finding.col}
    if finding.extent is not None:
        region |= {"endLine": finding.extent.end_line, "endColumn": finding.extent.end_col}
    if finding.phrase is not None:
        region["snippet"] = {"text": plain(finding.phrase)}
    return region


def _suppression(suppressed: Mapping[str, str | None]) -> dict[str, Any]:
    known = {key: plain(value) for key, value in suppressed.items() if value is not None}
    reason = known.pop("reason", "")
    return {
        "kind": "external",
        "status": "accepted",
        "justification": reason,
        "properties": known,
    }


def _invocation(run: RunInfo) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not run.manifest.problems}
    if run.manifest.problems:
        invocation["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": visible(problem)}}
            for problem in run.manifest.problems
        ]
    return invocation


def _uri(path: str) -> str:
    if not Path(path).is_absolute():
        return quote(without_surrogates(path))
    # as_uri() asks for letters that the system's own encoding has; a URI takes all of them.
    name = quote(without_surrogates(Path(path).as_posix()), safe="/:")
    return f"file:{name}" if name.startswith("//") else f"file:///{name.removeprefix('/')}"


def _escaped(text: str) -> str:
    """Return text as Markdown shows it plain; markup is the only danger in one short line."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|~" else char for char in text)
