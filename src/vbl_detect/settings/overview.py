"""Every setting in force, its value, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vbl_detect.settings.keys import Key
from vbl_detect.settings.location import told
from vbl_detect.settings.records import Settings
from vbl_detect.settings.table import GROUPS, KEYS

DEFAULT, FROM_FILE = "default", "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A setting as people are told of it.

    Attributes
    ----------
    name : str
        The setting.
    value : object
        Its value, as JSON can hold it; None where the default is not one value.
    told : str
        The value in words.
    source : str
        ``default``, ``file`` or ``command line``.
    place : str, optional
        ``file:line`` of what comes from the file.
    """

    name: str
    value: Any
    told: str
    source: str
    place: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return what a program reads."""
        return {
            "name": self.name,
            "value": self.value,
            "source": self.source,
            "place": self.place,
        }


def overview(
    settings: Settings,
    given: Mapping[str, tuple[Any, str]] | None = None,
    *,
    command: str | None = None,
) -> Iterator[Row]:
    """Yield the settings in force.

    Parameters
    ----------
    settings : Settings
        What the file says.
    given : mapping of str to (object, str), optional
        The value and source of each parameter of a command; only settings that it takes are
        yielded. None: what the file says and the defaults.
    command : str, optional
        The command's name.
    """
    for key in KEYS:
        if given is None:
            setting = settings.values.get(key.name)
            value, source = (
                (key.default, DEFAULT) if setting is None else (setting.value, FROM_FILE)
            )
        else:
            taken = next((given[name] for name in key.parameters if name in given), None)
            if taken is None or not key.heeded_by(command):
                continue
            value, source = taken
        place = settings.place(key.name) if source == FROM_FILE else None
        yield Row(
            name=key.name, value=_plain(value), told=_words(key, value), source=source, place=place
        )
    yield from _tables(settings)


def _tables(settings: Settings) -> Iterator[Row]:
    for group in GROUPS:
        for record in settings.records(group.name):
            named = {} if group.pattern is None else {group.pattern: getattr(record, group.pattern)}
            values = {key.name: getattr(record, key.name.replace("-", "_")) for key in group.keys}
            shown = {name: value for name, value in values.items() if value not in (None, ())}
            words = "; ".join(f"{name} {_in_words(value)}" for name, value in shown.items())
            head = "".join(f"{value}: " for value in named.values())
            yield Row(
                name=group.name,
                value={name: _plain(value) for name, value in (named | values).items()},
                told=f"{head}{words}",
                source=FROM_FILE,
                place=record.place,
            )


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Path | date) else value


def _words(key: Key, value: object) -> str:
    return key.default_told if value in (None, (), []) else _in_words(value)


def _in_words(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_in_words, value))
    if isinstance(value, Path):
        return told(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
