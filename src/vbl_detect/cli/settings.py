"""How commands take their options' defaults from a settings file.

A `SettingsCommand` that declares `options.Config` and `options.Isolated` takes every option that is
not given on the command line from the settings file of what it reads. `in_force` gives it the rest
of that file.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import typer

from vbl_detect.cli.group import tell
from vbl_detect.cli.plain_help import PlainCommand
from vbl_detect.settings import KEYS, Key, Settings, find_settings, read_settings

logger = logging.getLogger(__name__)

#: Where the context keeps the arguments as they were typed.
GIVEN = "vbl_detect.given"
#: The parameters that name what a command reads, and the name of standard input.
_READ = ("paths", "findings", "gold", "target")
_STDIN, _STDIN_NAME = "-", "stdin_filename"
#: A threshold on the command line goes before those of single files.
_MIN_SCORE = "min_score"


class SettingsCommand(PlainCommand):
    """A command whose options have the settings file's values as their defaults."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the base's type
        """Read the settings file, then the arguments."""
        ctx.meta[GIVEN] = list(args)
        names = {parameter.name for parameter in self.params}
        if "config" in names and not ctx.resilient_parsing:
            given, _, _ = self.make_parser(ctx).parse_args(args=list(args))
            if not given.get("help"):
                settings = _settings(given)
                if given.get(_MIN_SCORE) is not None:
                    rules = (replace(rule, min_score=None) for rule in settings.per_file)
                    settings = replace(settings, per_file=tuple(rules))
                ctx.obj = settings
                ctx.default_map = {
                    parameter: setting.value
                    for key, setting in heeded(settings, ctx.info_name, given)
                    for parameter in key.parameters
                    if parameter in names
                }
        return super().parse_args(ctx, args)


def heeded(
    settings: Settings, command: str | None, given: Mapping[str, Any]
) -> Iterable[tuple[Key, Any]]:
    """Yield the settings of a file that a command heeds.

    Parameters
    ----------
    settings : Settings
        What the file says.
    command : str, optional
        The command's name.
    given : mapping of str to object
        What the command line gives, by parameter; None stands for nothing.
    """
    for key in KEYS:
        yields = key.yields_to is not None and given.get(key.yields_to) is not None
        if key.name in settings.values and key.heeded_by(command) and not yields:
            yield key, settings.values[key.name]


def in_force(ctx: typer.Context) -> Settings:
    """Return what the settings file says, and warn of allowed phrases whose time is over.

    Parameters
    ----------
    ctx : typer.Context
        The context of a `SettingsCommand`.
    """
    settings: Settings = ctx.obj
    if logger.isEnabledFor(logging.WARNING):
        for allowed in settings.expired(date.today()):
            tell(
                f'warning: {allowed.place}: "{allowed.phrase}" was allowed until '
                f"{allowed.expires}, and its findings count again; renew it or take it out"
            )
    return settings


def _settings(given: Mapping[str, Any]) -> Settings:
    if given.get("isolated"):
        return Settings()
    if given.get("config") is not None:
        return read_settings(Path(given["config"]).absolute())
    path = find_settings(_paths(given))
    return Settings() if path is None else read_settings(path)


def _paths(given: Mapping[str, Any]) -> Iterable[Path]:
    for parameter in _READ:
        values = given.get(parameter) or ()
        for value in (values,) if isinstance(values, str) else values:
            if value != _STDIN:
                yield Path(value)
            elif given.get(_STDIN_NAME) is not None:
                yield Path(given[_STDIN_NAME])
            else:
                yield Path.cwd()
