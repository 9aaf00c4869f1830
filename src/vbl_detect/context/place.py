"""Words that are judged, and where they stand in their note."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from vbl_detect.context.quotes import Quote
from vbl_detect.context.reach import cues_in_reach
from vbl_detect.context.reading import Cue, Reading
from vbl_detect.context.verdict import Verdict
from vbl_detect.lexicon import Effect
from vbl_detect.records import Context


@dataclass
class Place:
    """The words ``reading.words[start:end]``."""

    reading: Reading
    start: int
    end: int

    @cached_property
    def quote(self) -> Quote | None:
        """The quotation that holds them."""
        return self.reading.quote_around(self.start, self.end)

    @cached_property
    def sentence(self) -> int:
        """The number of their sentence."""
        return self.reading.sentence_at(self.start)

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """The half-open positions of their sentence."""
        return self.reading.sentence_range(self.sentence)

    def cues(self, *effects: Effect) -> list[Cue]:
        """Return the cues of some effects that reach the words, the nearest before them first."""
        return cues_in_reach(self.reading, self.start, self.end, *effects)

    def verdict(self, context: Context, cue: Cue) -> Verdict:
        """Return the verdict that a cue decides."""
        return Verdict(context, cue.rule.code, self.reading.offsets(cue.start, cue.end))
