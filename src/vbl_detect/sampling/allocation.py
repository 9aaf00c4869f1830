"""How many notes to draw from each stratum, and which."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Sequence
from dataclasses import replace

from vbl_detect.errors import UsageError
from vbl_detect.sampling.strata import Stratum


def allocate(
    strata: Sequence[Stratum], size: int, *, minimum: int, flagged_share: float | None
) -> list[Stratum]:
    """Return the strata with how many notes to draw from each.

    Among flagged notes, and among the others, in proportion to the strata's sizes, but at least
    `minimum`, or all of a smaller stratum.

    Parameters
    ----------
    strata : sequence of Stratum
        All strata.
    size : int
        Notes to draw in all; all there are, if that is more.
    minimum : int
        Least number from each stratum.
    flagged_share : float, optional
        The flagged notes' part of the sample, from 0 to 1; None: as among all notes.

    Raises
    ------
    UsageError
        If the strata's least numbers are together more than `size`.
    """
    least = [min(minimum, stratum.notes) for stratum in strata]
    size = min(size, sum(stratum.notes for stratum in strata))
    if sum(least) > size:
        raise UsageError(
            f"-n {size}: there are {len(strata):,} strata, and {minimum} notes of each, or all "
            f"that it has, make {sum(least):,}; draw that many, lower --min-per-stratum, or give "
            "fewer --by"
        )
    shares = [float(stratum.notes) for stratum in strata]
    if flagged_share is not None:
        flagged = sum(s.notes for s in strata if s.flagged)
        others = sum(s.notes for s in strata) - flagged
        shares = [
            s.notes / flagged * flagged_share
            if s.flagged
            else s.notes / others * (1 - flagged_share)
            for s in strata
        ]
    numbers = _in_proportion(shares, least, [s.notes for s in strata], size)
    return [replace(s, drawn=number) for s, number in zip(strata, numbers, strict=True)]


def _in_proportion(
    shares: Sequence[float], least: Sequence[int], most: Sequence[int], size: int
) -> list[int]:
    """Give each stratum its least, and every further note to the one that is furthest behind."""
    numbers = list(least)
    # A stratum nobody asked for still takes what the others cannot give.
    weights = [share or 1e-9 for share in shares]
    behind = [((k + 1) / w, i) for i, (k, w) in enumerate(zip(numbers, weights, strict=True))]
    heapq.heapify(behind)
    for _ in range(size - sum(numbers)):
        while numbers[behind[0][1]] >= most[behind[0][1]]:
            heapq.heappop(behind)
        _, index = behind[0]
        numbers[index] += 1
        heapq.heapreplace(behind, ((numbers[index] + 1) / weights[index], index))
    return numbers


def choose(strata: Sequence[Stratum], stratum_of: Iterable[int], seed: int) -> list[int]:
    """Return the positions of the notes drawn, in an order that tells nothing of their strata.

    A note's place in the draw comes of a hash of the seed and its position: the same on every
    machine, and a larger sample holds the smaller one.

    Parameters
    ----------
    strata : sequence of Stratum
        With how many to draw from each.
    stratum_of : iterable of int
        Of each note, in the order read, its stratum's index.
    seed : int
        What decides the draw.
    """
    best: list[list[tuple[int, int]]] = [[] for _ in strata]
    for position, stratum in enumerate(stratum_of):
        wanted, heap = strata[stratum].drawn, best[stratum]
        if not wanted:
            continue
        entry = (-_rank(seed, position), position)
        if len(heap) < wanted:
            heapq.heappush(heap, entry)
        elif entry > heap[0]:
            heapq.heapreplace(heap, entry)
    drawn = sorted((-rank, position) for heap in best for rank, position in heap)
    return [position for _, position in drawn]


def _rank(seed: int, position: int) -> int:
    digest = hashlib.sha256(f"{seed} {position}".encode("ascii")).digest()
    return int.from_bytes(digest[:8], "big")
