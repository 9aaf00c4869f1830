"""What ``agree`` prints: tables for a screen, Markdown, or JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from rich.table import Table

from vbl_detect.annotators import STATIC, TEMPLATES
from vbl_detect.annotators.decisions import reading_in_words
from vbl_detect.annotators.differences import Place, sentence_around
from vbl_detect.annotators.figures import Figure
from vbl_detect.annotators.panel import Panel
from vbl_detect.counts import how_many
from vbl_detect.web.page import read_static, render_page
from vbl_detect.writers.markdown import escaped
from vbl_detect.writers.terminal import console_for, print_table
from vbl_detect.writers.visible import visible, without_surrogates

AgreeFormat = Literal["text", "md", "html", "json"]

_TITLES = {
    "blaming": "Does the sentence blame?",
    "category": "Which category? (sentences that both, or several, marked)",
    "context": "Which context? (the same sentences)",
    "spans": "Which words? (1: the same spans, 0: none in common)",
}
HOW_TO_READ = (
    "Kappa and alpha: 1 is full agreement, 0 what chance alone would give, below 0 less than that. "
    "Where few sentences blame, readers are alike in most by chance, so a high share alike can go "
    "with a low kappa: read both. In brackets: 95 % interval, from a bootstrap over notes."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that is told.

    Attributes
    ----------
    panel : Panel
        The notes and their readers.
    figures : sequence of Figure
        The measures.
    differences : sequence of Place
        Where the readers differ.
    limit : int or None
        How many of the differences to show; None: all.
    """

    panel: Panel
    figures: Sequence[Figure]
    differences: Sequence[Place]
    limit: int | None

    @property
    def shown(self) -> Sequence[Place]:
        """The differences to show."""
        return self.differences[: self.limit]

    def headline(self) -> str:
        """Return what was compared, in a sentence."""
        notes = {place.note.id for place in self.differences}
        return (
            f"{len(self.panel.readers)} readers, {how_many(len(self.panel.notes), 'note')} that "
            f"two or more of them labelled. They differ in "
            f"{how_many(len(self.differences), 'place')} in {how_many(len(notes), 'note')}."
        )

    @property
    def left(self) -> int:
        """How many differences are not shown."""
        return len(self.differences) - len(self.shown)


def as_text(told: Told) -> str:
    """Return tables and differences for a screen."""
    out = io.StringIO()
    console = console_for(out)
    out.write(f"{told.headline()}\n")
    for of, title in _TITLES.items():
        out.write(f"\n{title}\n")
        table = Table.grid(padding=(0, 2))
        for _ in range(3):
            table.add_column()
        for row in _rows(told, of):
            table.add_row(*map(visible, (f"  {row[0]}", *row[1:])))
        print_table(console, table)
    console.print(f"\n{HOW_TO_READ}", soft_wrap=False)
    if told.shown:
        out.write("\nWhere they differ\n")
    for place in told.shown:
        kinds = ", ".join(place.kinds)
        out.write(f"\n{visible(place.note.id)} {place.start}-{place.end}: {kinds}\n")
        out.write(f'  "{visible(place.phrase)}"\n')
        width = max(map(len, told.panel.readers))
        for reader in told.panel.readers:
            out.write(f"    {visible(reader):{width}}  {reading_in_words(place, reader)}\n")
    if told.left:
        limit = f"--max-differences {len(told.differences)}"
        out.write(f"\n{told.left:,} more: {limit}, or --format html.\n")
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def as_markdown(told: Told) -> str:
    """Return the same as a Markdown page."""
    return "\n".join(_markdown(told))


def as_page(told: Told) -> str:
    """Return the same as a page that needs nothing else and asks for nothing."""
    page = render_page(
        TEMPLATES,
        "agree.html",
        style=read_static(STATIC, "agree.css"),
        script="",
        told=told,
        left=f"{told.left:,}" if told.left else "",
        tables=[(title, list(_rows(told, of))) for of, title in _TITLES.items()],
        how_to_read=HOW_TO_READ,
        around=_around,
        reading_in_words=reading_in_words,
        visible=visible,
    )
    return without_surrogates(page)


def _around(place: Place) -> tuple[str, str]:
    start, end = sentence_around(place)
    text = place.note.text
    return text[start : place.start], text[place.end : end]


def as_json(told: Told) -> str:
    """Return figures and differences as one JSON object."""
    panel = told.panel
    content = {
        "readers": {
            reader: {
                "notes": sum(reader in note.spans for note in panel.notes) + panel.alone[reader],
                "alone": panel.alone[reader],
            }
            for reader in panel.readers
        },
        "notes": len(panel.notes),
        "figures": [asdict(figure) for figure in told.figures],
        "differences": [
            {
                "id": place.note.id,
                "start": place.start,
                "end": place.end,
                "phrase": place.phrase,
                "kinds": place.kinds,
                "readings": {r: [asdict(s) for s in of] for r, of in place.readings.items()},
            }
            for place in told.shown
        ],
    }
    return json.dumps(content, indent=2)


#: What writes each format.
FORMATS: Mapping[AgreeFormat, Callable[[Told], str]] = {
    "text": as_text,
    "md": as_markdown,
    "html": as_page,
    "json": as_json,
}


def _rows(told: Told, of: str) -> Iterator[tuple[str, str, str]]:
    everybody = told.panel.readers
    for figure in told.figures:
        if figure.of != of:
            continue
        between = "" if figure.readers == everybody else f", {' and '.join(figure.readers)}"
        yield f"{figure.measure}{between}", _value(figure), _basis(figure)


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "not defined"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f})"


def _basis(figure: Figure) -> str:
    if not figure.n:
        return "nothing to compare"
    if figure.alike is None:
        return how_many(figure.n, "span")
    only_one_label = "; only one label was used" if figure.value is None else ""
    return f"alike in {figure.alike:.1%} of {figure.n:,}{only_one_label}"


def _markdown(told: Told) -> Iterator[str]:
    yield from ("# Agreement", "", told.headline(), "", "| | Figure | |", "| --- | --- | --- |")
    for of, title in _TITLES.items():
        yield f"| **{_cell(title)}** | | |"
        for row in _rows(told, of):
            yield "| " + " | ".join(map(_cell, row)) + " |"
    yield from ("", HOW_TO_READ)
    if told.shown:
        yield from ("", "## Where they differ")
    for place in told.shown:
        yield from ("", f"### {escaped(place.note.id)}, {place.start}-{place.end}", "")
        yield f"{', '.join(place.kinds).capitalize()}: “{escaped(place.phrase)}”"
        yield from ("", "| Reader | Marked |", "| --- | --- |")
        for reader in told.panel.readers:
            yield f"| {_cell(reader)} | {_cell(reading_in_words(place, reader))} |"


def _cell(text: str) -> str:
    return escaped(text).replace("|", "\\|")
