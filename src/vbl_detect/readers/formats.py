"""Which reader takes which suffix."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib import import_module
from pathlib import Path
from typing import cast

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import Reader, ReadListener, ReadOptions, Source
from vbl_detect.records import Note

# Formats of other programs that hold notes too, and what their own program saves instead.
_SAVE_AS = {
    ".doc": ".docx", ".docm": ".docx", ".dot": ".docx", ".dotx": ".docx",
    ".rtf": ".docx", ".pages": ".docx", ".xls": ".xlsx", ".xlsb": ".xlsx",
    ".numbers": ".xlsx", ".html": ".txt", ".mbox": ".eml", ".pst": ".msg",
}  # fmt: skip

# Of these few hold notes; they are refused only where they are named.
_SELDOM_NOTES = frozenset({".html", ".dot", ".dotx"})


def _reader(module: str, function: str = "read") -> Reader:
    """Return a reader whose module, with the libraries it needs, is imported on first use."""

    def read(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:
        reader = cast(Reader, getattr(import_module(f"{__package__}.{module}"), function))
        yield from reader(source, options, listener)

    return read


_DELIMITED = _reader("delimited")
_EXCEL = _reader("excel")
_JSON_LINES = _reader("json_lines", "read_lines")
_PLAIN_TEXT = _reader("plain_text")

#: The reader for each suffix, in lower case.
READERS: dict[str, Reader] = {
    ".csv": _DELIMITED,
    ".tsv": _DELIMITED,
    ".tab": _DELIMITED,
    ".xlsx": _EXCEL,
    ".xlsm": _EXCEL,
    ".parquet": _reader("parquet"),
    ".json": _reader("json_lines", "read_document"),
    ".jsonl": _JSON_LINES,
    ".ndjson": _JSON_LINES,
    ".ods": _reader("ods"),
    ".docx": _reader("word"),
    ".odt": _reader("odt"),
    ".pdf": _reader("pdf"),
    ".eml": _reader("eml"),
    ".msg": _reader("msg"),
    ".txt": _PLAIN_TEXT,
    ".log": _PLAIN_TEXT,
    ".md": _PLAIN_TEXT,
    ".markdown": _PLAIN_TEXT,
}


_TABLES = {
    ".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".parquet", ".json", ".jsonl", ".ndjson", ".ods",
}  # fmt: skip
#: The suffixes of files that hold one text each, and not a table of notes.
DOCUMENTS = frozenset(READERS.keys() - _TABLES)


def could_be(suffix: str, suffixes: Collection[str]) -> bool:
    """Tell whether files of a suffix hold notes, and would be of some suffixes once saved anew.

    Web pages and templates are passed over: a report is one, and is no note.

    Parameters
    ----------
    suffix : str
        The suffix, in lower case.
    suffixes : collection of str
        Those that are read.
    """
    return suffix not in _SELDOM_NOTES and _SAVE_AS.get(suffix) in suffixes


def reader_for(name: str) -> Reader:
    """Return the reader for a file, by the suffix of its name.

    Parameters
    ----------
    name : str
        The file's name, or its path as the user named it.

    Raises
    ------
    ReaderError
        If there is no reader for the suffix, or the file is the lock of an open document.
    """
    if is_lock(name):
        msg = "an Office program keeps this file while a document is open; name the document itself"
        raise ReaderError(msg, path=name)
    suffix = Path(name).suffix.lower()
    if suffix in READERS:
        return READERS[suffix]
    kind = f'files ending in "{suffix}"' if suffix else "files without a suffix"
    remedy = (
        f"open it in the program it comes from and save it as {_SAVE_AS[suffix]}"
        if suffix in _SAVE_AS
        else f"the suffixes that can are {', '.join(READERS)}"
    )
    raise ReaderError(f"{kind} cannot be read; {remedy}", path=name)


def is_lock(name: str) -> bool:
    """Return whether an Office program keeps a file of this name beside an open document.

    Parameters
    ----------
    name : str
        The file's name, or its path.
    """
    return Path(name).name.startswith("~$")
