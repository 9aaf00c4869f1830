"""``vbl-detect explain``: how a text was judged."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, TextIO, get_args

import typer
from rich.text import Text

from vbl_detect.cli import options
from vbl_detect.cli.group import set_verbosity
from vbl_detect.cli.settings import in_force
from vbl_detect.errors import UsageError
from vbl_detect.explanation import Explanation, explain
from vbl_detect.pipeline import load
from vbl_detect.readers import READERS, expand
from vbl_detect.reference.words import CONTEXTS
from vbl_detect.writers.frame import frame_of
from vbl_detect.writers.markdown import escaped
from vbl_detect.writers.place import why_not_counted
from vbl_detect.writers.terminal import (
    SEVERITY_STYLES,
    console_for,
    encoding_of,
    labelled,
    print_table,
)
from vbl_detect.writers.visible import visible

ExplainFormat = Literal["text", "json", "md"]
#: The text that stands for standard input.
STDIN = "-"
BAR = "  | "
#: What the sources of a score are to a reader who does not know the classifier's parts.
CLUES: Mapping[str, str] = {
    "screen": "the sentence's words",
    "tagger": "how the note uses them",
    "lexicon": "the lexicon's row",
    "rules": "context rules",
}
#: Log-odds under which a clue is not named.
LEAST = 0.05
NOTHING = "Neither the lexicon nor the classifier finds anything in this text."


def explain_command(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The text; - reads standard input.")],
    lexicon: options.Lexicons,
    min_score: options.MinScore = None,
    model: options.Model = "full",
    output_format: Annotated[
        ExplainFormat,
        typer.Option("--format", help=f"One of {', '.join(get_args(ExplainFormat))}."),
    ] = "text",
    mask: options.Mask = False,
    config: options.Config = None,
    isolated: options.Isolated = False,
    verbose: options.Verbose = False,
) -> None:
    """Show each match in a text, its context, the rule that decided, and whether it counts.

    Figures with a sign tell how far a clue moved the score, in log-odds.
    """
    set_verbosity(quiet=False, verbose=verbose)
    if text == STDIN:
        text = sys.stdin.read()
    elif Path(text).suffix.lower() in READERS and expand(Path(text)):
        raise UsageError(
            f"{text}: this is a file and explain takes a text; 'vbl-detect check' judges files"
        )
    nlp = load(lexicons=lexicon, model=model)
    explanations = explain(text, nlp, min_score=min_score, settings=in_force(ctx), mask=mask)
    if output_format == "text":
        write_text(explanations, sys.stdout)
    else:
        typer.echo((as_json if output_format == "json" else as_markdown)(explanations))


def verdict(explanation: Explanation) -> str:
    """Return whether a match counts, and if not, why, in a few words."""
    finding = explanation.finding
    reason = why_not_counted(finding)
    if reason is None:
        return "counts"
    if finding.suppressed is not None:
        reason = f"accepted: {finding.suppressed['reason']}"
    elif reason != finding.context:
        reason = f"its score {finding.score:.2f} is below {explanation.threshold:.2f}"
    elif finding.cue is not None:
        reason = f'{reason}, because of "{finding.cue}"'
    return f"does not count: {reason}"


def details(explanation: Explanation) -> Iterator[tuple[str, str]]:
    """Yield what is known of a match, as pairs of a name and a text.

    Parameters
    ----------
    explanation : Explanation
        The match.
    """
    finding, rule = explanation.finding, explanation.rule
    term = finding.term or "wording in no row, heard by the classifier"
    yield "term", f"{finding.code} {term} ({finding.category}, {finding.severity})"
    yield "why it harms", finding.why
    yield "write instead", finding.suggestion
    yield "context", f"{finding.context}: {CONTEXTS[finding.context]}"
    if rule is not None:
        yield "rule", f"{rule.code}: {rule.note}"
    elif finding.context == "mention" and finding.cue is not None:
        yield "rule", "none; the lexicon lists these words as meaning something else (unless)"
    elif finding.context != "asserted":
        yield "rule", "none; the classifier tells it from the note as a whole"
    yield "score", f"{finding.score:.2f}; counts from {explanation.threshold:.2f}"
    moved = [(CLUES[name], weight) for name, weight in explanation.weights.items()]
    yield from _moves("for it", "against it", moved)
    if explanation.reasons is not None:
        words = [pair for pair in explanation.reasons.words if any(map(str.isalnum, pair[0]))]
        yield from _moves("words for it", "words against", [(f'"{w}"', x) for w, x in words])
    codes = [finding.code, *([] if rule is None else [rule.code])]
    yield "more", ", ".join(f"vbl-detect rule {code}" for code in codes)


def _moves(up: str, down: str, moved: Sequence[tuple[str, float]]) -> Iterator[tuple[str, str]]:
    """Yield what raised the score, and what lowered it, with the log-odds."""
    for label, sign in ((up, 1), (down, -1)):
        each = [f"{name} {weight:+.1f}" for name, weight in moved if weight * sign >= LEAST]
        if each:
            yield label, ", ".join(each)


def write_text(explanations: Sequence[Explanation], out: TextIO) -> None:
    """Write the explanations for the terminal: a code frame each, and what decided.

    Parameters
    ----------
    explanations : sequence of Explanation
        The matches, in the order they stand.
    out : TextIO
        Where to.
    """
    console, encoding = console_for(out), encoding_of(out)
    if not explanations:
        out.write(f"{NOTHING}\n")
    for number, explanation in enumerate(explanations):
        finding = explanation.finding
        style = SEVERITY_STYLES[finding.severity] if finding.counted else "bold"
        place = f"{finding.line}:{finding.col}"
        phrase = visible(finding.phrase or "", encoding)
        head = Text.assemble(
            "\n" if number else "",
            f'{place} "',
            (phrase, style),
            f'" {visible(verdict(explanation), encoding)}',
        )
        console.print(head, soft_wrap=True)
        frame = frame_of(finding, width=console.width - len(BAR), encoding=encoding)
        if frame is not None:
            line = Text.assemble(BAR, frame.before, (frame.phrase, style), frame.after)
            console.print(line, soft_wrap=True)
            console.print(Text(f"{BAR}{' ' * frame.indent}{'^' * frame.marks}", style))
        print_table(console, labelled(details(explanation), encoding))


def as_markdown(explanations: Sequence[Explanation]) -> str:
    """Return the explanations as a Markdown list."""
    blocks = []
    for explanation in explanations:
        finding = explanation.finding
        head = f"**{escaped(finding.phrase or '')}** (line {finding.line}) "
        lines = [head + escaped(verdict(explanation)), ""]
        lines += [f"- {name}: {escaped(value)}" for name, value in details(explanation)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) or NOTHING


def as_json(explanations: Sequence[Explanation]) -> str:
    """Return the explanations as a JSON array."""
    rows = [explanation.as_dict() for explanation in explanations]
    return json.dumps(rows, ensure_ascii=False, indent=2)
