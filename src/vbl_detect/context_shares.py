"""How well context is told, by context, on labelled spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vbl_detect.gold import GoldNote
from vbl_detect.marks import Marked, Marks
from vbl_detect.records import CONTEXTS, Context


@dataclass(frozen=True, slots=True)
class Share:
    """So many spans right of so many."""

    right: int
    total: int

    def __str__(self) -> str:
        """Return the share as ``0.93 (147 of 158)``."""
        value = self.right / self.total if self.total else 0.0
        return f"{value:.2f} ({self.right} of {self.total})"


def context_shares(
    notes: Sequence[GoldNote], marks: Marks, hits: Marks
) -> dict[Context | str, Share]:
    """Return, by context, the share of spans on which the tool does what it should.

    An asserted span is right if a finding counts on it, a span of another context if none does;
    borderline spans, and those that nothing in `hits` touches, are left out.

    Parameters
    ----------
    notes : sequence of GoldNote
        The gold, of length n_notes.
    marks : Marks
        What counts by its context, of length n_notes.
    hits : Marks
        The stretches to look at, of length n_notes: everything that the lexicon matches, say.

    Returns
    -------
    dict of str to Share
        The six contexts, and ``all uncounted`` for five of them together.
    """
    right = dict.fromkeys(CONTEXTS, 0)
    total = dict.fromkeys(CONTEXTS, 0)
    for note, marked, matched in zip(notes, marks, hits, strict=True):
        for span in note.spans:
            if span.borderline or not _touches(matched, span.start, span.end):
                continue
            counts = _touches(marked, span.start, span.end)
            total[span.context] += 1
            right[span.context] += counts == (span.context == "asserted")
    shares: dict[Context | str, Share] = {
        name: Share(right[name], total[name]) for name in CONTEXTS
    }
    uncounted = [name for name in CONTEXTS if name != "asserted"]
    shares["all uncounted"] = Share(
        sum(right[name] for name in uncounted), sum(total[name] for name in uncounted)
    )
    return shares


def _touches(marks: Sequence[Marked], start: int, end: int) -> bool:
    return any(mark.start < end and start < mark.end for mark in marks)
