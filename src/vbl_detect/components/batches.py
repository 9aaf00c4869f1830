"""Notes in batches: so many together that numpy is worthwhile, and no more than are at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.tokens import Doc

#: Notes that a component looks at together.
BATCH_SIZE = 50


def in_batches(stream: Iterable[Doc], most: int) -> Iterator[list[Doc]]:
    """Yield notes in lists of up to `BATCH_SIZE`, or fewer if no more are wished for.

    spaCy's `minibatch` has no types, and `itertools.batched` needs Python 3.12.

    Parameters
    ----------
    stream : iterable of Doc
        The notes.
    most : int
        How many are wished for together.
    """
    rest = iter(stream)
    while docs := list(islice(rest, min(most, BATCH_SIZE))):
        yield docs
