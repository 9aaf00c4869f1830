"""A pool of worker processes that judge texts side by side.

Texts go out and plain tuples come back: handing over spaCy's objects would take 200 times as long
as tokenizing. Each worker has a thread of this process that waits for it, so that a worker which
is killed is replaced, and its batch judged again, while the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from vbl_detect.errors import UsageError, VblDetectError
from vbl_detect.worker_process import Plan, serve

if TYPE_CHECKING:
    from vbl_detect.hits import Hit, Judged

#: A worker is replaced by a fresh one after this many notes: two minutes of the fast model's work,
#: beside which a start is nothing.
MOST_NOTES = 200_000
#: A batch that this many workers have died over is not tried again.
MOST_DEATHS = 3
#: Batches handed out ahead of the one awaited, for each worker.
_AHEAD = 3
#: Seconds that a worker gets to end by itself.
_PATIENCE = 5.0
#: More than this are of no use: one process reads and writes for all.
_MOST_WORKERS = 32

_Batch = TypeVar("_Batch")


class WorkersLostError(VblDetectError):
    """Workers that died over the same notes again and again."""


def usable_cores() -> int:
    """Return how many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return min(cores, _MOST_WORKERS)


class Worker:
    """One worker process at a time; the next one when that has died or done its share.

    Parameters
    ----------
    plan : Plan
        What it loads.
    lexicon_hash : str
        The hash of the lexicon that it must have found.
    most_notes : int
        After so many notes it is replaced.
    """

    def __init__(self, plan: Plan, lexicon_hash: str, *, most_notes: int = MOST_NOTES) -> None:
        self._plan, self._lexicon_hash, self._most_notes = plan, lexicon_hash, most_notes
        self._notes = 0
        self._loaded = self._ended = False
        self._start()

    @property
    def pid(self) -> int | None:
        """The process's number."""
        return self._process.pid

    @property
    def ready(self) -> bool:
        """Whether it has loaded, or failed to."""
        return self._loaded or self._connection.poll() or not self._process.is_alive()

    def judge(self, texts: Sequence[Judged]) -> list[list[Hit]]:
        """Return the hits of a batch, if need be from another process than was there before.

        Parameters
        ----------
        texts : sequence of (str, tuple)
            A few notes, as `vbl_detect.hits.judged` returns them.

        Raises
        ------
        WorkersLostError
            If worker after worker dies over it.
        UsageError
            If the lexicon has changed since the run began.
        """
        if self._notes >= self._most_notes:
            self._end()
            self._start()
        for _ in range(MOST_DEATHS):
            try:
                self._await_load()
                self._connection.send(texts)
                answer = self._answer()
            except (EOFError, OSError):
                if self._ended:
                    raise
                self._end()
                self._start()
            else:
                self._notes += len(texts)
                return cast("list[list[Hit]]", answer)
        raise WorkersLostError(
            f"{MOST_DEATHS} worker processes ended one after the other over the same notes; "
            "the machine may be short of memory: try --workers 1"
        )

    def close(self, *, at_once: bool = False) -> None:
        """End the process.

        Parameters
        ----------
        at_once : bool
            Whether to drop what it is about.
        """
        self._ended = True
        if at_once:
            self._process.kill()
        self._end()

    def _end(self) -> None:
        self._connection.close()  # which the process takes as the end of its work
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would copy locks of other threads
        self._connection, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=serve, args=(theirs, self._plan), daemon=True
        )
        self._process.start()
        theirs.close()  # so that its death is seen here
        self._notes, self._loaded = 0, False

    def _await_load(self) -> None:
        if self._loaded:
            return
        if self._answer() != self._lexicon_hash:
            raise UsageError("the lexicon was changed while the scan ran; start it again")
        self._loaded = True

    def _answer(self) -> Any:  # noqa: ANN401 - whatever the other side has sent
        answer = self._connection.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    _connection: Connection


class Pool:
    """Workers that share batches; as a context manager it ends them with the block.

    Parameters
    ----------
    size : int
        How many workers.
    plan : Plan
        What each loads.
    lexicon_hash : str
        The hash of the lexicon that each must have found.
    """

    def __init__(self, size: int, plan: Plan, lexicon_hash: str) -> None:
        self.workers = [Worker(plan, lexicon_hash) for _ in range(size)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self.workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="worker")
        self._waiting: deque[Future[list[list[Hit]]]] = deque()

    @property
    def ready(self) -> bool:
        """Whether any worker has loaded, or failed to."""
        return any(worker.ready for worker in self.workers)

    def judge(
        self, batches: Iterable[_Batch], texts: Callable[[_Batch], Sequence[Judged]]
    ) -> Iterator[tuple[_Batch, list[list[Hit]]]]:
        """Yield each batch with its hits, in the order of the batches.

        Parameters
        ----------
        batches : iterable
            The batches; a few are taken ahead.
        texts : callable
            Returns of a batch what a worker is sent.
        """
        taken: deque[_Batch] = deque()
        for batch in batches:
            taken.append(batch)
            self._waiting.append(self._threads.submit(self._judge, texts(batch)))
            if len(taken) > _AHEAD * len(self.workers):
                yield taken.popleft(), self._waiting.popleft().result()
        while taken:
            yield taken.popleft(), self._waiting.popleft().result()

    def _judge(self, texts: Sequence[Judged]) -> list[list[Hit]]:
        worker = self._idle.get()
        try:
            return worker.judge(texts)
        finally:
            self._idle.put(worker)

    def __enter__(self) -> Pool:
        """Return the pool."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers; after an error, whatever they are about."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self.workers:
            worker.close(at_once=kind is not None)
        self._threads.shutdown()
