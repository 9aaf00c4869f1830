"""Which notes are most worth labelling, and why each.

Four reasons are mixed in given shares, since each alone misleads: the uncertain ones teach most but
look alike, a rare category needs examples, what is unlike anything known may hold what nobody
thought of, and some drawn by chance show whether the others miss anything.

Source: Settles, 2009, Active Learning Literature Survey, sections 3.1 (uncertainty) and 5.1
(density and diversity); Sener and Savarese, 2018, for choosing the farthest first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.sparse import csr_matrix

from vbl_detect.labelling.space import Floats, nearest, points
from vbl_detect.records import Finding

Reason = Literal["uncertain", "rare", "unlike", "chance"]
#: The parts of a queue.
SHARES: Mapping[Reason, float] = {"uncertain": 0.4, "rare": 0.2, "unlike": 0.2, "chance": 0.2}
#: Notes whose cosine is above this say the same.
ALIKE = 0.8
_FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A note that may be labelled.

    Attributes
    ----------
    text : str
        Its text.
    findings : tuple of Finding
        What the tool found in it, counted or not.
    """

    text: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A note for the queue.

    Attributes
    ----------
    place : int
        The candidate's place.
    reason : {"uncertain", "rare", "unlike", "chance"}
        Why it was taken.
    why : str
        The same with its figures, for people.
    """

    place: int
    reason: Reason
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is labelled already.

    Attributes
    ----------
    texts : sequence of str
        The notes.
    categories : mapping of str to int
        How many spans each category has there.
    """

    texts: Sequence[str]
    categories: Mapping[str, int]


def choose(
    candidates: Sequence[Candidate],
    known: Known,
    *,
    number: int,
    threshold: float,
    shares: Mapping[Reason, float] = SHARES,
    seed: int = 1,
) -> tuple[list[Chosen], int]:
    """Return the notes to label, in the order to label them, and how many were too alike.

    Parameters
    ----------
    candidates : sequence of Candidate
        All notes.
    known : Known
        What is labelled already; may be empty.
    number : int
        How many to choose.
    threshold : float
        The score from which findings count.
    shares : mapping of str to float
        The part of each reason; what one cannot fill, the others do.
    seed : int
        Decides what chance decides.
    """
    chance: list[int] = np.random.default_rng(seed).permutation(len(candidates)).tolist()
    if not candidates:
        return [], 0
    space = points([*(one.text for one in candidates), *known.texts])
    rows, labelled = space[: len(candidates)], space[len(candidates) :]
    near = nearest(rows, labelled)
    orders: dict[Reason, Iterator[tuple[int, str]]] = {
        "uncertain": _uncertain(candidates, threshold, chance),
        "rare": _rare(candidates, known.categories, chance),
        "unlike": _unlike(candidates, rows, near, chance),
        "chance": ((place, "drawn by chance") for place in chance),
    }
    taken: list[Chosen] = []
    seen: set[int] = set()
    alike = 0
    while len(taken) < number and orders:
        reason = _next_reason(taken, {name: shares.get(name, 0.0) for name in orders})
        if reason is None:
            break
        found = next(((place, why) for place, why in orders[reason] if place not in seen), None)
        if found is None:
            del orders[reason]
            continue
        place, why = found
        seen.add(place)
        others = rows[[one.place for one in taken]]
        if max(near[place], nearest(rows[[place]], others)[0]) > ALIKE:
            alike += 1
            continue
        taken.append(Chosen(place=place, reason=reason, why=why))
    return taken, alike


def _next_reason(taken: Sequence[Chosen], shares: Mapping[Reason, float]) -> Reason | None:
    """Return the reason that is farthest behind its share; None if none has any."""
    total = sum(shares.values())
    if not total:
        return None
    so_far = Counter(one.reason for one in taken)
    behind = {
        name: share / total * (len(taken) + 1) - so_far[name] for name, share in shares.items()
    }
    return max((name for name in shares if shares[name]), key=lambda name: behind[name])


def _uncertain(
    candidates: Sequence[Candidate], threshold: float, chance: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """Yield notes with an asserted finding near the threshold, the nearest first."""
    rank = {place: position for position, place in enumerate(chance)}
    found = []
    for place, one in enumerate(candidates):
        scores = [f.score for f in one.findings if f.context == "asserted"]
        if scores:
            score = min(scores, key=lambda score: abs(score - threshold))
            found.append((abs(score - threshold), rank[place], place, score))
    for _, _, place, score in sorted(found):
        yield place, f"uncertain: score {score:.2f}, and {threshold:.2f} counts"


def _rare(
    candidates: Sequence[Candidate], known: Mapping[str, int], chance: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """Yield notes with a finding of a rare category, in turn from the rarest on."""
    numbers: Mapping[str, int] = known or Counter(
        finding.category for one in candidates for finding in one.findings
    )
    waiting: dict[str, list[int]] = {}
    for place in chance:
        for category in sorted({finding.category for finding in candidates[place].findings}):
            waiting.setdefault(category, []).append(place)
    known_as = "labelled so far" if known else "found here"
    given = Counter[str]()
    while waiting:
        category = min(waiting, key=lambda name: (numbers.get(name, 0) + given[name], name))
        place = waiting[category].pop(0)
        if not waiting[category]:
            del waiting[category]
        given[category] += 1
        yield place, f"rare category: {category}, {numbers.get(category, 0):,} {known_as}"


def _unlike(
    candidates: Sequence[Candidate], rows: csr_matrix, near: Floats, chance: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """Yield notes far from what is labelled and from those yielded before, the farthest first."""
    nearness = near.copy()
    rank = np.argsort(np.asarray(chance))
    # A note of two words is like nothing, and teaches nothing.
    left = np.array([len(one.text.split()) >= _FEWEST_WORDS for one in candidates])
    while left.any():
        places = np.flatnonzero(left)
        place = int(places[np.lexsort((rank[places], nearness[places]))[0]])
        left[place] = False
        yield place, f"unlike: nearness {nearness[place]:.2f} to what is labelled or chosen so far"
        nearness = np.maximum(nearness, nearest(rows, rows[[place]]))
