"""Parquet, batch by batch and only the columns that are needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.header import NumberedRow, unique_names
from vbl_detect.readers.parquet_pages import Weight, weigh
from vbl_detect.readers.table import SAMPLE_ROWS, NoTextColumnError, Table, choose
from vbl_detect.records import Note

#: A page that unpacks to more bytes is not read: pyarrow holds it whole, more than once. Writers
#: aim at 1 MB.
LARGEST_PAGE = 1 << 28
_ROWS_PER_BATCH, _BYTES_PER_BATCH = 1_000, 1 << 28
_BUFFER = 1 << 20


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
        with (
            source.path.open("rb") as stream,
            # Without a buffer, pyarrow holds a column of a whole group of rows.
            pq.ParquetFile(source.path, buffer_size=_BUFFER) as file,
        ):
            yield from _notes(file, weigh(file, stream), source, options, listener)
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        msg = "this is no Parquet file, or it is damaged; export it again"
        raise ReaderError(msg, path=source.name) from error
    listener.progress(1.0)


def _notes(
    file: pq.ParquetFile,
    weights: Sequence[Mapping[str, Weight]],
    source: Source,
    options: ReadOptions,
    listener: ReadListener,
) -> Iterator[Note]:
    names = unique_names(file.schema_arrow.names)
    sample = list(enumerate(_sample(file, weights), start=1))
    try:
        columns = choose(names, sample, options, listener, source=source)
    except NoTextColumnError:
        for group in range(file.num_row_groups):
            if (fault := _too_large(file, group, range(len(names)), weights, source)) is not None:
                raise fault from None
        raise
    table = Table(source=source, names=names, columns=columns)
    yield from table.notes(_numbered(file, table, weights, listener), listener)


def _sample(
    file: pq.ParquetFile, weights: Sequence[Mapping[str, Weight]]
) -> list[Sequence[object]]:
    """Return the first rows of the group of which most can be read; what cannot be is empty."""
    names = file.schema_arrow.names
    light = [
        [i for i, name in enumerate(names) if group[name].page <= LARGEST_PAGE] for group in weights
    ]
    if not light:
        return []
    group = max(range(len(light)), key=lambda group: len(light[group]))
    return next(_batches(file, group, light[group], weights[group], SAMPLE_ROWS), [])


def _numbered(
    file: pq.ParquetFile,
    table: Table,
    weights: Sequence[Mapping[str, Weight]],
    listener: ReadListener,
) -> Iterator[NumberedRow]:
    """Yield the rows with only the needed cells filled; rows too large to hold are told."""
    columns = table.columns
    needed = {*columns.text, *(position for _, position in columns.kept)}
    if columns.record_id is not None:
        needed.add(columns.record_id)
    total, number = file.metadata.num_rows, 0
    for group, of in enumerate(weights):
        if (fault := _too_large(file, group, sorted(needed), weights, table.source)) is not None:
            listener.problem(fault)
            number += file.metadata.row_group(group).num_rows
            continue
        for rows in _batches(file, group, sorted(needed), of, _ROWS_PER_BATCH):
            for row in rows:
                number += 1
                yield number, row
            listener.progress(number / total)


def _batches(
    file: pq.ParquetFile,
    group: int,
    needed: Sequence[int],
    weights: Mapping[str, Weight],
    most: int,
) -> Iterator[list[Sequence[object]]]:
    """Yield the rows of a group, some at a time, with only the needed cells filled."""
    names = file.schema_arrow.names
    read = _read_with(names, needed)
    heaviest = max((weights[name].cell for name in read), default=0)
    size = max(min(most, _BYTES_PER_BATCH // max(heaviest, 1)), 1)
    wanted = None if len(read) == len(names) else read
    for batch in file.iter_batches(batch_size=size, row_groups=[group], columns=wanted):
        cells = {i: _values(batch.column(i if wanted is None else names[i])) for i in needed}
        yield [
            [cells[i][row] if i in cells else None for i in range(len(names))]
            for row in range(batch.num_rows)
        ]


def _read_with(names: Sequence[str], needed: Iterable[int]) -> list[str]:
    """Return the columns that are read for some; a name that occurs twice cannot be asked for."""
    return [names[i] for i in needed] if len(set(names)) == len(names) else list(names)


def _too_large(
    file: pq.ParquetFile,
    group: int,
    needed: Iterable[int],
    weights: Sequence[Mapping[str, Weight]],
    source: Source,
) -> ReaderError | None:
    """Return what is wrong if a page of a group is more than memory should hold."""
    names = _read_with(file.schema_arrow.names, needed)
    size, name = max(((weights[group][name].page, name) for name in names), default=(0, ""))
    if size <= LARGEST_PAGE:
        return None
    sizes = [file.metadata.row_group(one).num_rows for one in range(group + 1)]
    first, last = sum(sizes[:-1]) + 1, sum(sizes)
    rows = f"row {first:,} was" if first == last else f"rows {first:,} to {last:,} were"
    msg = (
        f'column "{name}" has {size >> 20:,} MB here in one piece, more than the '
        f"{LARGEST_PAGE >> 20:,} MB that are read at once; {rows} left out; "
        "shorten the longest cell among them and write the file again"
    )
    return ReaderError(msg, path=source.name, row=first)


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
