"""The marks for a screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from vbl_detect.report.words import category_name
from vbl_detect.results.course import Course
from vbl_detect.results.marks import MEASURES, OF_CATEGORY, Marks, Part
from vbl_detect.results.wordings import Wording
from vbl_detect.results.words import HOW_TO_READ, HOW_TO_READ_CHANGE, rewriting_in_words
from vbl_detect.rewriting_checks import LIMIT
from vbl_detect.writers.terminal import console_for, encoding_of, print_table
from vbl_detect.writers.visible import visible

#: Wordings told on a screen; the workbook holds all.
MOST = 10


def write_text(course: Course, out: TextIO, *, people: bool = True) -> None:
    """Write the marks as tables.

    Parameters
    ----------
    course : Course
        What the answers come to.
    out : TextIO
        Where to.
    people : bool
        Whether single people are told.
    """
    screen = _Screen(console_for(out), encoding_of(out))
    last = course.last
    of = f", {last.name}" if last.name else ""
    for round_ in course.rounds:
        number = len(round_.marked)
        told = f"{number} {'person' if number == 1 else 'people'}"
        share = round_.everyone.parts["exercises"]
        head = f"{round_.name.capitalize()}: " if round_.name else ""
        screen.say(f"{head}{told}; {share} {MEASURES['exercises']}.")
    if course.changes:
        rows = [
            (
                MEASURES[c.measure] + (f": {category_name(c.category)}" if c.category else ""),
                str(c.people), f"{c.before:.1%}", f"{c.after:.1%}", str(c),
            )
            for c in course.changes
        ]  # fmt: skip
        screen.table("Before and after", ("", "people", "before", "after", "change, points"), rows)
        screen.say(HOW_TO_READ_CHANGE)
    if people:
        shown = [name for name in MEASURES if last.everyone.parts[name].whole]
        every = [(one.person.name, one.marks()) for one in last.marked]
        screen.marks(f"By person{of}, sorted by name", shown, every)
    categories = [(category_name(marks.name), marks) for marks in last.categories]
    if categories:
        screen.marks(f"By category{of}", OF_CATEGORY, categories)
    groups = [*course.groups, *([course.hidden] if course.hidden else [])]
    if groups:
        named = [(f"{group.name} ({group.people})", group.marks) for group in groups]
        screen.marks("By folder (people); small groups are hidden", list(MEASURES)[:4], named)
    screen.wordings("Agreed phrases most often missed", course.missed)
    screen.wordings("Most often marked beyond the agreed answer", course.over)
    screen.rewritings(course, people=people)
    screen.say(f"\n{HOW_TO_READ}")


class _Screen:
    """Prints tables and sentences on a console, in the characters it has."""

    def __init__(self, console: Console, encoding: str) -> None:
        self._console = console
        self._encoding = encoding

    def say(self, text: str) -> None:
        """Print a sentence, wrapped; what is indented stays so."""
        for line in text.split("\n"):
            indent = " " * (len(line) - len(line.lstrip()))
            wrapped = textwrap.wrap(
                visible(line, self._encoding), self._console.width, subsequent_indent=indent
            )
            for part in wrapped or [""]:
                self._console.print(Text(part), soft_wrap=True)

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table under a title."""
        self._console.print(Text(f"\n{title}", "bold"))
        style = box.SIMPLE_HEAD if self._encoding.lower().startswith("utf") else box.ASCII2
        table = Table(box=style, show_edge=False)
        for column in columns:
            table.add_column(column)
        for row in rows:
            table.add_row(*(Text(visible(cell, self._encoding)) for cell in row))
        print_table(self._console, table)

    def marks(
        self, title: str, measures: Sequence[str], every: Iterable[tuple[str, Marks]]
    ) -> None:
        """Print marks, one row each."""
        rows = [
            (name, *(_short(marks.parts[m]) for m in measures), str(marks.extra))
            for name, marks in every
        ]
        columns = ("", *(MEASURES[m] for m in measures), "marked beyond the answer")
        self.table(title, columns, rows)

    def wordings(self, title: str, wordings: Sequence[Wording]) -> None:
        """Print the first wordings."""
        if not wordings:
            return
        rows = [
            (w.phrase, category_name(w.category), w.exercise, _short(w.people))
            for w in wordings[:MOST]
        ]
        self.table(title, ("wording", "category", "exercise", "people"), rows)
        if len(wordings) > MOST:
            self.say(f"The first {MOST} of {len(wordings)}; -o marks.xlsx holds all.")

    def rewritings(self, course: Course, *, people: bool) -> None:
        """Print each rewriting, what is left in it, and the model answer."""
        if not course.rewritten:
            return
        self._console.print(Text("\nRewritings", "bold"))
        self.say(LIMIT)
        for one in course.rewritten:
            self.say(f"\n{one.exercise.id}" + (f", {one.person}" if people else ""))
            self.say(f"  wrote: {one.check.words}")
            for line in rewriting_in_words(one) or ["The detector finds nothing."]:
                self.say(f"  left:  {line}")
            self.say(f"  model: {one.exercise.better}")


def _short(part: Part) -> str:
    share = part.share
    if share is None:
        return "-"
    return f"{part.part} of {part.whole} ({100 * share.low:.0f}-{share.high:.0%})"
