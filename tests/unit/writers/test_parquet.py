from __future__ import annotations

from typing import Any, get_type_hints

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vbl_detect.records import FINDING_COLUMNS, Finding
from vbl_detect.writers import parquet


def test_nothing_found_still_has_the_whole_schema(write_file: Any, findings: Any) -> None:
    empty = pq.read_table(write_file("parquet", [], keep_columns=("Unit",)))
    full = pq.read_table(write_file("parquet", findings, keep_columns=("Unit",)))

    assert empty.num_rows == 0
    assert empty.schema.names == [*FINDING_COLUMNS, "Unit"]
    assert empty.schema == full.schema


def test_types_are_those_of_the_record(write_file: Any) -> None:
    types = {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    hints = get_type_hints(Finding)

    schema = pq.read_schema(write_file("parquet", []))

    for name in FINDING_COLUMNS:
        plain = {hints[name], *getattr(hints[name], "__args__", ())} & set(types)
        expected = types[plain.pop()] if plain else pa.string()
        assert schema.field(name).type == expected, name


def test_values_come_back_as_they_were(findings: list[Finding], write_file: Any) -> None:
    output = write_file("parquet", findings, keep_columns=("Unit", "Visits", "Seen"))

    rows = pq.read_table(output).to_pylist()

    expected = [finding.as_row() for finding in findings]
    expected[3]["suppressed"] = (
        '{"by": "A. Reader", "reason": "quoted in training", "expires": "2031-01-01"}'
    )
    assert rows == expected


@pytest.mark.parametrize(
    ("values", "type_", "written"),
    [
        ([True, None], pa.bool_(), [True, None]),
        ([1, None, -2], pa.int64(), [1, None, -2]),
        ([1, 2.5], pa.float64(), [1.0, 2.5]),
        ([1, "x", True, 2.5], pa.string(), ["1", "x", "true", "2.5"]),
        ([1, True], pa.string(), ["1", "true"]),
        ([2**63], pa.string(), [str(2**63)]),
        ([2**53 + 1, 0.5], pa.string(), [str(2**53 + 1), "0.5"]),
        ([None], pa.string(), [None]),
    ],
)
def test_a_kept_column_has_the_type_of_all_its_values(
    values: list[Any], type_: Any, written: list[Any], make_finding: Any, write_file: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(parquet, "ROWS_PER_GROUP", 1)  # the first group does not tell
    findings = [make_finding("asking", "asking", meta={"Kept": value}) for value in values]

    table = pq.read_table(write_file("parquet", findings, keep_columns=("Kept",)))

    assert table.schema.field("Kept").type == type_
    assert table.column("Kept").to_pylist() == written


def test_findings_are_written_in_row_groups(
    findings: list[Finding], write_file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROWS_PER_GROUP", 2)

    assert pq.ParquetFile(write_file("parquet", findings)).num_row_groups == 3


def test_pandas_reads_the_file(findings: list[Finding], write_file: Any) -> None:
    frame = pd.read_parquet(write_file("parquet", findings))

    assert list(frame["code"]) == [finding.code for finding in findings]
    assert frame["counted"].dtype == bool
