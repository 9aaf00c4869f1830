"""``vbl-detect rule``: what a row or a category means."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Annotated, Literal, TextIO, get_args

import typer

from vbl_detect.cli import options
from vbl_detect.cli.group import set_verbosity
from vbl_detect.errors import UsageError
from vbl_detect.files import replacing
from vbl_detect.reference import Reference, Rule, find_rule, markdown, read_reference, text
from vbl_detect.writers.terminal import encoding_of
from vbl_detect.writers.visible import encodable

RuleFormat = Literal["text", "md", "json"]


def rule_command(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="CODE",
            help="A row's code (RC012) or headword, a category's letters (RC) or name, or a "
            "context rule (CX101). Without it: the table of categories.",
            default_factory=list,
            show_default=False,
        ),
    ],
    lexicon: options.Lexicons,
    everything: Annotated[
        bool, typer.Option("--all", help="Every row: one a line as text, whole in md and json.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write there; the ending .md or .json chooses the format.",
        ),
    ] = None,
    output_format: Annotated[
        RuleFormat | None,
        typer.Option(
            "--format",
            help=f"One of {', '.join(get_args(RuleFormat))}. (default: text)",
            show_default=False,
        ),
    ] = None,
    config: options.Config = None,
    isolated: options.Isolated = False,
    verbose: options.Verbose = False,
) -> None:
    """Tell what a code or a category means, why it harms, and what to write instead."""
    set_verbosity(quiet=False, verbose=verbose)
    name = " ".join(words).strip()
    if name and everything:
        raise UsageError(f"--all shows every row, not only {name!r}; leave one of the two out")
    reference = read_reference(lexicon)
    chosen = output_format or _format_of(output)
    if output is None:
        show(reference, name, everything=everything, output_format=chosen, out=sys.stdout)
        return
    written = io.StringIO()
    show(reference, name, everything=everything, output_format=chosen, out=written)
    with replacing(output) as temporary:
        temporary.write_text(written.getvalue(), "utf-8")


def show(
    reference: Reference, name: str, *, everything: bool, output_format: RuleFormat, out: TextIO
) -> None:
    """Write what was asked for.

    Parameters
    ----------
    reference : Reference
        The lexicon and its figures.
    name : str
        What is asked about; empty: all categories.
    everything : bool
        Whether every row is asked for.
    output_format : {"text", "md", "json"}
        How to write it.
    out : TextIO
        Where to.
    """
    if output_format == "text":
        _show_text(reference, name, everything=everything, out=out)
        return
    make = _json if output_format == "json" else _markdown
    # Markdown and JSON hold no private characters to make visible, but a screen may not hold all.
    out.write(encodable(make(reference, name, everything=everything), encoding_of(out)))


def _show_text(reference: Reference, name: str, *, everything: bool, out: TextIO) -> None:
    if name:
        text.write_entry(reference.entry(find_rule(name, reference.lexicon)), out)
    elif everything:
        text.write_terms(reference.lexicon.terms.values(), out)
    else:
        text.write_categories(reference, out)


def _markdown(reference: Reference, name: str, *, everything: bool) -> str:
    if name:
        return markdown.entry(reference.entry(find_rule(name, reference.lexicon)))
    return markdown.whole(reference) if everything else markdown.index(reference)


def _json(reference: Reference, name: str, *, everything: bool) -> str:
    lexicon = reference.lexicon
    if name:
        content: object = reference.as_dict(find_rule(name, lexicon))
    else:
        rules: list[Rule] = list(lexicon.categories.values())
        if everything:
            rules += [*lexicon.terms.values(), *lexicon.context_rules.values()]
        content = [reference.as_dict(rule) for rule in rules]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _format_of(output: Path | None) -> RuleFormat:
    endings: dict[str, RuleFormat] = {".md": "md", ".json": "json"}
    return "text" if output is None else endings.get(output.suffix.lower(), "text")
