"""The page of commands and options, and the man page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import vbl_detect
from pages.command_line import PROGRAM, CommandText, Parameter, commands
from vbl_detect.errors import ExitCode

_INTRODUCTION = """\
# Commands and options

<!-- Made by `make pages` from src/vbl_detect/cli/. -->

What each command and option does, as `vbl-detect COMMAND --help` tells it. Results go to standard
output or to `-o`; progress, summaries and errors go to standard error. What you would type each
time can stand in a [settings file](settings.md).

| exit code | |
| ---: | --- |
{codes}

`NO_COLOR=1` in the environment takes the colours away, `FORCE_COLOR=1` keeps them where output is
not a terminal.

"""
_CODES = {
    ExitCode.DONE: "done",
    ExitCode.FINDINGS: "findings at or above `--fail-on`",
    ExitCode.USAGE: "wrong usage or settings, or a crash",
    ExitCode.UNREADABLE_INPUT: "finished, but some input could not be read (each named)",
    ExitCode.HASH_MISMATCH: "a model or lexicon whose hash does not match its manifest",
    ExitCode.INTERRUPTED: "interrupted; no half-written file is left",
}


def page() -> str:
    """Return the page of all commands, in Markdown."""
    codes = "\n".join(f"| {code.value} | {text} |" for code, text in _CODES.items())
    parts = [_INTRODUCTION.format(codes=codes).rstrip() + "\n"]
    for command in commands():
        level = "##" if command.name.count(" ") == 1 else "###"
        parts.append(f"{level} {command.name}\n\n{_paragraphs(command.help)}\n")
        parts.append(f"```text\n{command.usage}\n```\n")
        if command.parameters:
            rows = "\n".join(_row(parameter) for parameter in command.parameters)
            parts.append(f"| option | what it does |\n| --- | --- |\n{rows}\n")
    return "\n".join(parts)


def _paragraphs(text: str) -> str:
    return "\n\n".join(
        textwrap.fill(" ".join(part.split()), 100) for part in text.split("\n\n")
    ).replace("<", "\\<")


def _row(parameter: Parameter) -> str:
    value = f" {parameter.value}" if parameter.value else ""
    named = ", ".join(f"`{name}{value}`" for name in parameter.names) or f"`{parameter.value}`"
    told = [parameter.help, f"Default: {parameter.default}." if parameter.default else ""]
    required = "Required." if parameter.names and parameter.required else ""
    cells = (named, " ".join(part for part in (*told, required) if part))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def man_page() -> str:
    """Return the man page, in roff."""
    return "\n".join(_man_lines()) + "\n"


def _man_lines() -> Iterator[str]:
    yield '.\\" Made by "make pages" from src/vbl_detect/cli/.'
    yield f'.TH VBL\\-DETECT 1 "" "{PROGRAM} {vbl_detect.__version__}" "User commands"'
    yield ".SH NAME"
    yield f"{_roff(PROGRAM)} \\- find victim\\-blaming language in reviews and case notes"
    yield ".SH SYNOPSIS"
    yield f".B {_roff(PROGRAM)}"
    yield "COMMAND [OPTION]..."
    yield ".SH DESCRIPTION"
    yield _roff(
        "Finds victim-blaming wording in police supervisors' reviews and case notes, says why it "
        "harms, and offers better words. Nothing leaves the machine. Every finding is for a person "
        "to read; none must be used to judge or rank the people who wrote the notes."
    )
    yield ".SH COMMANDS"
    for command in commands():
        yield from _man_command(command)
    yield ".SH EXIT STATUS"
    for code, text in _CODES.items():
        yield from (".TP", f".B {code.value}", _roff(text.replace("`", "")))


def _man_command(command: CommandText) -> Iterator[str]:
    yield f".SS {_roff(command.usage)}"
    for number, part in enumerate(command.help.split("\n\n")):
        if number:
            yield ".PP"
        yield _roff(" ".join(part.split()))
    for parameter in command.parameters:
        value = f" {parameter.value}" if parameter.value and parameter.names else ""
        names = ", ".join(f"{name}{value}" for name in parameter.names) or parameter.value
        told = f" Default: {parameter.default}." if parameter.default else ""
        yield from (".TP", f".B {_roff(names)}", _roff(parameter.help + told))


def _roff(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    return f"\\&{text}" if text.startswith((".", "'")) else text
