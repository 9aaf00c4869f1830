"""Cells of any source, whatever their type, as text and as values to carry to the output."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from typing import Any

#: What Excel cuts a cell at, in UTF-16 code units. Source: Excel specifications and limits.
EXCEL_CELL_LIMIT = 32_767

_SURROGATES = re.compile("[\ud800-\udfff]")


def cell_text(value: object) -> str:
    """Return the text of a cell: a string as it is, a number or date written out, else ``""``.

    Of a list, or an object, it is that of what it holds, each on a line of its own: as JSON every
    text in it would be a quotation.

    Half a surrogate pair, which JSON can hold and no output can, becomes U+FFFD.

    Parameters
    ----------
    value : object
        What the source holds; None and NaN are empty.
    """
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATES.sub("\ufffd", value)
    if value is None or value != value:  # noqa: PLR0124 - only NaN and NaT differ from themselves
        return ""
    match value:
        case float() if value.is_integer():
            text = str(int(value))
        case datetime() if value.time() == time():
            text = value.date().isoformat()
        case date() | time():
            text = value.isoformat()
        case bytes():
            text = value.decode("utf-8", "replace")
        case list():
            text = "\n".join(filter(None, map(cell_text, value)))
        case dict():
            text = cell_text([*value.values()])
        case _:
            text = str(value)
    return text


def kept_value(value: object) -> Any:  # noqa: ANN401 - a kept value is of any plain type
    """Return a cell as it travels to the output: a plain number or truth value, else text.

    Parameters
    ----------
    value : object
        What the source holds; None and NaN give None, an empty string stays one.
    """
    if value is None or value != value:  # noqa: PLR0124 - only NaN and NaT differ from themselves
        return None
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | dict):
        return cell_text(json.dumps(value, ensure_ascii=False, default=cell_text))
    return cell_text(value)


def is_cut_by_excel(text: str) -> bool:
    """Tell whether a text is exactly as long as the longest that Excel keeps.

    Parameters
    ----------
    text : str
        The text of one cell.
    """
    # At most two units a code point: shorter texts need no closer look, nor do longer ones.
    if not EXCEL_CELL_LIMIT // 2 < len(text) <= EXCEL_CELL_LIMIT:
        return False
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 == EXCEL_CELL_LIMIT
