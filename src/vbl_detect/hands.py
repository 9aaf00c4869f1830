"""Who judges the batches of a run: this process, or a pool of workers once that pays."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from spacy.language import Language

from vbl_detect.hits import Hit, Judged, find_hits
from vbl_detect.pipeline import find_matcher
from vbl_detect.records import ModelChoice
from vbl_detect.worker_process import Plan

if TYPE_CHECKING:
    from vbl_detect.workers import Pool

#: Workers are started when judging has taken this many seconds: about what starting them costs, so
#: that no run takes much longer for having waited, or for having started them too soon.
PAYS_AFTER = 4.0

_Batch = TypeVar("_Batch")


def judge_batches(
    batches: Iterable[_Batch],
    texts: Callable[[_Batch], Sequence[Judged]],
    nlp: Language,
    *,
    workers: int | None = 1,
    lexicons: tuple[Path, ...] = (),
    model: ModelChoice = "full",
) -> Iterator[tuple[_Batch, list[list[Hit]]]]:
    """Yield each batch with the hits of its notes, in the order of the batches.

    Parameters
    ----------
    batches : iterable
        The batches; where workers judge, a few are taken ahead.
    texts : callable
        Returns of a batch what is judged of its notes, as `vbl_detect.hits.judged` does.
    nlp : Language
        The pipeline of this process.
    workers : int, optional
        How many processes judge; 1: this one alone; None: this one, and as many as there are cores
        when it has been at it for `PAYS_AFTER` seconds.
    lexicons, model
        What `nlp` was made of; workers load the same.
    """
    stream = iter(batches)

    def here(until: Callable[[float], bool]) -> Iterator[tuple[_Batch, list[list[Hit]]]]:
        spent = 0.0
        for batch in stream:
            start = time.monotonic()
            hits = find_hits(texts(batch), nlp)
            spent += time.monotonic() - start
            yield batch, hits
            if until(spent):
                return

    if workers is None:
        yield from here(lambda spent: spent >= PAYS_AFTER)
    size = _usable_cores() if workers is None else workers
    following = next(stream, None)
    if following is None:
        return
    stream = chain([following], stream)
    if size == 1:
        yield from here(lambda _: False)
        return
    with _pool(size, Plan(lexicons, model), nlp) as pool:
        if workers is None:
            yield from here(lambda _: pool.ready)  # meanwhile they load
        yield from pool.judge(stream, texts)


def _usable_cores() -> int:
    from vbl_detect.workers import usable_cores  # noqa: PLC0415 - most runs need none

    return usable_cores()


def _pool(size: int, plan: Plan, nlp: Language) -> Pool:
    from vbl_detect.workers import Pool  # noqa: PLC0415 - most runs need none

    return Pool(size, plan, find_matcher(nlp).lexicon.sha256)
