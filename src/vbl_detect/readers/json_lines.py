"""JSON Lines, as a stream, and JSON, which is read whole: a file of it is one value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.encoding import open_text
from vbl_detect.readers.lines import lines_of
from vbl_detect.readers.table import SAMPLE_ROWS, Table, choose
from vbl_detect.records import Note

#: The column of notes that are bare strings, not objects.
BARE_TEXT = "text"

_LINES_PER_REPORT = 1_000
#: In characters; a document is held in memory several times over.
LONGEST_DOCUMENT = 1 << 28

#: An object and its line, or its number in the array, from 1.
_Record = tuple[int, Mapping[str, Any]]


def read_lines(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:
    """Yield the notes of a JSON Lines file; the keys of its objects serve as columns.

    Parameters
    ----------
    source : Source
        The file; each line holds an object, or a note as a string.
    options : ReadOptions
        Columns and encoding.
    listener : ReadListener
        Hears choices, warnings, problems and progress; a broken line is a problem.

    Raises
    ------
    UsageError
        If a column asked for is not among the keys of the first `SAMPLE_ROWS` objects.
    ReaderError
        If no key looks like notes.
    """
    yield from _notes(_lines(source, options, listener), source, options, listener)
    listener.progress(1.0)


def read_document(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:
    """Yield the notes of a JSON file: an array of objects, or an object that holds one array.

    The file is read whole, so it must fit into memory; JSON Lines need not. A file that holds
    JSON Lines under this suffix is read as such.

    Parameters
    ----------
    source : Source
        The file; elements of the array are objects, or notes as strings.
    options : ReadOptions
        Columns and encoding.
    listener : ReadListener
        Hears choices, warnings and problems; an element of another kind is a problem.

    Raises
    ------
    UsageError
        If a column asked for is not among the keys.
    ReaderError
        If the file is not JSON, holds no such array, or no key looks like notes.
    """
    with open_text(source, options, listener) as file:
        text = file.stream.read(LONGEST_DOCUMENT + 1)
    if len(text) > LONGEST_DOCUMENT:
        msg = (
            f"this JSON is longer than {LONGEST_DOCUMENT:,} characters; export it as JSON Lines, "
            "which may have any length"
        )
        raise ReaderError(msg, path=source.name)
    if not text.strip():
        listener.notice(f"{source.name}: the file is empty")
        return
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if _is_json(text.lstrip().splitlines()[0]):
            yield from read_lines(source, options, listener)
            return
        msg = f"this is not valid JSON from column {error.colno} on; correct it or export it again"
        raise ReaderError(msg, path=source.name, row=error.lineno) from error
    except (ValueError, RecursionError) as error:
        msg = "this JSON has numbers too long or is nested too deeply; export it again"
        raise ReaderError(msg, path=source.name) from error
    del text
    elements = enumerate(_array(value, source), start=1)
    records = (
        record
        for number, element in elements
        if (record := _record(number, element, source, listener)) is not None
    )
    yield from _notes(records, source, options, listener)
    listener.progress(1.0)


def _notes(
    records: Iterator[_Record], source: Source, options: ReadOptions, listener: ReadListener
) -> Iterator[Note]:
    head = list(islice(records, SAMPLE_ROWS))
    if not head:
        listener.notice(f"{source.name}: there are no notes in this file")
        return
    names = list(dict.fromkeys(key for _, record in head for key in record))
    sample = [(number, [record.get(name) for name in names]) for number, record in head]
    columns = choose(names, sample, options, listener, source=source)
    table = Table(source=source, names=names, columns=columns)
    rows = (
        (number, [record.get(name) for name in names]) for number, record in chain(head, records)
    )
    yield from table.notes(rows, listener)


def _lines(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[_Record]:
    # Lines end at "\n" only: JSON keeps line breaks out of its strings, but not U+2028 and such.
    with open_text(source, options, listener, newline="\n") as file:
        for number, line in enumerate(lines_of(file.stream, source, listener), start=1):
            if number % _LINES_PER_REPORT == 0:
                listener.progress(file.fraction)
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                column = getattr(error, "colno", 1)
                msg = f"this line is not valid JSON from column {column} on; it was left out"
                listener.problem(ReaderError(msg, path=source.name, row=number))
                continue
            record = _record(number, value, source, listener)
            if record is not None:
                yield record


def _record(number: int, value: object, source: Source, listener: ReadListener) -> _Record | None:
    if isinstance(value, dict):
        return number, value
    if isinstance(value, str):
        return number, {BARE_TEXT: value}
    msg = "this is neither an object nor a string, so it was left out"
    listener.problem(ReaderError(msg, path=source.name, row=number))
    return None


def _array(value: object, source: Source) -> list[object]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        arrays = {key: item for key, item in value.items() if _holds_notes(item)}
        if len(arrays) == 1:
            return list(*arrays.values())
        if not arrays:
            # One note by itself.
            return [value]
        keys = ", ".join(f'"{key}"' for key in arrays)
        msg = f"this JSON holds several lists of notes ({keys}); put each into a file of its own"
        raise ReaderError(msg, path=source.name)
    if isinstance(value, str):
        return [value]
    msg = "this JSON holds no notes; it must be an array of objects, or an object that holds one"
    raise ReaderError(msg, path=source.name)


def _holds_notes(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
