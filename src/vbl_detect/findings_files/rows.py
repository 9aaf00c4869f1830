"""Rows of findings files, one function a format: where each stands, and its values."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from vbl_detect.errors import ReaderError, UsageError
from vbl_detect.files import unreadable
from vbl_detect.records import FINDING_COLUMNS

#: Sheet, row or line from 1, and the values.
Row = tuple[str | None, int, Mapping[str, Any]]

_LARGEST_FIELD = 2**31 - 1
_MOST_NAMED = 3


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a findings file, whatever its format.

    Parameters
    ----------
    path : Path
        A file that ``scan -o`` wrote.

    Raises
    ------
    UsageError
        If the name's ending is none of a findings file.
    ReaderError
        If the file cannot be read, or lacks a column.
    """
    read = _FORMATS.get(path.suffix.lower())
    if read is None:
        raise UsageError(
            f"{path}: the name does not end as a findings file's does; give a file that "
            f"scan -o wrote, ending in one of {', '.join(_FORMATS)}"
        )
    try:
        yield from read(path)
    except OSError as error:
        raise unreadable(path, error) from error


def _json_lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield None, number, _object(_parsed(line, path, number), path, number)


def _json(path: Path) -> Iterator[Row]:
    content = _parsed(path.read_text("utf-8-sig", errors="replace"), path, None)
    if not isinstance(content, list):
        message = "the file holds no array of findings; give a file that scan -o wrote"
        raise ReaderError(message, path=str(path))
    for number, item in enumerate(content, start=1):
        yield None, number, _object(item, path, number)


def _parsed(text: str, path: Path, number: int | None) -> Any:  # noqa: ANN401
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        # The fault's own message would tell no more, and may quote a note.
        message = "this is not JSON; give the file as scan -o wrote it"
        raise ReaderError(message, path=str(path), row=number) from error


def _object(item: Any, path: Path, number: int) -> Mapping[str, Any]:  # noqa: ANN401
    if not isinstance(item, dict):
        message = "this is not a finding, which is an object in braces; give the file as written"
        raise ReaderError(message, path=str(path), row=number)
    _check_columns(tuple(item), path, row=number)
    return item


def _delimited(path: Path) -> Iterator[Row]:
    csv.field_size_limit(max(csv.field_size_limit(), _LARGEST_FIELD))
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        # A spreadsheet on a British machine may have saved it with semicolons or tabs.
        first = stream.readline()
        stream.seek(0)
        delimiter = max(",;\t", key=first.count)
        rows = csv.reader(_without_nul(stream), delimiter=delimiter)
        try:
            names = next(rows, [])
            _check_columns(names, path)
            for number, cells in enumerate(rows, start=2):
                if any(cells):
                    yield None, number, dict(zip_longest(names, cells[: len(names)], fillvalue=""))
        except csv.Error as error:
            message = f"the file cannot be cut into rows ({error}); give it as scan -o wrote it"
            raise ReaderError(message, path=str(path), row=rows.line_num) from error


def _without_nul(stream: io.TextIOWrapper) -> Iterator[str]:
    return (line.replace("\0", "\ufffd") for line in stream)


def _workbook(path: Path) -> Iterator[Row]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        message = "this is not a workbook; give the file as scan -o wrote it"
        raise ReaderError(message, path=str(path)) from error
    found = False
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            names = ["" if cell is None else str(cell) for cell in next(rows, ())]
            if not {"finding_id", "counted"} & set(names):
                continue  # Summary, About this run, or a sheet of the analyst's own
            found = True
            _check_columns(names, path, sheet=sheet.title)
            for number, cells in enumerate(rows, start=2):
                if any(cell is not None for cell in cells):
                    yield sheet.title, number, dict(zip_longest(names, cells[: len(names)]))
    finally:
        book.close()
    if not found:
        message = "no sheet holds findings; give the workbook as scan -o wrote it"
        raise ReaderError(message, path=str(path))


def _parquet(path: Path) -> Iterator[Row]:
    try:
        with pq.ParquetFile(path) as file:
            _check_columns(file.schema_arrow.names, path)
            number = 0
            for batch in file.iter_batches():
                for values in batch.to_pylist():
                    number += 1
                    yield None, number, values
    except pa.ArrowInvalid as error:
        message = "this is not a Parquet file; give the file as scan -o wrote it"
        raise ReaderError(message, path=str(path)) from error


def _check_columns(
    names: Sequence[str], path: Path, *, sheet: str | None = None, row: int | None = None
) -> None:
    missing = [f'"{name}"' for name in FINDING_COLUMNS if name not in names]
    if missing:
        shown = ", ".join(missing[:_MOST_NAMED])
        more = len(missing) - _MOST_NAMED
        rest = f" and {more} more" if more > 0 else ""
        message = f"it lacks the columns {shown}{rest}; give the file as scan -o wrote it"
        raise ReaderError(message, path=str(path), sheet=sheet, row=row)


_FORMATS: dict[str, Callable[[Path], Iterator[Row]]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json,
    ".csv": _delimited,
    ".xlsx": _workbook,
    ".parquet": _parquet,
    ".pq": _parquet,
}
