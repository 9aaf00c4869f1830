"""The formats for people, compared with what they looked like when someone last read them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from vbl_detect.records import Finding
from vbl_detect.writers import write_findings

GOLDEN = Path(__file__).parents[2] / "data" / "golden"


@pytest.mark.parametrize(
    ("name", "golden"),
    [("full", "findings.full.txt"), ("concise", "findings.concise.txt"), ("md", "findings.md")],
)
def test_findings_look_as_they_did(
    name: str, golden: str, findings: list[Finding], make_finding: Any, make_run: Any
) -> None:
    hostile = make_finding(
        "- =1+1 <b>Says</b> [red]she[/red]\r\nput herself\x1b[31m at risk 日本 **x**\u202e | "
        + "and so on " * 20,
        "put herself\x1b[31m at risk",
    )
    out = io.StringIO()

    write_findings([*findings, hostile], name, None, make_run(include_context=True), stdout=out)

    assert out.getvalue() == (GOLDEN / golden).read_text("utf-8")
