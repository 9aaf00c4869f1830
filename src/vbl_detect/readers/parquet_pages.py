"""How much a Parquet file unpacks to at once, from the heads of its pages alone.

pyarrow unpacks a page whole, and tells its size to nobody; a page head is a record in Thrift's
compact notation. Sources: Apache Parquet format, PageHeader; Apache Thrift, compact protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

import pyarrow.parquet as pq

#: Types of Thrift's compact notation.
_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(1, 13)
#: Fields of a page head, and where the head of its kind counts its values.
_KIND, _UNPACKED, _PACKED, _OF_KIND, _VALUES = 1, 2, 3, (5, 7, 8), 1
_DICTIONARY = 2
_DEEPEST, _LONGEST = 8, 1 << 24
#: A list's count that says that the count follows, and a byte's bit that says that more follow.
_COUNTED_APART, _MORE, _LONGEST_NUMBER = 15, 0x80, 63


class Page(NamedTuple):
    """A page of a column.

    Attributes
    ----------
    is_dictionary : bool
        Whether it holds values that other pages name.
    size : int
        To how many bytes it unpacks.
    values : int
        How many values it holds, empty ones included.
    """

    is_dictionary: bool
    size: int
    values: int


class Weight(NamedTuple):
    """How much of a column has to be held at once.

    Attributes
    ----------
    page : int
        To how many bytes its largest page unpacks.
    cell : int
        How many bytes a cell of it may take, as far as the heads tell.
    """

    page: int
    cell: int


def weigh(file: pq.ParquetFile, stream: BinaryIO) -> list[Mapping[str, Weight]]:
    """Return the weight of each column, by name, in each group of rows.

    Heads that cannot be read weigh nothing: what is wrong with them is for pyarrow to tell.

    Parameters
    ----------
    file : ParquetFile
        The file.
    stream : binary file
        The same, to read from.
    """
    names = file.schema_arrow.names
    weights: list[Mapping[str, Weight]] = []
    for group in range(file.num_row_groups):
        row_group = file.metadata.row_group(group)
        by_name = dict.fromkeys(names, Weight(0, 0))
        for leaf in range(row_group.num_columns):
            chunk = row_group.column(leaf)
            weight = _weight(stream, chunk)
            for name in names:
                if chunk.path_in_schema == name or chunk.path_in_schema.startswith(f"{name}."):
                    by_name[name] = Weight(*map(max, by_name[name], weight))
        weights.append(by_name)
    return weights


def _weight(stream: BinaryIO, chunk: Any) -> Weight:  # noqa: ANN401 - pyarrow has no public type
    starts = (chunk.dictionary_page_offset, chunk.data_page_offset)
    start = min(offset for offset in starts if offset is not None)
    page = cell = 0
    try:
        for one in read_pages(stream, start, chunk.total_compressed_size):
            page = max(page, one.size)
            # Any cell can name the longest value of a dictionary; else the average has to do.
            cell = max(cell, one.size if one.is_dictionary else one.size // max(one.values, 1))
    except ValueError:
        pass
    return Weight(page, cell)


def read_pages(stream: BinaryIO, start: int, length: int) -> Iterator[Page]:
    """Yield the pages of a column's chunk.

    Parameters
    ----------
    stream : binary file
        The Parquet file.
    start, length : int
        Where the chunk stands, in bytes.

    Raises
    ------
    ValueError
        If a head cannot be read.
    """
    stream.seek(start)
    while stream.tell() < start + length:
        head = _struct(stream, 0)
        of_kind: Any = next((head[field] for field in _OF_KIND if field in head), {})
        values = of_kind.get(_VALUES, 0) if isinstance(of_kind, dict) else None
        size, packed, values = map(_number, (head.get(_UNPACKED), head.get(_PACKED), values))
        yield Page(head.get(_KIND) == _DICTIONARY, size, values)
        stream.seek(packed, 1)


def _struct(stream: BinaryIO, depth: int) -> dict[int, Any]:
    """Return the fields of a record by number."""
    fields: dict[int, Any] = {}
    field = 0
    while byte := _byte(stream):
        field = field + (byte >> 4) if byte >> 4 else _zigzag(stream)
        fields[field] = _value(stream, byte & 15, depth)
    return fields


def _value(stream: BinaryIO, kind: int, depth: int) -> Any:  # noqa: ANN401 - of any kind
    if depth > _DEEPEST:
        raise ValueError("a head nested too deep")
    if kind in {_LIST, _SET}:
        byte = _byte(stream)
        count = byte >> 4 if byte >> 4 < _COUNTED_APART else _bounded(_varint(stream))
        # Truth values stand in a byte each here.
        of = _BYTE if byte & 15 in {_TRUE, _FALSE} else byte & 15
        return [_value(stream, of, depth + 1) for _ in range(count)]
    if kind == _STRUCT:
        return _struct(stream, depth + 1)
    simple = _SIMPLE.get(kind)
    if simple is None:
        raise ValueError("a head with a field of no known kind")
    return simple(stream)


def _number(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError("no head of a page")
    return value


def _bounded(length: int) -> int:
    if length > _LONGEST:
        raise ValueError("a head longer than any")
    return length


def _byte(stream: BinaryIO) -> int:
    read = stream.read(1)
    if not read:
        raise ValueError("a head cut off")
    return read[0]


def _varint(stream: BinaryIO) -> int:
    value = shift = 0
    while (byte := _byte(stream)) & _MORE:
        value |= (byte & ~_MORE) << shift
        shift += 7
        if shift > _LONGEST_NUMBER:
            raise ValueError("a number longer than any")
    return value | byte << shift


def _zigzag(stream: BinaryIO) -> int:
    value = _varint(stream)
    return (value >> 1) ^ -(value & 1)


_SIMPLE: Mapping[int, Callable[[BinaryIO], Any]] = {
    _TRUE: lambda _: True,
    _FALSE: lambda _: False,
    _BYTE: _byte,
    _I16: _zigzag,
    _I32: _zigzag,
    _I64: _zigzag,
    _DOUBLE: lambda stream: stream.read(8),
    _BINARY: lambda stream: stream.read(_bounded(_varint(stream))),
}
