"""Parquet, batch by batch and only the columns that are needed."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.header import NumberedRow, unique_names
from vbl_detect.readers.table import SAMPLE_ROWS, Table, choose
from vbl_detect.records import Note

_ROWS_PER_BATCH = 1_000


def read(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:
    """Yield the notes of a Parquet file; rows are counted from 1, there being no header row.

    Parameters
    ----------
    source : Source
        The file.
    options : ReadOptions
        Columns.
    listener : ReadListener
        Hears choices, warnings and progress.

    Raises
    ------
    UsageError
        If a column asked for is not there.
    ReaderError
        If the file is not Parquet, is damaged, or no column looks like notes.
    """
    try:
        with pq.ParquetFile(source.path) as file:
            yield from _notes(file, source, options, listener)
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        msg = "this is no Parquet file, or it is damaged; export it again"
        raise ReaderError(msg, path=source.name) from error
    listener.progress(1.0)


def _notes(
    file: pq.ParquetFile, source: Source, options: ReadOptions, listener: ReadListener
) -> Iterator[Note]:
    names = unique_names(file.schema_arrow.names)
    head = next(file.iter_batches(batch_size=SAMPLE_ROWS), None)
    sample = [] if head is None else list(enumerate(_rows(head), start=1))
    columns = choose(names, sample, options, listener, source=source)
    table = Table(source=source, names=names, columns=columns)
    yield from table.notes(_numbered(file, table, listener), listener)


def _numbered(file: pq.ParquetFile, table: Table, listener: ReadListener) -> Iterator[NumberedRow]:
    """Yield the rows with only the needed cells filled."""
    columns = table.columns
    needed = {*columns.text, *(position for _, position in columns.kept)}
    if columns.record_id is not None:
        needed.add(columns.record_id)
    names = file.schema_arrow.names
    # A name that occurs twice cannot be asked for.
    wanted = [names[i] for i in needed] if len(set(names)) == len(names) else None
    total, number = file.metadata.num_rows, 0
    for batch in file.iter_batches(batch_size=_ROWS_PER_BATCH, columns=wanted):
        cells = {
            i: _values(batch.column(i if wanted is None else names[i])) for i in sorted(needed)
        }
        for index in range(batch.num_rows):
            number += 1
            yield number, [cells[i][index] if i in cells else None for i in range(len(names))]
        listener.progress(number / total)


def _rows(batch: pa.RecordBatch) -> Iterator[list[object]]:
    for cells in zip(*map(_values, batch.columns), strict=True):
        yield list(cells)


def _values(column: pa.Array) -> list[object]:
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        # Parquet promises UTF-8, but not every writer keeps to it; as bytes, what is good in
        # them is still read.
        return list(column.cast(pa.large_binary()).to_pylist())
    except (OverflowError, ValueError):
        # A date that Python has no room for: in the year 10000, or with nanoseconds.
        return list(column.cast(pa.string()).to_pylist())
