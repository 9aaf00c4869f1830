"""How many findings each code has, in place of the findings: ``--statistics``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, TextIO

from vbl_detect.records import Finding
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.terminal import encoding_of
from vbl_detect.writers.values import json_line, plain
from vbl_detect.writers.visible import visible


def write(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write a line for each code: number, code, severity, category, headword; most frequent first.

    Parameters
    ----------
    findings : iterable of Finding
        What was found.
    out : TextIO
        Where to.
    run : RunInfo
        Whether uncounted findings are counted here too.
    """
    rows = _rows(findings, run)
    encoding = encoding_of(out)
    digits = max((len(f"{row['count']:,}") for row in rows), default=0)
    category = max((len(row["category"]) for row in rows), default=0)
    for row in rows:
        line = (
            f"{row['count']:>{digits},}  {row['code']}  {row['severity']:6}  "
            f"{row['category']:{category}}  {row['term'] or 'wording in no list'}"
        )
        out.write(visible(line, encoding) + "\n")


def write_lines(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write the same as JSON Lines.

    Parameters
    ----------
    findings : iterable of Finding
        What was found.
    out : TextIO
        Where to, in UTF-8.
    run : RunInfo
        Whether uncounted findings are counted here too.
    """
    out.writelines(json_line(row) + "\n" for row in _rows(findings, run))


def write_array(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write the same as a JSON array.

    Parameters
    ----------
    findings : iterable of Finding
        What was found.
    out : TextIO
        Where to, in UTF-8.
    run : RunInfo
        Whether uncounted findings are counted here too.
    """
    rows = [json_line(row) for row in _rows(findings, run)]
    out.write("[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n")


def _rows(findings: Iterable[Finding], run: RunInfo) -> list[dict[str, Any]]:
    counts: Counter[str] = Counter()
    seen: dict[str, Finding] = {}
    for finding in run.shown(findings):
        counts[finding.code] += 1
        seen.setdefault(finding.code, finding)
    return [
        {
            "count": number,
            "code": plain(code),
            "severity": seen[code].severity,
            "category": plain(seen[code].category),
            # What only the classifier hears has no headword of its own.
            "term": None if code.endswith("000") else plain(seen[code].term),
        }
        for code, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
