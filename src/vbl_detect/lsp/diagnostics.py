"""Findings as diagnostics: the underlined words, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lsprotocol.types import Diagnostic, DiagnosticSeverity, Range

from vbl_detect.lsp.judging import Judged
from vbl_detect.lsp.positions import Positions
from vbl_detect.records import Finding, Severity
from vbl_detect.writers.place import why_not_counted

SOURCE = "vbl-detect"
#: How editors show a finding of each severity.
SEVERITIES: Mapping[Severity, DiagnosticSeverity] = {
    "high": DiagnosticSeverity.Error,
    "medium": DiagnosticSeverity.Warning,
    "low": DiagnosticSeverity.Information,
}


def diagnostics(judged: Judged, positions: Positions) -> list[Diagnostic]:
    """Return all there is to say of a draft, in the order of its text.

    Parameters
    ----------
    judged : Judged
        What was found.
    positions : Positions
        The places in the draft's text.
    """
    return [*_remarks(judged, positions), *(_of(one, positions) for one in judged.findings)]


def place_of(finding: Finding, positions: Positions) -> Range:
    """Return where a finding stands."""
    return positions.range(finding.start, finding.end)


def _of(finding: Finding, positions: Positions) -> Diagnostic:
    counted = finding.counted
    return Diagnostic(
        range=place_of(finding, positions),
        severity=SEVERITIES[finding.severity] if counted else DiagnosticSeverity.Hint,
        code=finding.code,
        source=SOURCE,
        message="\n".join(_lines(finding)),
        data=_data(finding),
    )


def _lines(finding: Finding) -> Iterator[str]:
    yield finding.why
    yield f"Write instead: {finding.suggestion}"
    reason = why_not_counted(finding)
    if reason is not None:
        yield f"Not counted: {reason}"


def _data(finding: Finding) -> dict[str, Any]:
    names = ("finding_id", "category", "severity", "score", "detector", "context", "counted")
    return {name: getattr(finding, name) for name in names}


def _remarks(judged: Judged, positions: Positions) -> Iterator[Diagnostic]:
    for remark in judged.remarks:
        yield Diagnostic(
            range=positions.line(remark.line),
            severity=DiagnosticSeverity.Warning,
            source=SOURCE,
            message=remark.message,
        )
