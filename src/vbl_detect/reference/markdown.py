"""Entries in Markdown: one alone, and the pages of ``docs/rules/``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vbl_detect.lexicon import Category, Term
from vbl_detect.reference.entries import Entry, Reference
from vbl_detect.reference.precision import FEWEST, Share
from vbl_detect.writers.markdown import escaped

INDEX_PAGE = "README.md"
CONTEXT_PAGE = "context.md"
_MADE_BY = "<!-- Made by `make rules` from data/lexicons/ and models/precision.json. -->"


def entry(told: Entry, *, level: int = 1, anchor: bool = True) -> str:
    """Return an entry under a heading.

    Parameters
    ----------
    told : Entry
        What to tell.
    level : int
        The heading's level, from 1.
    anchor : bool
        Whether links lead to it.
    """
    lines = [
        *([f'<a id="{told.code.lower()}"></a>', ""] if anchor else []),
        f"{'#' * level} {told.code}: {escaped(told.title)}",
        "",
        escaped(told.about),
        "",
    ]
    for name, sentences in told.parts:
        label = f"**{name[0].upper()}{name[1:]}:**"
        if len(sentences) == 1:
            lines.append(f"- {label} {escaped(sentences[0])}")
        else:
            lines += [f"- {label}", *(f"  - {escaped(sentence)}" for sentence in sentences)]
    if told.terms:
        lines += ["", "| code | headword | severity | write instead |", "| --- | --- | --- | --- |"]
        lines += map(_term_line, told.terms)
    return "\n".join(lines) + "\n"


def index(reference: Reference, *, paged: bool = False) -> str:
    """Return the table of categories, and how the figures were measured.

    Parameters
    ----------
    reference : Reference
        The lexicon and its figures.
    paged : bool
        Whether each category has a page of its own to link to.
    """
    return "\n".join(_index_lines(reference, paged=paged)) + "\n"


def category_page(reference: Reference, category: Category) -> str:
    """Return a category and all its rows."""
    told = reference.entry(category)
    rows = [entry(reference.entry(term), level=2) for term in told.terms]
    return "\n".join([entry(told), *rows])


def context_page(reference: Reference) -> str:
    """Return all context rules."""
    head = (
        "# Context: whose words, about whom\n\n"
        "Wording counts only if the author of the note says it of the person at risk. These rules "
        "tell when it is somebody else's, denied, talked about, or about somebody else; the words "
        "they decide over stand in square brackets.\n"
    )
    rules = reference.lexicon.context_rules.values()
    return "\n".join([head, *(entry(reference.entry(rule), level=2) for rule in rules)])


def whole(reference: Reference) -> str:
    """Return everything as one document."""
    categories = reference.lexicon.categories.values()
    bodies = [category_page(reference, category) for category in categories]
    return "\n".join([index(reference), *bodies, context_page(reference)])


def pages(reference: Reference) -> Mapping[str, str]:
    """Return the reference as pages, by file name."""
    bodies = {
        INDEX_PAGE: index(reference, paged=True),
        **{
            f"{category.slug}.md": category_page(reference, category)
            for category in reference.lexicon.categories.values()
        },
        CONTEXT_PAGE: context_page(reference),
    }
    return {name: f"{_MADE_BY}\n\n{body}" for name, body in bodies.items()}


def _index_lines(reference: Reference, *, paged: bool) -> Iterator[str]:
    notes = f"{reference.measured.notes:,}"
    yield "# What vbl-detect looks for"
    yield ""
    yield "| code | category | rows | right | finds | why it harms |"
    yield "| --- | --- | ---: | --- | --- | --- |"
    for category in reference.lexicon.categories.values():
        link = f"{category.slug}.md" if paged else f"#{category.letters.lower()}"
        cells: Sequence[str] = (
            category.letters,
            f"[{escaped(category.title)}]({link})",
            str(len(reference.terms(category))),
            _cell(reference.category_share(category)),
            _cell(reference.measured.recall.get(category.slug)),
            escaped(category.why),
        )
        yield f"| {' | '.join(cells)} |"
    context = CONTEXT_PAGE if paged else "#cx001"
    yield ""
    yield f"Whether wording counts is decided by its [context]({context})."
    yield ""
    yield "## How this was measured"
    yield ""
    yield (
        f"On {notes} labelled, fictional notes that the classifier's screen and tagger never saw, "
        "with the built-in lexicon, the full model and its own thresholds. **Right** is the share "
        "of findings that count which careful readers marked too, whatever the category; "
        "**finds**, the share of what they marked that drew such a finding. Both with the 95 % "
        f"interval after Wilson and the number n; under {FEWEST} no share is told, and for most "
        "rows the notes hold too few."
    )
    yield ""
    yield (
        "Thresholds and the last stage of the score were chosen with some of these notes, and the "
        "rows were written with sight of some: expect a little less on your own, and much less "
        "where blaming wording is rare. `vbl-detect evaluate` measures on notes of your own."
    )


def _cell(share: Share | None) -> str:
    return "" if share is None else str(share)


def _term_line(term: Term) -> str:
    cells = (f"[{term.code}](#{term.code.lower()})", escaped(term.term), term.severity)
    return f"| {' | '.join(cells)} | {escaped(term.suggestion)} |"
