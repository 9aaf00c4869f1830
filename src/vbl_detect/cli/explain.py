"""``vbl-detect explain``: how a text was judged."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Literal, get_args

import typer

from vbl_detect.cli import options
from vbl_detect.cli.group import set_verbosity
from vbl_detect.cli.settings import in_force
from vbl_detect.explanation import Explanation, explain
from vbl_detect.pipeline import load
from vbl_detect.writers.markdown import escaped
from vbl_detect.writers.place import why_not_counted
from vbl_detect.writers.visible import visible

ExplainFormat = Literal["text", "json", "md"]
#: The text that stands for standard input.
STDIN = "-"
NOTHING = "Neither the lexicon nor the classifier finds anything in this text."


def explain_command(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="The text; - reads standard input.")],
    lexicon: options.Lexicons,
    min_score: options.MinScore = None,
    model: options.Model = "full",
    output_format: Annotated[
        ExplainFormat,
        typer.Option("--format", help=f"One of {', '.join(get_args(ExplainFormat))}."),
    ] = "text",
    config: options.Config = None,
    isolated: options.Isolated = False,
    verbose: options.Verbose = False,
) -> None:
    """Show each match in a text, its context, the rule that decided, and whether it counts."""
    set_verbosity(quiet=False, verbose=verbose)
    if text == STDIN:
        text = sys.stdin.read()
    nlp = load(lexicons=lexicon, model=model)
    explanations = explain(text, nlp, min_score=min_score, settings=in_force(ctx))
    typer.echo(FORMATS[output_format](explanations))


def details(explanation: Explanation) -> Iterator[tuple[str, str]]:
    """Yield what is known of a match, as pairs of a name and a text.

    Parameters
    ----------
    explanation : Explanation
        The match.
    """
    finding, rule = explanation.finding, explanation.rule
    term = finding.term or "in no list, heard by the classifier"
    yield "term", f"{finding.code} {term} ({finding.category}, {finding.severity})"
    yield "score", f"{finding.score:.2f}"
    yield "context", finding.context
    if finding.cue is not None:
        yield "cue", f'"{finding.cue}"'
    if rule is not None:
        yield "rule", f"{rule.code}: {rule.note}"
    if explanation.reasons is not None:
        weights = ", ".join(f"{name} {w:+.1f}" for name, w in explanation.weights.items())
        yield "moved by", weights
        words = ", ".join(f'"{word}" {w:+.1f}' for word, w in explanation.reasons.words)
        yield "words", words
    yield "counts", "yes" if finding.counted else f"no, {why_not_counted(finding)}"


def as_text(explanations: Sequence[Explanation]) -> str:
    """Return the explanations as lines for the terminal."""
    blocks = []
    for explanation in explanations:
        finding = explanation.finding
        lines = [f'{finding.line}:{finding.col} "{visible(finding.phrase or "")}"']
        lines += [f"  {name:9}{visible(value)}" for name, value in details(explanation)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) or NOTHING


def as_markdown(explanations: Sequence[Explanation]) -> str:
    """Return the explanations as a Markdown list."""
    blocks = []
    for explanation in explanations:
        finding = explanation.finding
        lines = [f"**{escaped(finding.phrase or '')}** (line {finding.line})", ""]
        lines += [f"- {name}: {escaped(value)}" for name, value in details(explanation)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) or NOTHING


def as_json(explanations: Sequence[Explanation]) -> str:
    """Return the explanations as a JSON array."""
    rows = [explanation.as_dict() for explanation in explanations]
    return json.dumps(rows, ensure_ascii=False, indent=2)


FORMATS: Mapping[ExplainFormat, Callable[[Sequence[Explanation]], str]] = {
    "text": as_text,
    "json": as_json,
    "md": as_markdown,
}
