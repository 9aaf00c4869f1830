"""The terminal that a quiz runs in, or a script that stands for the person."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

from rich.text import Text

from vbl_detect.quiz.dialogue import StopError
from vbl_detect.writers.terminal import console_for, encoding_of, labelled, print_table
from vbl_detect.writers.visible import visible


class TerminalScreen:
    """Shows on a stream, and reads what is typed from standard input.

    Width and colours follow the terminal and ``NO_COLOR``; nothing is told by colour alone.

    Parameters
    ----------
    out : TextIO
        Where to show.
    """

    def __init__(self, out: TextIO) -> None:
        self._console = console_for(out)
        self._encoding = encoding_of(out)
        self._out = out

    def say(self, text: str, style: str = "") -> None:
        """Show a paragraph."""
        shown = Text(visible(text, self._encoding))
        for line in shown.wrap(self._console, self._console.width):
            line.rstrip()
            line.stylize(style)
            self._console.print(line, soft_wrap=True)

    def rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """Show labels, and texts beside them."""
        print_table(self._console, labelled(rows, self._encoding))

    def gap(self) -> None:
        """Leave a line."""
        self._out.write("\n")

    def ask(self, prompt: str) -> str:
        """Ask for a line."""
        while True:
            self._out.write(prompt)
            self._out.flush()
            try:
                line = sys.stdin.readline()
            except UnicodeDecodeError:
                self.say("That cannot be read as text; type it again.")
                continue
            if not sys.stdin.isatty():
                self._out.write("\n")
            if not line:
                raise StopError
            return line
