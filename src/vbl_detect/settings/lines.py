"""On which line of a TOML file a key stands, which `tomllib` does not tell.

A statement of TOML, a table's head or a key with its value, is a sound document of its own. So the
file is taken line by line until what has been taken can be read, and `tomllib` says what it holds.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeAlias

#: The way to a value: names of keys, and the number, from 0, in a list of tables.
KeyPath: TypeAlias = tuple[str | int, ...]


class Lines:
    """The lines of a TOML file's keys.

    Parameters
    ----------
    text : str
        The file; it must be sound.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._ranges: dict[KeyPath, range] = {}
        table: KeyPath = ()
        entries: Counter[KeyPath] = Counter()
        for numbers, parsed in _statements(self._lines):
            if self._lines[numbers.start - 1].lstrip().startswith("["):
                table, is_list = _head(parsed)
                if is_list:
                    entries[table] += 1
                    table = (*table, entries[table] - 1)
                self._ranges.setdefault(table, numbers)
            else:
                for path in _paths(parsed):
                    self._ranges.setdefault((*table, *path), numbers)

    def of(self, path: KeyPath, item: str | None = None) -> int:
        """Return the line, from 1, on which a key starts, or the nearest key around it.

        Parameters
        ----------
        path : KeyPath
            The key.
        item : str, optional
            A text in the key's value: the first line of the value that holds it is given instead.
        """
        while path and path not in self._ranges:
            path = path[:-1]
        numbers = self._ranges.get(path, range(1, 2))
        if item is not None:
            quoted = (f'"{item}"', f"'{item}'")
            holding = (n for n in numbers if any(q in self._lines[n - 1] for q in quoted))
            return next(holding, numbers.start)
        return numbers.start


def unfinished(text: str) -> int:
    """Return the line, from 1, on which the last statement begins that does not come to an end.

    Parameters
    ----------
    text : str
        A file that cannot be read because it ends too soon.
    """
    lines = text.split("\n")
    return next((n for n in range(len(lines), 0, -1) if _is_sound("\n".join(lines[: n - 1]))), 1)


def _is_sound(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _statements(lines: list[str]) -> Iterator[tuple[range, dict[str, Any]]]:
    taken, start = "", 1
    for number, line in enumerate(lines, 1):
        taken += line + "\n"
        try:
            parsed = tomllib.loads(taken)
        except tomllib.TOMLDecodeError:
            continue
        if parsed:
            yield range(start, number + 1), parsed
        taken, start = "", number + 1


def _head(parsed: dict[str, Any]) -> tuple[KeyPath, bool]:
    path: list[str] = []
    value: Any = parsed
    while isinstance(value, dict) and value:
        [(name, value)] = value.items()
        path.append(name)
    return tuple(path), isinstance(value, list)


def _paths(value: object) -> Iterator[KeyPath]:
    items: Iterator[tuple[str | int, Any]]
    if isinstance(value, dict):
        items = iter(value.items())
    elif isinstance(value, list):
        items = enumerate(value)
    else:
        return
    for name, inner in items:
        yield (name,)
        yield from ((name, *path) for path in _paths(inner))
