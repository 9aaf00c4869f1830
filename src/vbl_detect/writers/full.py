"""The format `full`: a code frame with the phrase marked, why it harms, and what to write."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from vbl_detect.records import Finding
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.frame import frame_of, shortened
from vbl_detect.writers.place import place_in_words, why_not_counted
from vbl_detect.writers.terminal import SEVERITY_STYLES, console_for, encoding_of
from vbl_detect.writers.visible import visible

# A line is a sequence of (text, style): joined as it is in plain output, coloured on a terminal.
Line = list[tuple[str, str]]

_BAR = "  | "
_NOTE = "  = "
_CONTINUED = " " * (len(_NOTE) + 2)
_NARROWEST = 40


def write(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write each finding as a block of lines, with a blank line between blocks.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    out : TextIO
        Where to; colours are used if it is a terminal.
    run : RunInfo
        Whether uncounted findings are shown.
    """
    console = console_for(out)
    encoding = encoding_of(out)
    width = max(console.width - len(_BAR), _NARROWEST)
    separator = ""
    for finding in run.shown(findings):
        out.write(separator)
        separator = "\n"
        for line in _block(finding, run, width=width, encoding=encoding):
            if console.is_terminal:
                _print_styled(line, console)
            else:
                out.write("".join(text for text, _ in line) + "\n")


def _block(finding: Finding, run: RunInfo, *, width: int, encoding: str) -> Iterator[Line]:
    yield [(visible(place_in_words(finding), encoding), "dim")]
    yield _headline(finding, width=width, encoding=encoding)
    frame = frame_of(finding, width=width, encoding=encoding)
    style = SEVERITY_STYLES[finding.severity]
    if frame is not None:
        yield [(_BAR, "blue"), (frame.before, ""), (frame.phrase, style), (frame.after, "")]
        if frame.marks:
            yield [(_BAR, "blue"), (" " * frame.indent, ""), ("^" * frame.marks, style)]
    for label, text in _remarks(finding, details=run.details):
        yield [(_NOTE, "blue"), (f"{label}: ", "bold"), (visible(text, encoding), "")]


def _headline(finding: Finding, *, width: int, encoding: str) -> Line:
    line = [
        (finding.code, f"bold {SEVERITY_STYLES[finding.severity]}"),
        (f" {finding.category} (", ""),
        (finding.severity, SEVERITY_STYLES[finding.severity]),
        (")", ""),
    ]
    if finding.phrase is not None:
        phrase = shortened(visible(finding.phrase[: 4 * width], encoding), width, encoding)
        line.append((f': "{phrase}"', ""))
    return line


def _remarks(finding: Finding, *, details: bool) -> Iterator[tuple[str, str]]:
    not_counted = _not_counted(finding)
    if not_counted is not None:
        yield "not counted", not_counted
    if details and finding.detector != "lexicon":
        found_by = "lexicon and classifier" if finding.detector == "both" else "classifier"
        yield "found by", f"{found_by}, score {finding.score:.2f}"
    yield "why", finding.why
    yield "write instead", finding.suggestion
    if details:
        yield "source", finding.source


def _not_counted(finding: Finding) -> str | None:
    reason = why_not_counted(finding)
    if reason == "suppressed" and finding.suppressed is not None:
        by, why = finding.suppressed.get("by"), finding.suppressed.get("reason")
        expires = finding.suppressed.get("expires")
        until = "" if expires is None else f" until {expires}"
        return f"suppressed by {by}{until}: {why}"
    if reason == finding.context and finding.cue:
        return f'{reason}, because of "{finding.cue}"'
    if reason == "below the threshold":
        return f"score {finding.score:.2f} is below the threshold"
    return reason


def _print_styled(line: Line, console: Console) -> None:
    text = Text.assemble(*line)
    # Only remarks are wrapped; a frame is cut to the width and must stay on its line.
    wrapped = textwrap.wrap(text.plain, console.width, subsequent_indent=_CONTINUED)
    if text.plain.startswith(_NOTE) and len(wrapped) > 1:
        label = line[1][0]
        console.print(Text.assemble(*line[:2], wrapped[0][len(_NOTE) + len(label) :]))
        for continued in wrapped[1:]:
            console.print(Text(continued))
        return
    console.print(text, soft_wrap=True)
