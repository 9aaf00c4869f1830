"""Findings as rows of plain values, the same in every data format."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from vbl_detect.records import FINDING_COLUMNS, Finding
from vbl_detect.writers.base import RunInfo, output_name
from vbl_detect.writers.visible import without_surrogates

#: What a cell may hold once it is plain.
Plain = str | int | float | bool | None

# Besides the four signs and their full-width forms, spreadsheets strip leading white space first.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# JSON may hold these as they are, but some readers break lines at them and screens act on them.
_BETTER_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_NEGATIVE_NUMBER = re.compile(r"-\d+(\.\d+)?")


def plain(value: object) -> Plain:
    """Return `value` as text, number, boolean or None.

    Dates and times become ISO 8601 text; NaN, infinities and pandas' missing values become None;
    lists and mappings become JSON; anything else becomes its text. Lone surrogates, which no file
    can hold, become U+FFFD.

    Parameters
    ----------
    value : object
        A value of a finding or of a column kept from the source.
    """
    if isinstance(value, str):
        # Subclasses, such as numpy's, become plain text too.
        return without_surrogates(str(value))
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return _plain_other(value)


def _plain_other(value: object) -> Plain:
    if type(value).__name__ in {"NaTType", "NAType"}:
        return None
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, Mapping | list | tuple):
        return plain(as_json(value))
    item = getattr(value, "item", None)  # a numpy scalar
    if callable(item):
        scalar = item()
        if type(scalar) is not type(value):
            return plain(scalar)
    return plain(str(value))


def as_json(value: object) -> str:
    """Return `value` as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, default=str)


def json_line(value: object) -> str:
    """Return plain values as JSON on one line, in UTF-8, with nothing that breaks lines.

    Parameters
    ----------
    value : object
        Mappings, lists and values that `plain` returned.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _BETTER_ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def plain_row(finding: Finding, run: RunInfo) -> dict[str, Any]:
    """Return the finding's values by output column, plain, but ``suppressed`` as a mapping."""
    row: dict[str, Any] = {name: plain(getattr(finding, name)) for name in FINDING_COLUMNS}
    if finding.suppressed is not None:
        row["suppressed"] = {key: plain(value) for key, value in finding.suppressed.items()}
    row.update((output_name(name), plain(finding.meta.get(name))) for name in run.keep_columns)
    return row


def flat_row(finding: Finding, run: RunInfo) -> dict[str, Plain]:
    """Return the finding's values by output column, plain, with ``suppressed`` as JSON."""
    row = plain_row(finding, run)
    if row["suppressed"] is not None:
        row["suppressed"] = as_json(row["suppressed"])
    return row


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet might run `text`; a negative number is only a number."""
    return bool(_FORMULA.match(text)) and not _NEGATIVE_NUMBER.fullmatch(text)
