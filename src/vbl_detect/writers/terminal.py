"""The screen: its encoding, its width, whether it shows colour, and the colours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vbl_detect.records import Severity
from vbl_detect.writers.visible import visible

#: The style of each severity; the word always stands beside the colour.
SEVERITY_STYLES: dict[Severity, str] = {"high": "bold red", "medium": "yellow", "low": "cyan"}

#: Cells a line may take where there is no screen to ask.
PLAIN_WIDTH = 100


def encoding_of(out: TextIO) -> str:
    """Return the encoding of a stream; a stream of text in memory holds everything."""
    return getattr(out, "encoding", None) or "utf-8"


def console_for(out: TextIO) -> Console:
    """Return a console on `out` that interprets nothing in the text given to it.

    Whether it shows colour follows the stream and the environment (``NO_COLOR``, ``FORCE_COLOR``,
    ``TERM``). A stream that is not a terminal has `PLAIN_WIDTH`, whatever the environment says, so
    that its output is always the same.
    """
    console = Console(file=out, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = PLAIN_WIDTH
    return console


def labelled(rows: Iterable[tuple[str, str]], encoding: str) -> Table:
    """Return a table of labels and texts, the texts wrapped beside the labels.

    Parameters
    ----------
    rows : iterable of (str, str)
        Each label, empty where the text goes on with the one above, and its text.
    encoding : str
        The encoding of the stream it is shown on.
    """
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for label, text in rows:
        table.add_row(label, Text(visible(text, encoding)))
    return table


def print_table(console: Console, table: Table) -> None:
    """Print a table, without the spaces that pad its lines where the output is no terminal.

    Parameters
    ----------
    console : Console
        The console, from `console_for`.
    table : Table
        The table.
    """
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    console.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))
