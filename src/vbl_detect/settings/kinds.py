"""What a setting's value must be: each kind says what it expects and reads a value of TOML."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from vbl_detect.closest import did_you_mean
from vbl_detect.settings.location import told

#: What each type of TOML is called in messages; a bool is an int to Python, so it comes first.
_FOUND: dict[type, Callable[[Any], str]] = {
    bool: lambda value: str(value).lower(),
    str: lambda value: f'the text "{value}"',
    int: lambda value: f"the number {value}",
    float: lambda value: f"the number {value}",
    list: lambda _: "a list",
    dict: lambda _: "a table",
    date: lambda value: f"the date {value}",
}


class WrongValueError(ValueError):
    """A value that does not do; the message goes on from the setting's name.

    Parameters
    ----------
    message : str
        Such as ``is the text "x"; give a number``.
    item : str, optional
        The item of a list that is wrong, so that its own line can be told.
    """

    def __init__(self, message: str, *, item: str | None = None) -> None:
        super().__init__(message)
        self.item = item


class Kind(Protocol):
    """A sort of value."""

    @property
    def expected(self) -> str:
        """What is expected, as a message says it: ``a number from 0 to 1``."""

    def read(self, value: object, folder: Path) -> Any:  # noqa: ANN401 - kinds differ in type
        """Return the value to use.

        Parameters
        ----------
        value : object
            The value as TOML gives it.
        folder : Path
            The folder of the settings file, from which paths are told.

        Raises
        ------
        WrongValueError
            If it does not do.
        """


class Text:
    """Some text that is not empty."""

    expected = "a text in quotes"

    def read(self, value: object, folder: Path) -> str:  # noqa: ARG002
        """Return the text, trimmed."""
        if not isinstance(value, str):
            raise _refusal(value, self)
        if not value.strip():
            raise WrongValueError(f"is empty; give {self.expected} or leave the line out")
        return value.strip()


@dataclass(frozen=True)
class Number:
    """A number within bounds."""

    low: float
    high: float

    @property
    def expected(self) -> str:
        """What is expected."""
        return f"a number from {self.low:g} to {self.high:g}"

    def read(self, value: object, folder: Path) -> float:  # noqa: ARG002
        """Return the number."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _refusal(value, self)
        if not self.low <= value <= self.high:
            raise _refusal(value, self)
        return float(value)


class Whole:
    """A whole number, 0 or more."""

    expected = "a whole number, 0 or more"

    def read(self, value: object, folder: Path) -> int:  # noqa: ARG002
        """Return the number."""
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise _refusal(value, self)
        return value


class Flag:
    """True or false."""

    expected = "true or false"

    def read(self, value: object, folder: Path) -> bool:  # noqa: ARG002
        """Return it."""
        if not isinstance(value, bool):
            raise _refusal(value, self)
        return value


class Day:
    """A calendar day."""

    expected = "a date without quotes, such as 2030-12-31"

    def read(self, value: object, folder: Path) -> date:  # noqa: ARG002
        """Return the day."""
        if isinstance(value, datetime) or not isinstance(value, date):
            raise _refusal(value, self)
        return value


@dataclass(frozen=True)
class Choice:
    """One of a few names, which are looked up only when they are needed."""

    names: Callable[[], Sequence[str]]

    @property
    def expected(self) -> str:
        """What is expected."""
        return "one of " + ", ".join(f'"{name}"' for name in self.names())

    def read(self, value: object, folder: Path) -> str:  # noqa: ARG002
        """Return the name."""
        if not isinstance(value, str):
            raise _refusal(value, self)
        if value not in self.names():
            hint = did_you_mean(value, self.names(), quote='"')
            raise WrongValueError(f'is "{value}"; give {self.expected}{hint}')
        return value


class Texts:
    """A list of texts."""

    expected = 'a list of texts, such as ["one", "two"]'

    def read(self, value: object, folder: Path) -> tuple[str, ...]:  # noqa: ARG002
        """Return the texts, trimmed."""
        if not isinstance(value, list):
            hint = f'; write ["{value}"]' if isinstance(value, str) else f"; give {self.expected}"
            raise WrongValueError(f"is {found(value)}, not a list{hint}")
        for item in value:
            if not isinstance(item, str):
                raise WrongValueError(f"holds {found(item)}; give {self.expected}")
            if not item.strip():
                raise WrongValueError("holds an empty text; leave it out", item=item)
        return tuple(item.strip() for item in value)


class Codes(Texts):
    """A list of codes, beginnings of codes, categories or severities; the lexicon knows them."""

    expected = 'a list of codes, categories or severities, such as ["RC", "high"]'


class Folders(Texts):
    """A list of folders, told from the folder of the settings file."""

    expected = 'a list of folders, such as ["our-lexicon"]'

    def read(self, value: object, folder: Path) -> tuple[str, ...]:
        """Return the folders' paths."""
        names = super().read(value, folder)
        for name in names:
            if not (folder / name).is_dir():
                raise WrongValueError(
                    f'names the folder "{name}", which is not there; '
                    "paths are told from the folder of the settings file",
                    item=name,
                )
        return tuple(told(Path(os.path.normpath(folder / name))) for name in names)


class OneFile(Text):
    """A file, told from the folder of the settings file."""

    expected = 'a file, such as ".vbl-baseline.json"'

    def read(self, value: object, folder: Path) -> str:
        """Return the file's path; the command tells if it is not there."""
        return told(Path(os.path.normpath(folder / super().read(value, folder))))


class Encoding(Text):
    """The name of an encoding of text."""

    expected = 'an encoding, such as "utf-8" or "cp1252"'

    def read(self, value: object, folder: Path) -> str:
        """Return the name."""
        name = super().read(value, folder)
        try:
            "x".encode(name)  # refuses what is no encoding of text, such as "hex"
        except LookupError as error:
            raise _refusal(value, self) from error
        return name


def _refusal(value: object, kind: Kind) -> WrongValueError:
    return WrongValueError(f"is {found(value)}; give {kind.expected}")


def found(value: object) -> str:
    """Return what a value of TOML is, in words.

    Parameters
    ----------
    value : object
        The value.
    """
    words = _FOUND.get(type(value))
    return f"the {type(value).__name__} {value}" if words is None else words(value)
