"""The format `parquet`: the finding's columns in one fixed schema, then the kept ones."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from vbl_detect.records import FINDING_COLUMNS, Finding
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.values import Plain, flat_row

#: Findings a row group holds, which bounds the memory.
ROWS_PER_GROUP = 8_192

_TYPES = {
    "score": pa.float64(),
    "counted": pa.bool_(),
    **dict.fromkeys(("row", "paragraph", "start", "end", "line", "col"), pa.int64()),
}
_OWN_FIELDS = [pa.field(name, _TYPES.get(name, pa.string())) for name in FINDING_COLUMNS]

_LARGEST_INT64 = 2**63 - 1
_LARGEST_EXACT_FLOAT = 2**53


def write(findings: Iterable[Finding], path: Path, run: RunInfo) -> None:
    """Write every finding, counted or not, a row group at a time.

    A kept column is boolean, integer or floating-point if all its values are, and text otherwise.
    That is known only at the end, so that with kept columns the rows wait in a temporary file.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    path : Path
        The file to write, in place.
    run : RunInfo
        The kept columns.
    """
    rows = (flat_row(finding, run) for finding in findings)
    if not run.kept_names:
        _write_groups(map(_table(pa.schema(_OWN_FIELDS)), _groups(rows)), path, _OWN_FIELDS)
        return
    kept = {name: _KeptColumn() for name in run.kept_names}
    waiting_fields = _OWN_FIELDS + [pa.field(name, pa.string()) for name in kept]
    with tempfile.TemporaryFile() as waiting:
        _write_groups(
            map(_table(pa.schema(waiting_fields)), _groups(_noting(rows, kept))),
            waiting,
            waiting_fields,
        )
        fields = _OWN_FIELDS + [pa.field(name, column.type) for name, column in kept.items()]
        source = pq.ParquetFile(waiting)
        # Arrow's threads would only wait for the interpreter to read a file of Python's.
        groups = (
            source.read_row_group(index, use_threads=False)
            for index in range(source.num_row_groups)
        )
        _write_groups((_typed(group, kept) for group in groups), path, fields)


class _KeptColumn:
    """The kinds of values seen in a kept column."""

    def __init__(self) -> None:
        self._kinds: set[type] = set()
        self._largest = 0

    def note(self, value: Plain) -> None:
        if value is not None:
            self._kinds.add(type(value))
        if type(value) is int:
            self._largest = max(self._largest, abs(value))

    @property
    def type(self) -> pa.DataType:
        if self._kinds == {bool}:
            return pa.bool_()
        if self._kinds == {int} and self._largest <= _LARGEST_INT64:
            return pa.int64()
        numbers = self._kinds and self._kinds <= {int, float}
        if numbers and self._largest <= _LARGEST_EXACT_FLOAT:
            return pa.float64()
        return pa.string()

    def array(self, values: Iterable[Plain]) -> pa.Array:
        if pa.types.is_string(self.type):
            values = [None if value is None else _as_text(value) for value in values]
        return pa.array(list(values), type=self.type)


def _as_text(value: Plain) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _noting(
    rows: Iterable[dict[str, Plain]], kept: dict[str, _KeptColumn]
) -> Iterator[dict[str, Plain]]:
    """Pass rows on with their kept values as JSON, noting of which kind they are."""
    for row in rows:
        for name, column in kept.items():
            column.note(row[name])
            row[name] = json.dumps(row[name])
        yield row


def _typed(group: pa.Table, kept: dict[str, _KeptColumn]) -> pa.Table:
    for name, column in kept.items():
        index = group.schema.get_field_index(name)
        values = [json.loads(value) for value in group.column(index).to_pylist()]
        group = group.set_column(index, pa.field(name, column.type), column.array(values))
    return group


def _groups(rows: Iterable[dict[str, Plain]]) -> Iterator[list[dict[str, Plain]]]:
    rows = iter(rows)
    while group := list(islice(rows, ROWS_PER_GROUP)):
        yield group


def _table(schema: Any) -> Any:  # noqa: ANN401
    return lambda rows: pa.Table.from_pylist(rows, schema=schema)


def _write_groups(groups: Iterable[Any], target: Any, fields: list[Any]) -> None:  # noqa: ANN401
    with pq.ParquetWriter(target, pa.schema(fields)) as writer:
        for group in groups:
            writer.write_table(group)
