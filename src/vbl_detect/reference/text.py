"""Entries for the terminal, and as plain lines where the output is no terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.table import Table
from rich.text import Text

from vbl_detect.lexicon import Term
from vbl_detect.reference.entries import Entry, Reference
from vbl_detect.writers.terminal import (
    SEVERITY_STYLES,
    console_for,
    encoding_of,
    labelled,
    print_table,
)
from vbl_detect.writers.visible import visible

_LABEL = "bold"
_CODE = "bold"


def write_entry(entry: Entry, out: TextIO) -> None:
    """Write one entry: its parts, and under a category its rows.

    Parameters
    ----------
    entry : Entry
        What to tell.
    out : TextIO
        Where to; colours are used if it is a terminal.
    """
    console, encoding = console_for(out), encoding_of(out)
    head = Text.assemble((entry.code, _CODE), f"  {visible(entry.title, encoding)}")
    console.print(head)
    console.print(Text(visible(entry.about, encoding)))
    console.print()
    rows = [
        ("" if number else name, sentence)
        for name, sentences in entry.parts
        for number, sentence in enumerate(sentences)
    ]
    print_table(console, labelled(rows, encoding))
    if entry.terms:
        console.print()
        print_table(console, _terms_table(entry.terms, encoding))


def write_terms(terms: Iterable[Term], out: TextIO) -> None:
    """Write rows in a table; where the output is no terminal, one a line, for `grep`.

    Parameters
    ----------
    terms : iterable of Term
        The rows, in the order of the output.
    out : TextIO
        Where to.
    """
    console, encoding = console_for(out), encoding_of(out)
    if not console.is_terminal:
        for term in terms:
            cells = (term.code, term.severity, term.term, term.suggestion)
            out.write("\t".join(visible(cell, encoding) for cell in cells) + "\n")
        return
    print_table(console, _terms_table(terms, encoding))


def _terms_table(terms: Iterable[Term], encoding: str) -> Table:
    table = Table("code", "severity", "headword", "write instead", box=None, header_style=_LABEL)
    for term in terms:
        table.add_row(
            Text(term.code, style=_CODE),
            Text(term.severity, style=SEVERITY_STYLES[term.severity]),
            Text(visible(term.term, encoding)),
            Text(visible(term.suggestion, encoding)),
        )
    return table


def write_categories(reference: Reference, out: TextIO) -> None:
    """Write the table of categories.

    Parameters
    ----------
    reference : Reference
        The lexicon and its figures.
    out : TextIO
        Where to.
    """
    console, encoding = console_for(out), encoding_of(out)
    table = Table("", "category", "rows", "right", "why it harms", box=None, header_style=_LABEL)
    for column in table.columns[:4]:
        column.no_wrap = True
    for category in reference.lexicon.categories.values():
        share = reference.category_share(category)
        table.add_row(
            Text(category.letters, style=_CODE),
            category.slug,
            str(len(reference.terms(category))),
            f"{share.right / share.of:.2f}" if share.enough else "",
            Text(visible(category.why, encoding)),
        )
    print_table(console, table)
    console.print()
    for line in footer(reference):
        console.print(Text(line))


def footer(reference: Reference) -> Sequence[str]:
    """Return the lines under the table of categories: what "right" means, and where to go on."""
    return (
        f"right: share of what is flagged that careful readers mark too, in "
        f"{reference.measured.notes:,} labelled notes",
        "vbl-detect rule RC tells of a category, rule RC012 of a row, rule --all lists every row",
    )
