"""``vbl-detect config``: the settings in force, and a file to begin with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from vbl_detect import resources
from vbl_detect.cli import options
from vbl_detect.cli.group import CommandGroup, tell
from vbl_detect.cli.plain_help import PlainCommand
from vbl_detect.cli.settings import SettingsCommand
from vbl_detect.errors import UsageError
from vbl_detect.files import replacing
from vbl_detect.lexicon import read_lexicon
from vbl_detect.selection import Selection
from vbl_detect.settings import Settings, told
from vbl_detect.settings.location import FILE
from vbl_detect.settings.overview import Row, overview
from vbl_detect.settings.pages import beginning

ConfigFormat = Literal["text", "json"]

#: Where the sources of click's parameters come from, in our words.
_SOURCES = {"DEFAULT": "default", "DEFAULT_MAP": "file", "COMMANDLINE": "command line"}
#: Longer values push their source to the right, one by one.
_WIDEST = 40

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    help="Show the settings in force and where each comes from; write a file to begin with.",
)


@app.command(
    "show",
    cls=SettingsCommand,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
def show_command(
    ctx: typer.Context,
    command: Annotated[
        list[str],
        typer.Argument(
            metavar="COMMAND",
            help="A command as you would type it, such as check review.docx --min-score 0.7.",
            default_factory=list,
            show_default=False,
        ),
    ],
    output_format: Annotated[
        ConfigFormat, typer.Option("--format", help="Lines for a person, or JSON.")
    ] = "text",
    config: options.Config = None,
    isolated: options.Isolated = False,
) -> None:
    """Show every setting, its value and where it comes from.

    Without a command, what a file sets for the working directory; with one, what would be in force
    if it ran, its own options included. Nothing is judged.
    """
    settings: Settings = ctx.obj
    given: dict[str, tuple[Any, str]] | None = None
    name: str | None = None
    if command:
        asked = _context(ctx, command, config, isolated=isolated)
        settings, name = asked.obj, asked.info_name
        given = {
            parameter: (value, _SOURCES[asked.get_parameter_source(parameter).name])
            for parameter, value in asked.params.items()
        }
    _check_codes(settings)
    rows = list(overview(settings, given, command=name))
    if output_format == "json":
        typer.echo(_as_json(settings, rows))
    else:
        typer.echo("\n".join(_as_lines(settings, rows)))


@app.command("init", cls=PlainCommand)
def init_command(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Where the file goes.", show_default=False),
    ] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a vbl.toml with every setting explained and switched off."""
    path = folder / FILE
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder; make it first")
    if path.exists() and not force:
        raise UsageError(f"{path} is there already; --force replaces it")
    with replacing(path) as temporary:
        temporary.write_text(beginning(), "utf-8")
    tell(f"wrote {path}; 'vbl-detect config show' tells what is in force")


def _context(
    ctx: typer.Context, command: Sequence[str], config: Path | None, *, isolated: bool
) -> Any:  # noqa: ANN401 - typer has no public name for its type
    """Return the context that a command line would run in, without running it."""
    root: Any = ctx.find_root()
    name, found, rest = root.command.resolve_command(root, list(command))
    if "config" not in {parameter.name for parameter in found.params}:
        raise UsageError(f"{name} takes no settings; name a command that looks for findings")
    found = copy(found)
    found.params = [copy(parameter) for parameter in found.params]
    for parameter in found.params:
        parameter.required = False  # what is to be read may be left out here
    own = [*(["--config", str(config)] if config else ()), *(["--isolated"] if isolated else ())]
    return found.make_context(name, [*own, *rest], parent=root)


def _check_codes(settings: Settings) -> None:
    """Raise an error if the file names a code, category or severity that the lexicon has not."""
    if settings.places:
        lexicon = read_lexicon([resources.lexicon_dir(), *settings.lexicons])
        Selection(tuple(settings.places), (), settings.places).codes(lexicon)


def _as_json(settings: Settings, rows: Sequence[Row]) -> str:
    shown = {
        "file": None if settings.path is None else told(settings.path),
        "settings": [row.as_dict() for row in rows],
    }
    return json.dumps(shown, indent=2, ensure_ascii=False)


def _as_lines(settings: Settings, rows: Sequence[Row]) -> list[str]:
    path = settings.path
    first = "No settings file; these are the defaults." if path is None else f"From {told(path)}:"
    names = max(len(row.name) for row in rows)
    values = min(max(len(row.told) for row in rows), _WIDEST)
    return [
        first,
        "",
        *(f"{row.name:<{names}}  {row.told:<{values}}  {row.place or row.source}" for row in rows),
    ]
