"""Reading a settings file: every fault is told as ``file:line`` with the remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from vbl_detect.closest import did_you_mean
from vbl_detect.errors import SettingsError
from vbl_detect.files import why_unread
from vbl_detect.settings.keys import Group, Key
from vbl_detect.settings.kinds import Codes, WrongValueError, found
from vbl_detect.settings.lines import KeyPath, Lines, unfinished
from vbl_detect.settings.location import PYPROJECT, TABLE, own_table, told
from vbl_detect.settings.records import Setting, Settings
from vbl_detect.settings.table import GROUPS, KEYS

_AT = re.compile(r"(.*) \(at line (\d+), column (\d+)\)")


def read_settings(path: Path) -> Settings:
    """Read a settings file.

    Parameters
    ----------
    path : Path
        A ``vbl.toml``, or a ``pyproject.toml`` with the table ``tool.vbl-detect``.

    Raises
    ------
    SettingsError
        If anything in it cannot be used; the error carries every fault found.
    """
    text = _text(path)
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_no_toml(path, text, str(error))) from error
    except RecursionError as error:
        message = "brackets stand within each other without end; take them out"
        raise SettingsError(f"{told(path)}: {message}") from error
    table = own_table(parsed, path)
    if table is None:
        message = f"there is no table [{'.'.join(TABLE)}] in it; add it, or choose another file"
        raise SettingsError(f"{told(path)}: {message}")
    reading = _Reading(path, Lines(text))
    settings = reading.settings(table)
    if reading.faults:
        raise SettingsError(*(f"{told(path)}:{line}: {text}" for line, text in reading.faults))
    return settings


class _Reading:
    """One file being read, and the faults found so far, by line."""

    def __init__(self, path: Path, lines: Lines) -> None:
        self._path = path
        self._lines = lines
        self._root: KeyPath = TABLE if path.name == PYPROJECT else ()
        self._faults: list[tuple[int, str]] = []
        self._places: dict[str, str] = {}

    @property
    def faults(self) -> list[tuple[int, str]]:
        """What is wrong, in the order of the lines."""
        return sorted(self._faults)

    def settings(self, table: object) -> Settings:
        """Return the settings, of which only what is sound is there."""
        groups = {group.name: group for group in GROUPS}
        values = self._table(table, (*KEYS, *GROUPS), ())
        tables = {
            name: tuple(self._records(groups[name], values.pop(name).value))
            for name in groups
            if name in values
        }
        return Settings(
            path=self._path,
            values=values,
            places=self._places,
            **{_field(name): records for name, records in tables.items()},
        )

    def _table(
        self, table: object, known: Iterable[Key | Group], path: KeyPath
    ) -> dict[str, Setting]:
        """Return the sound values of a table; what is not sound becomes a fault."""
        keys = {key.name: key for key in known}
        if not isinstance(table, dict):
            name = path[-1] if path else ".".join(TABLE)
            some = ", ".join(f"{key.name} = …" for key in list(keys.values())[:2])
            self._fault(path, f'"{name}" is {found(table)}; give a table, such as {{ {some} }}')
            return {}
        values = {}
        for name, value in table.items():
            place = (*path, name)
            key = keys.get(name)
            if key is None:
                hint = did_you_mean(name, keys, quote='"') or f"; there are {', '.join(keys)}"
                self._fault(place, f'there is no setting "{name}"{hint}')
                continue
            try:
                read = key.kind.read(value, self._path.parent) if isinstance(key, Key) else value
            except WrongValueError as error:
                self._fault(place, f"{name} {error}", error.item)
                continue
            values[name] = Setting(read, self._line(place))
            if isinstance(key, Key) and isinstance(key.kind, Codes):
                for code in read:
                    line = self._line(place, code)
                    self._places.setdefault(code, f"{told(self._path)}:{line}")
        return values

    def _records(self, group: Group, value: object) -> Iterator[Any]:
        """Yield what the tables of a group become."""
        entries: Iterable[tuple[str | int, object]]
        if isinstance(value, dict) and group.pattern is not None:
            entries = value.items()
        elif isinstance(value, list) and group.pattern is None:
            entries = enumerate(value)
        else:
            self._fault((group.name,), f"{group.name} is {found(value)}; write {group.heading}")
            return
        for label, table in entries:
            path = (group.name, label)
            before = len(self._faults)
            values = self._table(table, group.keys, path)
            missing = [key for key in group.keys if key.required and key.name not in values]
            if len(self._faults) > before:
                continue
            for key in missing:
                message = f"{group.heading} has no {key.name}; add a line such as"
                self._fault(path, f"{message} {key.name} = {key.example}")
            if not missing:
                cells = {_field(name): setting.value for name, setting in values.items()}
                if group.pattern is None:
                    first = group.keys[0].name
                    line = self._line((*path, first), cells[first])
                else:
                    cells[group.pattern] = label
                    line = self._line(path)
                yield group.record(**cells, place=f"{self._path.name}:{line}")

    def _line(self, path: KeyPath, item: str | None = None) -> int:
        return self._lines.of((*self._root, *path), item)

    def _fault(self, path: KeyPath, message: str, item: str | None = None) -> None:
        self._faults.append((self._line(path, item), message))


def _field(name: str) -> str:
    return name.replace("-", "_")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "a character is not UTF-8; save the file with the encoding UTF-8"
        raise SettingsError(f"{told(path)}:{line}: {message}") from error
    except OSError as error:
        raise SettingsError(f"{told(path)}: {why_unread(path, error)}") from error


def _no_toml(path: Path, text: str, message: str) -> str:
    where = _AT.fullmatch(message)
    if where is None:
        what = "what begins here does not come to its end; close its bracket or quotation mark"
        return f"{told(path)}:{unfinished(text)}: {what}"
    what, line, column = where.groups()
    return (
        f"{told(path)}:{line}:{column}: this is not TOML as it should be ({what.lower()}); "
        "texts need quotation marks, say"
    )
