"""The commands and their parameters, read from the functions that declare them."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import typer
from typer.models import ArgumentInfo, OptionInfo

from vbl_detect.cli.commands import COMMANDS

PROGRAM = "vbl-detect"
_METAVARS = {Path: "PATH", int: "N", float: "NUMBER", str: "TEXT"}


@dataclass(frozen=True)
class Parameter:
    """An argument or an option.

    Attributes
    ----------
    names : tuple of str
        ``--output`` and ``-o``; an argument has none.
    value : str
        What stands behind the name, or for an argument its name; empty for a switch.
    help : str
        What it does.
    default : str
        What holds without it; empty if nothing is worth telling.
    required, repeatable : bool
        Whether it must be given, and whether more than once.
    """

    names: tuple[str, ...]
    value: str
    help: str
    default: str
    required: bool
    repeatable: bool


@dataclass(frozen=True)
class CommandText:
    """A command with its help and parameters.

    Attributes
    ----------
    name : str
        As it is typed, ``vbl-detect suppress add``.
    help : str
        Its help; empty paragraphs stand apart.
    parameters : tuple of Parameter
        Arguments first.
    is_group : bool
        Whether it only holds other commands.
    """

    name: str
    help: str
    parameters: tuple[Parameter, ...]
    is_group: bool

    @property
    def usage(self) -> str:
        """How the command is typed."""
        if self.is_group:
            return f"{self.name} COMMAND …"
        words = [self.name]
        if any(parameter.names for parameter in self.parameters):
            words.append("[OPTION]…")
        for parameter in self.parameters:
            if not parameter.names:
                word = parameter.value + ("…" if parameter.repeatable else "")
                words.append(word if parameter.required else f"[{word}]")
        return " ".join(words)


def commands() -> Iterator[CommandText]:
    """Yield every command in the order of the overview, groups before their commands."""
    for name, listed in COMMANDS.items():
        declared = getattr(import_module(f"vbl_detect.cli.{listed.module}"), listed.function)
        if not isinstance(declared, typer.Typer):
            yield _command(f"{PROGRAM} {name}", declared)
            continue
        yield CommandText(f"{PROGRAM} {name}", listed.summary, (), is_group=True)
        for command in declared.registered_commands:
            function = command.callback
            if function is None or command.hidden:
                continue
            word = command.name or function.__name__.replace("_", "-")
            yield _command(f"{PROGRAM} {name} {word}", function)


def _command(name: str, function: Callable[..., Any]) -> CommandText:
    hints = typing.get_type_hints(function, include_extras=True)
    signature = inspect.signature(function)
    parameters = [
        _parameter(key, hints[key], given.default)
        for key, given in signature.parameters.items()
        if hasattr(hints[key], "__metadata__")
    ]
    parameters.sort(key=lambda parameter: bool(parameter.names))
    return CommandText(name, inspect.getdoc(function) or "", tuple(parameters), is_group=False)


def _parameter(key: str, hint: Any, default: Any) -> Parameter:  # noqa: ANN401 - any annotation
    [info] = [one for one in hint.__metadata__ if isinstance(one, (ArgumentInfo, OptionInfo))]
    kind = _bare(hint.__origin__)
    repeatable = typing.get_origin(kind) in {list, tuple}
    inner = typing.get_args(kind)[0] if repeatable else kind
    is_option = isinstance(info, OptionInfo)
    # Inside Annotated, typer takes what is declared first for a name and not for a default.
    first = [info.default] if isinstance(info.default, str) else []
    declared = (*first, *(info.param_decls or ()))
    names = tuple(name for name in declared if name.startswith("-"))
    names = names or (f"--{key.replace('_', '-')}",)
    value = "" if inner is bool else info.metavar or _metavar(inner)
    empty = default is inspect.Parameter.empty
    return Parameter(
        names=names if is_option else (),
        value=value if is_option else value if info.metavar else key.upper(),
        help=" ".join((info.help or "").split()),
        default=_told(default, info) if is_option else "",
        required=empty and info.default_factory is None,
        repeatable=repeatable,
    )


def _bare(kind: Any) -> Any:  # noqa: ANN401 - any annotation
    """Return a type without its ``| None`` and its alias."""
    kind = getattr(kind, "__value__", kind)
    others = [one for one in typing.get_args(kind) if one is not type(None)]
    if type(None) in typing.get_args(kind):
        return _bare(others[0])
    return kind


def _metavar(kind: Any) -> str:  # noqa: ANN401 - any annotation
    if typing.get_origin(kind) is Literal:
        return "|".join(map(str, typing.get_args(kind)))
    members: Mapping[str, Any] = getattr(kind, "__members__", {})
    if members:
        return "|".join(str(member.value) for member in members.values())
    return _METAVARS.get(kind, "VALUE")


def _told(default: Any, info: OptionInfo | ArgumentInfo) -> str:  # noqa: ANN401 - any default
    if isinstance(info.show_default, str):
        return info.show_default
    if default is inspect.Parameter.empty or default is None or info.show_default is False:
        return ""
    if isinstance(default, bool):
        return ""
    return str(getattr(default, "value", default))
