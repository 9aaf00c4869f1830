"""Dates as British records write them: the day before the month, or ISO."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

#: Day first throughout; ``03/25/2024`` is a fault and not the 25th of March.
_FORMATS = ("%d/%m/%Y", "%d/%m/%y", "%d/%b/%Y", "%d/%b/%y", "%d/%B/%Y", "%d/%B/%y", "%Y/%m/%d")
_SEPARATOR = re.compile(r"\s*[/.\-]\s*|\s+")
_ORDINAL = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)\b(?:\s+of\b)?", re.IGNORECASE)
_DAY_NAME = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_TIME = re.compile(
    r"(?:,|\bat)?\s+(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?|hrs|h)?|\d{4}\s*(?:hrs|h))$",
    re.IGNORECASE,
)
# Excel's day 0, which allows for its leap year 1900. Source: Excel, 1900 date system.
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)  # from 1954 to 2119


def read_date(value: object) -> date | None:
    """Return the date in a cell, or None if there is none that can be read for certain.

    Parameters
    ----------
    value : object
        Text such as ``04/03/2026 22:41``, ``4 March 2026`` or ``2026-03-04T22:41:00``, or Excel's
        number of a day.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        days = int(value) if value == value else 0  # noqa: PLR0124 - NaN differs from itself
        return _EXCEL_EPOCH + timedelta(days) if days in _EXCEL_DAYS else None
    text = str(value).strip()
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    text = _ORDINAL.sub(r"\1 ", _DAY_NAME.sub("", _TIME.sub("", text)))
    text = _SEPARATOR.sub("/", text.strip())
    for layout in _FORMATS:
        try:
            return datetime.strptime(text, layout).date()
        except ValueError:
            continue
    return None
