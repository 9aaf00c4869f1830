"""What ``suppress audit`` prints: lines, a Markdown table, or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Literal

from vbl_detect.suppression_audit import Audit
from vbl_detect.writers.markdown import escaped
from vbl_detect.writers.visible import visible

AuditFormat = Literal["text", "json", "md"]


def as_text(result: Audit) -> str:
    """Return the audit as lines."""
    return "\n".join(visible(f"{one.place}: {one.as_sentence()}") for one in result.audited)


def as_markdown(result: Audit) -> str:
    """Return the audit as a table."""
    columns = ("Status", "Where", "Code", "Draft", "By", "Until", "Reason")
    head = [f"| {' | '.join(columns)} |", "|" + " --- |" * len(columns)]
    rows = [
        (
            one.status,
            one.place,
            ", ".join(one.codes),
            one.draft or "",
            one.by or "",
            one.expires or "",
            one.fault or one.reason or "",
        )
        for one in result.audited
    ]
    lines = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join(["# Accepted wording", "", f"{result.summary()}.", "", *head, *lines])


def as_json(result: Audit) -> str:
    """Return the audit as one JSON array."""
    return json.dumps([one.as_dict() for one in result.audited], ensure_ascii=True, indent=2)


#: What writes each format.
FORMATS: Mapping[AuditFormat, Callable[[Audit], str]] = {
    "text": as_text,
    "json": as_json,
    "md": as_markdown,
}


def _cell(text: str) -> str:
    return escaped(text).replace("|", "\\|")
