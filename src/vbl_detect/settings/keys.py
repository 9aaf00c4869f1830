"""What there is to know of a setting; the settings themselves stand in `table`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vbl_detect.settings.kinds import Kind
from vbl_detect.settings.records import Allowed, FileRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One setting.

    Attributes
    ----------
    name : str
        The name in the file.
    kind : Kind
        What its value must be.
    meaning : str
        What it does, as a sentence.
    default : object
        What is in force without it; None or empty where `default_words` say it.
    default_words : str
        The default in words.
    example : str
        A value as TOML writes it.
    options : tuple of str
        The parameters of commands that it is the default of; by default its name.
    commands : tuple of str
        The commands that heed it; by default every command that has such an option.
    yields_to : str, optional
        The parameter that, given on the command line, leaves the setting without say.
    required : bool
        Whether the table that holds it must have it.
    """

    name: str
    kind: Kind
    meaning: str
    default: Any = None
    default_words: str = ""
    example: str
    options: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    yields_to: str | None = None
    required: bool = False

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of commands that this is the default of."""
        return self.options or (self.name.replace("-", "_"),)

    def heeded_by(self, command: str | None) -> bool:
        """Tell whether a command that has such an option takes its default from here."""
        return not self.commands or command in self.commands

    @property
    def default_told(self) -> str:
        """The default as a person reads it."""
        return self.default_words or str(self.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A setting that is made of tables.

    Attributes
    ----------
    name : str
        The name in the file.
    keys : tuple of Key
        What each table holds.
    meaning : str
        What it does, as a sentence.
    record : type
        What each table becomes.
    pattern : str, optional
        The record's field for the pattern that each table stands under; None: it is a list of
        tables, ``[[name]]``.
    example : str
        A line under the heading, as TOML writes it; empty: the examples of its keys.
    """

    name: str
    keys: tuple[Key, ...]
    meaning: str
    record: type[Allowed | FileRule]
    pattern: str | None = None
    example: str = ""

    @property
    def heading(self) -> str:
        """The heading over its keys."""
        return f"[[{self.name}]]" if self.pattern is None else f"[{self.name}]"
