"""From tagged tokens to phrases: the stretch that carries the judgement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vbl_detect.classifier.tagger import Tags

#: A token belongs to a phrase when the tagger gives it at least this probability of any context.
#: Low, so that the stacker judges doubtful phrases too; chosen on held-out training parts.
TOKEN_THRESHOLD = 0.35
#: Wordpieces below the threshold that a phrase may bridge.
LONGEST_BRIDGE = 2
#: A token weighs in a phrase's figures at least this much.
_LEAST_WEIGHT = 1e-6


class Phrase(NamedTuple):
    """A stretch the tagger marks; half-open offsets in code points."""

    start: int
    end: int


class Evidence(NamedTuple):
    """What the tagger says of a stretch.

    Attributes
    ----------
    contexts : tuple of float
        Mean probability of each context over its tokens, weighted by how sure each token is that
        it belongs to a phrase.
    peak : float
        Mean of the three highest probabilities of ``asserted`` in it.
    categories : tuple of float
        Mean probability of each category, weighted the same way.
    """

    contexts: tuple[float, ...]
    peak: float
    categories: tuple[float, ...]


def find_phrases(tags: Tags, sentences: Sequence[tuple[int, int]], text: str) -> list[Phrase]:
    """Return the phrases in each sentence, in order, trimmed to whole words.

    Parameters
    ----------
    tags : Tags
        The tags of a note.
    sentences : sequence of (int, int)
        Half-open offsets of the sentences; no phrase reaches across them.
    text : str
        The note.
    """
    if not tags.seen.any():
        return []
    inside = tags.seen & (1.0 - tags.contexts[:, 0] >= TOKEN_THRESHOLD)
    phrases: list[Phrase] = []
    for start, end in sentences:
        first, last = np.searchsorted(tags.offsets[:, 0], (start, end))
        marked = np.flatnonzero(inside[first:last]) + first
        if not len(marked):
            continue
        breaks = np.flatnonzero(np.diff(marked) > LONGEST_BRIDGE + 1)
        for run in np.split(marked, breaks + 1):
            begin, stop = int(tags.offsets[run[0], 0]), int(tags.offsets[run[-1], 1])
            phrase = _whole_words(text, max(begin, start), min(stop, end))
            if phrase is not None:
                phrases.append(phrase)
    return phrases


def _whole_words(text: str, start: int, end: int) -> Phrase | None:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Phrase(start, end) if start < end else None


def evidence(tags: Tags, start: int, end: int) -> Evidence | None:
    """Return what the tagger says of a stretch, or None where it was not run.

    Parameters
    ----------
    tags : Tags
        The tags of a note.
    start, end : int
        Half-open offsets in code points.
    """
    covered = (tags.offsets[:, 0] < end) & (start < tags.offsets[:, 1]) & tags.seen
    if not covered.any():
        return None
    contexts, categories = tags.contexts[covered], tags.categories[covered]
    weights = np.maximum(1.0 - contexts[:, 0], _LEAST_WEIGHT)
    weights /= weights.sum()
    return Evidence(
        tuple((weights @ contexts).tolist()),
        _peak(contexts[:, 1]),
        tuple((weights @ categories).tolist()),
    )


def sentence_peak(tags: Tags, start: int, end: int) -> float:
    """Return the mean of the three highest probabilities of ``asserted`` in a stretch, or 0."""
    covered = (tags.offsets[:, 0] < end) & (start < tags.offsets[:, 1]) & tags.seen
    return _peak(tags.contexts[covered, 1]) if covered.any() else 0.0


def _peak(probabilities: npt.NDArray[np.float32]) -> float:
    return float(np.sort(probabilities)[-3:].mean())
