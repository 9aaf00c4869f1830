"""What people read of the settings: the page in docs/, and a file to begin with."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from vbl_detect.settings.keys import Group, Key
from vbl_detect.settings.table import GROUPS, KEYS

_WIDTH = 88

_INTRODUCTION = """\
# Settings

<!-- Made by scripts/write_settings_page.py from src/vbl_detect/settings/table.py. -->

Settings stand in a `vbl.toml`, or in a `pyproject.toml` under `[tool.vbl-detect]`.
`vbl-detect config init` writes a `vbl.toml` with every setting in it, explained and switched off.
`vbl-detect config show` tells every setting in force and where it comes from; with a command behind
it, such as `vbl-detect config show check review.docx --min-score 0.7`, it tells what would be in
force there.

**Which file.** The one in the nearest parent folder of the files that a command reads; of the
working directory, where it reads a text or standard input without a name. In one folder `vbl.toml`
goes before `pyproject.toml`. A run has one file of settings: files that belong to different ones
cannot be read together, and the message says so. `--config FILE` names the file, and `--isolated`
has none.

**Which value.** The command line goes before the file, and the file before the default. A list on
the command line takes the place of the file's; `--extend-select` and `--extend-ignore` add to it.

**Mistakes.** Whatever is wrong in the file is told at once, as `file:line` with the remedy, and
nothing is judged until it is mended.
"""

_BEGINNING = """\
# Settings of vbl-detect for the files in this folder and below.
#
# Take the # away from a line such as #select to set it. 'vbl-detect config show' tells what is in
# force.
"""


def page() -> str:
    """Return the page of all settings, in Markdown."""
    parts = [_INTRODUCTION, "## The settings\n"]
    for key in KEYS:
        parts.append(f"### `{key.name}`\n\n{key.meaning}\n\n{_facts(key)}")
        parts.append(f"```toml\n{_line(key)}\n```\n")
    for group in GROUPS:
        rows = "\n".join(
            f"| `{key.name}` | {_cell(key.meaning)} | {key.kind.expected} | {_default(key)} |"
            for key in group.keys
        )
        parts.append(
            f"### `{group.heading}`\n\n{group.meaning}\n\n"
            f"| key | meaning | value | without it |\n| --- | --- | --- | --- |\n{rows}\n"
        )
        parts.append("```toml\n" + "\n".join(_example(group)) + "\n```\n")
    return "\n".join(parts)


def beginning() -> str:
    """Return a settings file with every setting explained and switched off."""
    parts = [_BEGINNING]
    for key in KEYS:
        comment = _comment(f"{key.meaning} Default: {key.default_told}.")
        parts.append(f"{comment}\n#{_line(key)}\n")
    for group in GROUPS:
        lines = "\n".join(f"#{line}" for line in _example(group))
        parts.append(f"{_comment(group.meaning)}\n{lines}\n")
    return "\n".join(parts)


def _facts(key: Key) -> str:
    options = ", ".join(f"`--{name}`" for name in _options(key))
    facts = [
        f"- value: {key.kind.expected}",
        f"- default: {key.default_told}",
        f"- on the command line: {options}",
    ]
    return "\n".join(facts) + "\n"


def _options(key: Key) -> Iterator[str]:
    for parameter in key.parameters:
        yield parameter.removeprefix("output_").replace("_", "-")


def _default(key: Key) -> str:
    return "an error" if key.required else key.default_told


def _line(key: Key) -> str:
    return f"{key.name} = {key.example}"


def _example(group: Group) -> list[str]:
    lines = [group.example] if group.example else [_line(key) for key in group.keys]
    return [group.heading, *lines]


def _comment(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="# ", subsequent_indent="# ")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
