"""When drafts are judged: once their writer pauses, and only as they stand then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

#: Seconds without a key pressed before a draft is judged.
PAUSE = 0.3
#: No draft waits longer than that, in seconds, however long it takes to judge.
LONGEST_PAUSE = 5.0


class Schedule:
    """Does work on drafts later; what is asked for again replaces what was asked for before.

    A draft that takes long to judge waits for a longer pause, so that work does not pile up.

    Parameters
    ----------
    work : callable
        What is to be done, given a draft's URI.
    pause : float
        How long to wait, in seconds.
    """

    def __init__(self, work: Callable[[str], Awaitable[None]], pause: float = PAUSE) -> None:
        self._work = work
        self._pause = pause
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._took: dict[str, float] = {}

    def at_once(self, uri: str) -> None:
        """Do the work on a draft now."""
        self._plan(uri, 0.0)

    def later(self, uri: str) -> None:
        """Do the work on a draft once nothing has been asked for a while."""
        took = min(self._took.get(uri, 0.0), LONGEST_PAUSE)
        self._plan(uri, max(self._pause, took))

    def drop(self, uri: str) -> None:
        """Do no work on a draft."""
        self._cancel(uri)
        self._took.pop(uri, None)

    def close(self) -> None:
        """Do no more work."""
        for uri in list(self._tasks):
            self.drop(uri)

    def _plan(self, uri: str, pause: float) -> None:
        self._cancel(uri)
        task = asyncio.create_task(self._after(uri, pause))
        self._tasks[uri] = task
        task.add_done_callback(lambda done: self._forget(uri, done))

    async def _after(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        clock = asyncio.get_running_loop().time
        started = clock()
        await self._work(uri)
        self._took[uri] = clock() - started

    def _cancel(self, uri: str) -> None:
        task = self._tasks.pop(uri, None)
        if task is not None:
            task.cancel()

    def _forget(self, uri: str, done: asyncio.Task[None]) -> None:
        if self._tasks.get(uri) is done:
            del self._tasks[uri]
