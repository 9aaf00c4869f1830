"""``.vbl-suppressions.toml``: what was accepted in the drafts of a folder, without marking them.

The nearest file counts, from the draft's folder upwards, and that one alone: files of several
folders are not added together, so that one place says what holds for a draft.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vbl_detect.errors import SuppressionError
from vbl_detect.suppression.entries import Entry, entry_of, faults_of

#: The file's name.
SIDECAR_NAME = ".vbl-suppressions.toml"
#: The name of its tables, one an acceptance.
TABLE = "suppression"

_HEADER = re.compile(rf"\s*\[\[\s*{TABLE}\s*\]\]\s*(#.*)?")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """A suppressions file that has been read.

    Attributes
    ----------
    path : Path
        The file.
    entries : tuple of Entry
        In the order of the file.
    """

    path: Path
    entries: tuple[Entry, ...]

    def entries_for(self, draft: Path) -> dict[str, Entry]:
        """Return what may be accepted in one draft, by fingerprint.

        Parameters
        ----------
        draft : Path
            The draft; it need not exist, as a draft on standard input does not.
        """
        folder = self.path.parent
        own = _key(draft)
        entries: dict[str, Entry] = {}
        for entry in self.entries:
            named = None if entry.path is None else folder / entry.path
            if named is None or _key(named) == own:
                entries[entry.finding_id] = entry
            elif not named.exists():
                # The draft's own entry wins over one of a draft that has gone.
                entries.setdefault(entry.finding_id, entry)
        return entries


def find_sidecar(draft: Path) -> Path | None:
    """Return the suppressions file that counts for a draft, or None if there is none.

    Parameters
    ----------
    draft : Path
        The draft; it need not exist.
    """
    for folder in draft.resolve().parents:
        if (folder / SIDECAR_NAME).is_file():
            return _as_named(folder / SIDECAR_NAME)
    return None


def read_sidecar(path: Path, today: date) -> Sidecar:
    """Read a suppressions file.

    Parameters
    ----------
    path : Path
        The file.
    today : date
        The present day; acceptances may end at most a year from it.

    Raises
    ------
    SuppressionError
        If the file has faults; the message lists every one as ``file:line``.
    """
    return parse_sidecar(read_text(path), path, today)


def parse_sidecar(text: str, path: Path, today: date) -> Sidecar:
    """Read the text of a suppressions file, as `read_sidecar` does.

    Parameters
    ----------
    text : str
        The text, its lines ended by a line feed.
    path : Path
        The file it stands in.
    today : date
        The present day.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SuppressionError(_syntax_fault(path, text, error)) from error
    except RecursionError as error:
        raise SuppressionError(
            f"{path}: brackets stand within each other without end; write the file anew"
        ) from error
    faults = [
        f"{path}: {key!r} is no table of this file; acceptances stand under lines [[{TABLE}]]"
        for key in data
        if key != TABLE
    ]
    lines = header_lines(text)
    tables = data.get(TABLE, [])
    if not isinstance(tables, list) or len(tables) != len(lines):
        faults.append(f"{path}: write each acceptance under a line of its own, [[{TABLE}]]")
        raise SuppressionError(*faults)
    entries = []
    for line, table in zip(lines, tables, strict=True):
        found = list(faults_of(table, today))
        faults += [f"{path}:{line}: {fault}" for fault in found]
        if not found:
            entries.append(entry_of(table, f"{path}:{line}", line, today))
    faults += _repeated(entries)
    if faults:
        raise SuppressionError(*faults)
    return Sidecar(path, tuple(entries))


def read_text(path: Path) -> str:
    """Return the text of a suppressions file, its lines ended by a line feed.

    Parameters
    ----------
    path : Path
        The file, in UTF-8, with or without byte order mark.

    Raises
    ------
    SuppressionError
        If it is in another encoding.
    """
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SuppressionError(f"{path}: this is not UTF-8; save it as UTF-8") from error


def header_lines(text: str) -> list[int]:
    """Return the lines, from 1, on which an acceptance begins."""
    lines = text.split("\n")
    return [number for number, line in enumerate(lines, start=1) if _HEADER.fullmatch(line)]


def _repeated(entries: list[Entry]) -> Iterator[str]:
    first: dict[tuple[str, str | None], Entry] = {}
    for entry in entries:
        earlier = first.setdefault((entry.finding_id, entry.path), entry)
        if earlier is not entry:
            yield (
                f"{entry.place}: {entry.finding_id} stands in line {earlier.line} already; keep "
                "one of the two"
            )


def _syntax_fault(path: Path, text: str, error: tomllib.TOMLDecodeError) -> str:
    found = _AT_LINE.search(str(error))
    line = int(found[1]) if found else text.count("\n") + 1
    # Only the kind of fault is told: the parser's message may hold what stands there.
    what = str(error).partition("(at ")[0].strip()
    return f"{path}:{line}: this is not TOML ({what[:1].lower()}{what[1:]}); mend the line"


def _key(path: Path) -> str:
    """Return what two paths to one file have in common."""
    return os.path.normcase(path.resolve())


def _as_named(path: Path) -> Path:
    """Return the path as a person would name it, from the present folder if it lies there."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
