"""One row of a findings file as a `Finding`: values back to what they were before writing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, get_args

from vbl_detect.errors import ReaderError
from vbl_detect.records import CONTEXTS, FINDING_COLUMNS, SEVERITIES, Detector, Finding
from vbl_detect.writers.values import looks_like_formula

_KEPT = "kept_"


class _UnfitError(Exception):
    """A value that its column cannot hold; says what it may be."""


def as_finding(
    row: Mapping[str, Any], *, path: str, sheet: str | None, number: int, quoted: bool
) -> Finding:
    """Return the finding in a row.

    Parameters
    ----------
    row : mapping of str to object
        The values by column; columns that no finding has are kept ones.
    path, sheet, number
        Where the row stands, for errors.
    quoted : bool
        Whether the format puts an apostrophe before what a spreadsheet would run.

    Raises
    ------
    ReaderError
        If a value cannot be in its column.
    """
    values: dict[str, Any] = {}
    for name in FINDING_COLUMNS:
        try:
            values[name] = _CONVERSIONS.get(name, _text)(_restored(row[name], quoted=quoted))
        except _UnfitError as error:
            message = f'the column "{name}" {error}; give the file as scan -o wrote it'
            raise ReaderError(message, path=path, sheet=sheet, row=number) from error
    meta = {
        # A kept column whose name is a finding's own was written as kept_NAME.
        name.removeprefix(_KEPT) if name.removeprefix(_KEPT) in FINDING_COLUMNS else name: (
            _restored(value, quoted=quoted)
        )
        for name, value in row.items()
        if name and name not in FINDING_COLUMNS
    }
    offset = _offset(values["sentence"], values["phrase"])
    return Finding(**values, phrase_offset=offset, meta=meta)


def _restored(value: Any, *, quoted: bool) -> Any:  # noqa: ANN401
    """Return a value without what the format added; an empty cell is None."""
    if quoted and isinstance(value, str) and value[:1] == "'" and looks_like_formula(value[1:]):
        value = value[1:]
    return None if value == "" else value


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _some_text(value: object) -> str:
    return "" if value is None else str(value)


def _whole(value: object) -> int | None:
    if value is None:
        return None
    try:
        number = float(value)  # type: ignore[arg-type] # what it cannot take is told
    except (TypeError, ValueError):
        number = float("nan")
    if not number.is_integer():
        raise _UnfitError("holds no whole number")
    return int(number)


def _position(value: object) -> int:
    return _whole(value) or 0


def _score(value: object) -> float:
    try:
        number = float(value)  # type: ignore[arg-type] # what it cannot take is told
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number <= 1:
        raise _UnfitError("holds no score from 0 to 1")
    return number


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    known = {"true": True, "false": False, "1": True, "0": False}
    if (text := str(value).strip().lower()) in known:
        return known[text]
    raise _UnfitError("holds neither true nor false")


def _one_of(*names: str) -> Callable[[object], str]:
    def convert(value: object) -> str:
        if value in names:
            return str(value)
        raise _UnfitError(f"holds none of {', '.join(names)}")

    return convert


def _named(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _UnfitError("is empty")


def _suppressed(value: object) -> Mapping[str, str] | None:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise _UnfitError("holds no JSON object") from None
    if value is not None and not isinstance(value, dict):
        raise _UnfitError("holds no JSON object")
    return None if value is None else {str(k): str(v) for k, v in value.items() if v is not None}


def _offset(sentence: str | None, phrase: str | None) -> int:
    return max((sentence or "").find(phrase or ""), 0)


_CONVERSIONS: dict[str, Callable[[object], Any]] = {
    "schema_version": _some_text,
    "finding_id": _some_text,
    "code": _named,
    "category": _named,
    "severity": _one_of(*SEVERITIES),
    "score": _score,
    "detector": _one_of(*get_args(Detector)),
    "context": _one_of(*CONTEXTS),
    "counted": _truth,
    "row": _whole,
    "paragraph": _whole,
    **dict.fromkeys(("start", "end", "line", "col"), _position),
    **dict.fromkeys(("why", "suggestion", "source"), _some_text),
    "suppressed": _suppressed,
}
