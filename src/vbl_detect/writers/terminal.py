"""The screen: its encoding, its width, whether it shows colour, and the colours."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console

from vbl_detect.records import Severity

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
