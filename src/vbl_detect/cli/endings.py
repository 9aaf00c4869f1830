"""The format of what a command writes: that of ``--format``, or of the ending of ``-o``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from vbl_detect.errors import UsageError

Name = TypeVar("Name", bound=str)


def format_by_ending(
    name: Name | None,
    output: Path | None,
    endings: Mapping[str, Name],
    *,
    default: Name,
    example: str,
) -> Name:
    """Return the format that ``--format`` and ``-o`` ask for together.

    Parameters
    ----------
    name : str, optional
        The format asked for.
    output : Path, optional
        The file to be written; None: standard output.
    endings : mapping of str to str
        The format that each ending stands for.
    default : str
        What standard output gets unless a format is asked for.
    example : str
        A name for a workbook, such as ``report.xlsx``, for the message.

    Raises
    ------
    UsageError
        If the file's name belongs to another format, or a workbook is to go to standard output.
    """
    if output is None:
        if name == "xlsx":
            raise UsageError(f"a workbook cannot go to standard output; name it: -o {example}")
        return name or default
    meant = endings.get(output.suffix.lower())
    if meant is None or name not in (None, meant):
        *others, last = (ending for ending, of in endings.items() if name in (None, of))
        right = f"{', '.join(others)} or {last}" if others else last
        raise UsageError(f"{output}: end the name in {right}")
    return meant
