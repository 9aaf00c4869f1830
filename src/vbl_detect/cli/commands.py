"""Every command, by name; its module is imported only when the command is run."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand
from typer.main import get_group

from vbl_detect.cli.group import CommandGroup
from vbl_detect.lean_spacy import import_spacy


class Command(NamedTuple):
    """Where a command stands, and what the overview says of it.

    Attributes
    ----------
    module : str
        The module in `vbl_detect.cli`.
    summary : str
        The first line of the command's own help; a test holds both equal.
    function : str
        The function that declares the command, or ``app`` for a group of commands.
    judges : bool
        Whether it judges text, for which it needs spaCy.
    """

    module: str
    summary: str
    function: str
    judges: bool = True


#: The headings of ``--help``, by task, and the commands under each.
PANELS: Mapping[str, Sequence[str]] = {
    "Many notes": (
        "scan",
        "report",
        "sample",
    ),
    "A draft": (
        "check",
        "explain",
        "rule",
        "serve",
        "lsp",
        "suppress",
        "baseline",
    ),
    "Practice": ("learn",),
    "Labelled notes": (
        "label",
        "agree",
        "evaluate",
        "train",
    ),
    "Your own wording and settings": (
        "lexicon",
        "config",
        "doctor",
    ),
}

#: Every command, in the order in which ``--help`` shows them.
COMMANDS: Mapping[str, Command] = {
    "scan": Command(
        "scan",
        "Find victim-blaming wording in exported notes.",
        function="scan_command",
    ),
    "report": Command(
        "report",
        "Make one page, or a workbook, from findings: by category, month and kept columns.",
        function="report_command",
    ),
    "sample": Command(
        "sample",
        "Draw notes by chance for people to read; estimate from their answers how many blame.",
        function="app",
    ),
    "check": Command(
        "check",
        "Check drafts: where, what, why, and what to write instead.",
        function="check_command",
    ),
    "explain": Command(
        "explain",
        "Show each match in a text, its context, the rule that decided, and whether it counts.",
        function="explain_command",
    ),
    "rule": Command(
        "rule",
        "Tell what a code or a category means, why it harms, and what to write instead.",
        function="rule_command",
        judges=False,
    ),
    "serve": Command(
        "serve",
        'Open a page in your browser to paste a draft into; needs the extra "serve".',
        function="serve_command",
    ),
    "lsp": Command(
        "lsp",
        'Serve an editor: findings as you type; needs the extra "lsp".',
        function="lsp_command",
    ),
    "suppress": Command(
        "suppress",
        "Accept wording in drafts for a time, without marking them; look after what was accepted.",
        function="app",
    ),
    "baseline": Command(
        "baseline",
        "Accept what is found in drafts now, so that 'check --baseline' tells of new wording.",
        function="app",
    ),
    "learn": Command(
        "learn",
        "Make exercises for analysts, work on them, and mark the answers.",
        function="app",
        judges=False,
    ),
    "label": Command(
        "label",
        "Choose notes to label; take them to doccano, Label Studio or Prodigy, and back.",
        function="app",
    ),
    "agree": Command(
        "agree",
        "Measure how far readers of the same notes agree; show where not; write the agreed answer.",
        function="agree_command",
        judges=False,
    ),
    "evaluate": Command(
        "evaluate",
        "Measure findings against labelled notes: precision, recall and F1, beside baselines.",
        function="evaluate_command",
    ),
    "train": Command(
        "train",
        'Fit the classifier from labelled notes; needs the extra "train".',
        function="train_command",
    ),
    "lexicon": Command(
        "lexicon",
        "Show the lexicon, find the faults in its files, try its rows on text.",
        function="app",
    ),
    "config": Command(
        "config",
        "Show the settings in force and where each comes from; write a file to begin with.",
        function="app",
    ),
    "doctor": Command(
        "doctor",
        "Tell versions and hashes, and try the installation without a network.",
        function="doctor_command",
    ),
}


class RootGroup(CommandGroup):
    """The group of all `COMMANDS`; listing them imports none."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - the base class's settings
        super().__init__(**settings)
        for name, listed in COMMANDS.items():
            self.add_command(TyperCommand(name, help=listed.summary))

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 - as in the base class
        """Write the commands under the headings of their tasks."""
        width = max(map(len, COMMANDS))
        for panel, names in PANELS.items():
            with formatter.section(panel):
                formatter.write_dl([(f"{name:{width}}", COMMANDS[name].summary) for name in names])

    def resolve_command(self, ctx: Any, args: Any) -> Any:  # noqa: ANN401 - as in the base class
        """Return the chosen command, imported."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, load_command(name) if name else command, rest


def load_command(name: str) -> Any:  # noqa: ANN401 - typer has no public name for its type
    """Import a command.

    Parameters
    ----------
    name : str
        A key of `COMMANDS`.
    """
    from vbl_detect.cli.settings import SettingsCommand  # noqa: PLC0415 - not for the overview

    listed = COMMANDS[name]
    if listed.judges:
        import_spacy()
    declared = getattr(import_module(f"vbl_detect.cli.{listed.module}"), listed.function)
    app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)
    if isinstance(declared, typer.Typer):
        app.add_typer(declared, name=name)
    else:
        app.command(name, cls=SettingsCommand)(declared)
    command = get_group(app).commands[name]
    _flow(command)
    return command


def _flow(command: Any) -> None:  # noqa: ANN401 - typer has no public name for its type
    """Let the help's paragraphs run as wide as the terminal is, not as wide as the source."""
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    command.help = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    for below in getattr(command, "commands", {}).values():
        _flow(below)
