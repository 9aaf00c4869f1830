from __future__ import annotations

import io
from typing import Any

from vbl_detect.records import Finding
from vbl_detect.writers import write_findings


def test_the_table_has_its_headings_when_empty(make_run: Any) -> None:
    out = io.StringIO()

    write_findings([], "table", None, make_run(), stdout=out)

    assert out.getvalue().split("\n")[0].split() == [
        "Place", "Severity", "Code", "Phrase", "Write", "instead",
    ]  # fmt: skip


def test_a_row_tells_place_severity_code_phrase_and_better_wording(
    make_finding: Any, make_run: Any
) -> None:
    out = io.StringIO()
    finding = make_finding("[red]asking", "[red]asking", path="a.csv", suggestion="[b]is blamed")

    write_findings([finding], "table", None, make_run(), stdout=out)

    row = out.getvalue().splitlines()[-1].split()
    assert row == ["a.csv[14]:1:1", "high", "RC001", "[red]asking", "[b]is", "blamed"]


def test_rules_are_plain_where_the_stream_holds_no_others(
    findings: list[Finding], make_run: Any
) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="cp1252")

    write_findings(findings, "table", None, make_run(), stdout=out)
    out.flush()

    assert "-----" in raw.getvalue().decode("cp1252")
