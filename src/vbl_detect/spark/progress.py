"""How much of a Spark job is judged, told to whoever listens while the driver waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from vbl_detect.running import RunListener

if TYPE_CHECKING:
    from pyspark import StatusTracker

#: Spark is asked so often.
_SECONDS = 0.5


@contextmanager
def telling(
    tracker: StatusTracker, tasks: int, listener: RunListener, *, every: float = _SECONDS
) -> Iterator[None]:
    """Tell a listener, as long as the block lasts, how much of what is to be read is judged.

    Parameters
    ----------
    tracker : StatusTracker
        What Spark says of its stages.
    tasks : int
        How many tasks judge.
    listener : RunListener
        Hears it in bytes of its total, from a thread beside the one that waits.
    every : float
        The seconds between two questions.
    """
    ended = Event()

    def ask() -> None:
        told = 0.0
        while not ended.wait(every):
            try:
                share = share_judged(tracker, tasks)
            except Exception:  # whatever Spark raises when it ends; the job itself tells
                return
            if share > told:
                told = share
                listener.judged(share * listener.total_bytes)

    asking = Thread(target=ask, name="vbl-detect progress", daemon=True)
    asking.start()
    try:
        yield
    finally:
        ended.set()
        asking.join()


def share_judged(tracker: StatusTracker, tasks: int) -> float:
    """Return the share of the judging tasks that are done; 0 before they begin, and after.

    Parameters
    ----------
    tracker : StatusTracker
        What Spark says of its stages.
    tasks : int
        How many tasks judge, by which their stage is known from those that read and sort.
    """
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return max(
        (s.numCompletedTasks / tasks for s in stages if s is not None and s.numTasks == tasks),
        default=0.0,
    )
