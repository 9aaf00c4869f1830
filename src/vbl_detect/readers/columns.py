"""Finding the columns that hold the notes, the record's reference and what is kept.

A column that the user names must be there. The others are found by name and content: which words
are in the header, and how much the cells of a sample look like prose or like a reference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from vbl_detect.closest import closest
from vbl_detect.errors import UsageError
from vbl_detect.readers.base import ReadOptions
from vbl_detect.readers.cells import cell_text
from vbl_detect.readers.column_names import Promise, id_rank, names_something_else, promise_of_text
from vbl_detect.records import PART_COLUMNS

_NAMES_SHOWN = 30
_NAME_LENGTH_SHOWN = 40
# What counts as prose, in words a cell; tuned on invented exports, generous where the name helps.
_WORDS_IF_CERTAIN, _WORDS_IF_LIKELY, _WORDS_IF_UNKNOWN, _WORDS_IF_UNLIKELY = 1.5, 3, 8, 25
_WORDS_AS_LAST_RESORT = 4
# Shares: of marks that are letters, of cells that differ from each other.
_MOSTLY_LETTERS, _FEW_VALUES, _MANY_VALUES = 0.5, 0.2, 0.5
_CELLS_TO_JUDGE_REPETITION = 20
_WORDS_OF_REFERENCE = 3
_REFERENCE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9/_.-]*")
_DATE_OR_TIME = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|\d+\.\d+")


class NoSuchTextColumnError(UsageError):
    """A text column that the user named and the table does not have."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns to read, by position from 0.

    Attributes
    ----------
    text : tuple of int
        The columns that hold notes; empty if none looks like it.
    record_id : int or None
        The column with the record's reference.
    kept : tuple of (str, int)
        Name, as the user wrote it, and position of each column to carry to the output.
    """

    text: tuple[int, ...]
    record_id: int | None
    kept: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Content:
    """What the cells of a column look like: see `_content`."""

    cells: int
    words: float
    letters: float
    distinct: float
    references: float


def choose_columns(
    names: Sequence[str], sample: Sequence[Sequence[object]], options: ReadOptions, *, place: str
) -> Columns:
    """Return the columns to read.

    Parameters
    ----------
    names : sequence of str
        The columns' names, each once.
    sample : sequence of sequence of object
        Some rows; a short row is taken as empty at its end.
    options : ReadOptions
        The columns the user asked for.
    place : str
        The file and sheet, for messages.

    Raises
    ------
    NoSuchTextColumnError, UsageError
        If a column the user named is not there.
    """
    asked = tuple(
        dict.fromkeys(
            _position(names, name, place, NoSuchTextColumnError) for name in options.text_columns
        )
    )
    contents = [_content([row[i] for row in sample if i < len(row)]) for i in range(len(names))]
    text = asked or _text_columns(names, contents)
    if not text:
        return Columns((), None, ())
    record_id = (
        _position(names, options.id_column, place)
        if options.id_column is not None
        else _id_column(names, contents, text)
    )
    kept = tuple(
        (name, _position(names, name, place))
        for name in options.keep_columns
        if name in names or name not in PART_COLUMNS
    )
    return Columns(text, record_id, kept)


def quoted(names: Sequence[str]) -> str:
    """Return column names as messages list them.

    Parameters
    ----------
    names : sequence of str
        The names; long ones are cut, and of many the first are shown.
    """
    shown = [
        f'"{name[:_NAME_LENGTH_SHOWN]}…"' if len(name) > _NAME_LENGTH_SHOWN else f'"{name}"'
        for name in names[:_NAMES_SHOWN]
    ]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def no_column(wanted: str, names: Sequence[str]) -> str:
    """Return what is told of a column that is not there: those that are, and the one meant.

    Parameters
    ----------
    wanted : str
        What the user named.
    names : sequence of str
        The columns' names.
    """
    message = f'there is no column "{wanted}"; the columns are {quoted(names)}'
    meant = closest(wanted, names)
    return message if meant is None else f"{message}; did you mean {quoted([meant])}?"


def _position(
    names: Sequence[str], wanted: str, place: str, error: type[UsageError] = UsageError
) -> int:
    """Return where a column stands; upper and lower case count only if they must."""
    if wanted in names:
        return names.index(wanted)
    key = wanted.casefold().strip()
    matching = [i for i, name in enumerate(names) if name.casefold().strip() == key]
    if len(matching) == 1:
        return matching[0]
    raise error(f"{place}: {no_column(wanted, names)}")


def _content(cells: Sequence[object]) -> _Content:
    # A list or an object within a record is data about the note, however much text it holds.
    plain = (cell for cell in cells if not isinstance(cell, list | dict))
    texts = [text for cell in plain if (text := cell_text(cell).strip())]
    if not texts:
        return _Content(0, 0.0, 0.0, 0.0, 0.0)
    marks = sum(len(text) - sum(map(str.isspace, text)) for text in texts)
    return _Content(
        cells=len(texts),
        words=fmean(len(text.split()) for text in texts),
        letters=sum(sum(map(str.isalpha, text)) for text in texts) / marks,
        distinct=len(set(texts)) / len(texts),
        references=fmean(_is_reference(text) for text in texts),
    )


def _is_reference(text: str) -> bool:
    return bool(_REFERENCE.fullmatch(text)) and not _DATE_OR_TIME.fullmatch(text)


def _text_columns(names: Sequence[str], contents: Sequence[_Content]) -> tuple[int, ...]:
    promises = [promise_of_text(name) for name in names]
    prose = tuple(i for i in range(len(names)) if _is_prose(promises[i], contents[i]))
    if any(contents[i].cells for i in prose):
        return prose
    # Nothing reads like prose: notes of one word, or a table with no rows yet.
    certain = tuple(
        i
        for i, promise in enumerate(promises)
        if promise is Promise.CERTAIN and (contents[i].letters > 0 or not contents[i].cells)
    )
    if certain:
        return certain
    wordy = [
        i
        for i, content in enumerate(contents)
        if promises[i] >= Promise.UNKNOWN
        and content.words >= _WORDS_AS_LAST_RESORT
        and _is_mostly_letters(content)
    ]
    return (max(wordy, key=lambda i: contents[i].words),) if wordy else ()


def _is_prose(promise: Promise, content: _Content) -> bool:
    if not content.cells:
        # Blank throughout the sample, but perhaps not below it.
        return promise is Promise.CERTAIN
    if not _is_mostly_letters(content):
        return False
    is_list = content.cells >= _CELLS_TO_JUDGE_REPETITION and content.distinct < _FEW_VALUES
    match promise:
        case Promise.CERTAIN:
            is_short_list = is_list and content.words < _WORDS_IF_UNKNOWN
            return content.words >= _WORDS_IF_CERTAIN and not is_short_list
        case Promise.LIKELY:
            return content.words >= _WORDS_IF_LIKELY and not is_list
        case Promise.UNKNOWN:
            return content.words >= _WORDS_IF_UNKNOWN and content.distinct >= _MANY_VALUES
        case Promise.UNLIKELY:
            return content.words >= _WORDS_IF_UNLIKELY and content.distinct >= _MANY_VALUES


def _is_mostly_letters(content: _Content) -> bool:
    return content.letters >= _MOSTLY_LETTERS


def _id_column(
    names: Sequence[str], contents: Sequence[_Content], text: Sequence[int]
) -> int | None:
    by_name = [
        (rank, i)
        for i, name in enumerate(names)
        if i not in text
        and (rank := id_rank(name)) is not None
        and contents[i].words <= _WORDS_OF_REFERENCE
    ]
    if by_name:
        return min(by_name)[1]
    for i, content in enumerate(contents):
        if (
            i not in text
            and not names_something_else(names[i])
            and content.cells > 1
            and content.references == 1
            and content.distinct == 1
        ):
            return i
    return None
