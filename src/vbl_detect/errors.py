"""The errors that vbl-detect raises, and the exit code each one ends a command with.

::

    VblDetectError              exit code 2
    ├── UsageError              2  a wrong option, column, code or path
    ├── FileFaultsError         2  a file written by hand; carries every fault found
    │   ├── LexiconError           a lexicon that cannot be used
    │   ├── SettingsError          a settings file that cannot be used
    │   └── SuppressionError       a suppressions file or a baseline that cannot be used
    ├── ReaderError             3  input that could not be read: a file, a sheet, a row
    └── IntegrityError          4  a lexicon or model whose hash does not match its manifest

Every message is one plain sentence that names the file, the line or row, the value and the
remedy, and never holds the text of a note.
"""

from __future__ import annotations

import traceback
from enum import IntEnum
from pathlib import Path
from typing import ClassVar


class ExitCode(IntEnum):
    """What a command's exit code means, as the contract fixes it."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE_INPUT = 3
    HASH_MISMATCH = 4
    INTERRUPTED = 130


class VblDetectError(Exception):
    """Base of all errors raised on purpose; its message is meant for the person at the screen."""

    exit_code: ClassVar[ExitCode] = ExitCode.USAGE


class UsageError(VblDetectError):
    """A wrong option, column name, code or path."""


class FileFaultsError(VblDetectError):
    """A file written by hand that cannot be used.

    Parameters
    ----------
    faults : sequence of str
        Every fault found, each as ``file:line: what is wrong and what to do``; the message holds
        the first `MOST_TOLD`.
    """

    #: More lines than this drive the first ones off the screen.
    MOST_TOLD: ClassVar[int] = 10

    def __init__(self, *faults: str) -> None:
        told = list(faults[: self.MOST_TOLD])
        if more := len(faults) - len(told):
            told.append(f"and {more} more")
        super().__init__("\n".join(told))
        self.faults: tuple[str, ...] = faults


class LexiconError(FileFaultsError):
    """A lexicon that cannot be used."""


class SettingsError(FileFaultsError):
    """A settings file that cannot be used."""


class SuppressionError(FileFaultsError):
    """A suppressions file or a baseline that cannot be used."""


class ReaderError(VblDetectError):
    """Input that could not be read.

    Parameters
    ----------
    message : str
        What is wrong and what to do, without the place.
    path : str
        The file, or ``"<stdin>"``.
    sheet : str, optional
        The sheet of a workbook.
    row : int, optional
        The row or line, counted from 1 as the spreadsheet or editor shows it.
    """

    exit_code = ExitCode.UNREADABLE_INPUT

    def __init__(
        self, message: str, *, path: str, sheet: str | None = None, row: int | None = None
    ) -> None:
        place = path
        if sheet is not None:
            place += f', sheet "{sheet}"'
        if row is not None:
            place += f", row {row}"
        super().__init__(f"{place}: {message}")
        self.path = path
        self.sheet = sheet
        self.row = row


class IntegrityError(VblDetectError):
    """A lexicon or a model whose hash does not match its manifest."""

    exit_code = ExitCode.HASH_MISMATCH


def told(error: Exception) -> str:
    """Return what to say of an error: nothing that may hold the text of a draft.

    Parameters
    ----------
    error : Exception
        One of ours, whose message is meant to be read, or any other.
    """
    if isinstance(error, VblDetectError):
        return f"{error}."
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return (
        f"vbl-detect failed unexpectedly ({type(error).__name__}{place}); please report it without "
        "any draft's text."
    )
