"""Notes for the benchmarks: put together from sentences of the corpus, so that none is seen twice.

The sentences are those of the parts that the model was not fitted on. Digits are drawn anew and
every note names somebody new, so that a note holds words that nothing has remembered.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vbl_detect.gold import read_gold
from vbl_detect.sentences import sentence_bounds

CORPUS = Path(__file__).parents[1] / "data" / "corpus"
#: Held out when the model was fitted.
HELD_OUT = ("dev", "train-7", "train-19")
#: The share of notes with a blaming sentence in ordinary files, and in notes chosen for them.
ORDINARY, DENSE = 0.05, 1.0
#: Words in a note, about.
LENGTH = 115

_DIGIT = re.compile(r"\d")
_SYLLABLES = (
    "ba cor den el fin gar hol is jen kel lor mar nes ot per quin ros sel tam ver wil".split()
)


@dataclass(frozen=True, slots=True)
class Stock:
    """Sentences to draw from: those with labelled wording, and those without."""

    plain: Sequence[str]
    blaming: Sequence[str]


@cache
def stock() -> Stock:
    """Return the sentences of the corpus parts that the model was not fitted on."""
    plain, blaming = [], []
    for name in HELD_OUT:
        for note in read_gold(CORPUS / f"{name}.jsonl"):
            for start, end in sentence_bounds(note.text):
                labelled = any(s.start < end and start < s.end for s in note.spans)
                (blaming if labelled else plain).append(note.text[start:end])
    return Stock(plain, blaming)


def make(
    count: int, *, share: float = ORDINARY, words: int = LENGTH, seed: int = 0
) -> Iterator[str]:
    """Yield made-up notes.

    Parameters
    ----------
    count : int
        How many.
    share : float
        The share of notes with a blaming sentence; dense notes have one in four besides.
    words : int
        The words of a note, about.
    seed : int
        Other seeds give other notes.
    """
    drawn, sentences = random.Random(seed), stock()  # noqa: S311 - nothing secret
    for _ in range(count):
        blames = drawn.random() < share
        parts, length = [_heading(drawn)], 3
        while length < words:
            again = share >= DENSE and drawn.random() < 1 / 4
            chosen = drawn.choice(sentences.blaming if blames or again else sentences.plain)
            blames = False
            parts.append(_DIGIT.sub(lambda _: str(drawn.randrange(10)), chosen))
            length += chosen.count(" ") + 1
        yield " ".join(parts)


def _heading(drawn: random.Random) -> str:
    name = "".join(drawn.choices(_SYLLABLES, k=3)).title()
    return f"{name} {drawn.randrange(1_000_000)}."
