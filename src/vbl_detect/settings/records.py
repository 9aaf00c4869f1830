"""The settings in force, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from vbl_detect.settings.location import told


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a file: its value, and the line it stands on, from 1."""

    value: Any
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """A phrase that is all right.

    Attributes
    ----------
    phrase, reason : str
        The words, and why they are all right.
    expires : date, optional
        The last day on which it holds; None: it always does.
    place : str
        The file's name and the line: ``vbl.toml:12``.
    """

    phrase: str
    reason: str
    expires: date | None = None
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule:
    """What holds for the files that fit a pattern.

    Attributes
    ----------
    pattern : str
        As in ``.gitignore``, told from the folder of the settings file.
    select, ignore : tuple of str
        What is reported of what is selected, and what is left out of it.
    min_score : float, optional
        The threshold, 0 to 1; None: that of the run.
    place : str
        The file's name and the line.
    """

    pattern: str
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_score: float | None = None
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a settings file says.

    Attributes
    ----------
    path : Path, optional
        The file; None: there is none, and nothing is set.
    values : mapping of str to Setting
        The settings that are one value, by name.
    allow : tuple of Allowed
        The phrases that are all right.
    per_file : tuple of FileRule
        What holds for single files, in the order of the file.
    places : mapping of str to str
        ``file:line`` of each code, category or severity named.
    """

    path: Path | None = None
    values: Mapping[str, Setting] = field(default_factory=dict)
    allow: tuple[Allowed, ...] = ()
    per_file: tuple[FileRule, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def lexicons(self) -> tuple[Path, ...]:
        """The lexicon folders that the file names."""
        setting = self.values.get("lexicons")
        return () if setting is None else tuple(map(Path, setting.value))

    def as_dict(self) -> dict[str, Any]:
        """Return what a run's manifest keeps beside the values of its options."""
        return {
            "file": None if self.path is None else told(self.path),
            "allow": [
                {**asdict(one), "expires": one.expires and one.expires.isoformat()}
                for one in self.allow
            ],
            "per_file": [asdict(one) for one in self.per_file],
        }

    def place(self, name: str) -> str | None:
        """Return ``file:line`` of a setting that is one value, or None if the file has it not.

        Parameters
        ----------
        name : str
            The setting.
        """
        if self.path is None or name not in self.values:
            return None
        return f"{self.path.name}:{self.values[name].line}"

    def records(self, group: str) -> tuple[Allowed | FileRule, ...]:
        """Return what the tables of a setting became.

        Parameters
        ----------
        group : str
            The setting: ``allow`` or ``per-file``.
        """
        records: tuple[Allowed | FileRule, ...] = getattr(self, group.replace("-", "_"))
        return records

    def expired(self, today: date) -> Iterator[Allowed]:
        """Yield the phrases whose last day is over.

        Parameters
        ----------
        today : date
            The present day.
        """
        return (one for one in self.allow if one.expires is not None and one.expires < today)
