"""How a scan grows with notes and with cores, and what memory a worker takes."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import notes
from cold_start import IMPORT_SPACY
from ratios import Ratio, of

import vbl_detect
from vbl_detect.detection import BATCH_SIZE
from vbl_detect.hits import Judged, find_hits
from vbl_detect.pipeline import find_matcher
from vbl_detect.worker_process import Plan
from vbl_detect.workers import Pool

#: After so many notes the memory is told: 1,000, 2,000, 5,000, 10,000 and so on.
_TOLD = frozenset(digit * 10**power for power in range(3, 8) for digit in (1, 2, 5))
_STATUS = Path("/proc/self/status")


class Memory(NamedTuple):
    """What a process holds after so many notes, in MB; None where the system does not tell."""

    notes: int
    resident: float | None


def cores(rounds: int, number: int, model: str) -> dict[str, Ratio]:
    """Return by how much two workers shorten judging, and what it costs the processor.

    Two started workers judge the same notes as one, in turn. `shorter` goes by the clock, and is
    worth what the machine is quiet; `processor` is the processor time of all processes together.
    """
    shorter, processor = [], []
    plan = Plan((), model)
    lexicon_hash = find_matcher(vbl_detect.load(model=None)).lexicon.sha256
    with Pool(1, plan, lexicon_hash) as one, Pool(2, plan, lexicon_hash) as two:
        for turn in range(rounds + 1):
            batches = _batches(number, seed=20 + turn)
            alone, alone_cpu = _timed(one, batches)
            shared, shared_cpu = _timed(two, batches)
            if turn:  # the first round loads and warms up
                shorter.append(alone / shared)
                processor.append(shared_cpu / alone_cpu)
    return {"shorter": of(shorter), "processor": of(processor)}


def memory(most: int, seconds: float = float("inf")) -> Iterator[Memory]:
    """Yield what this process holds while the fast model judges ever new notes.

    Parameters
    ----------
    most : int
        How many notes.
    seconds : float
        When to end before that.
    """
    nlp = vbl_detect.load(model="fast")
    stream, ends = notes.make(most, seed=5), time.monotonic() + seconds
    done = told = 0
    while batch := [(text, ((0, len(text)),)) for text in islice(stream, BATCH_SIZE)]:
        find_hits(batch, nlp)
        done += len(batch)
        if done in _TOLD:
            told = done
            yield Memory(done, _resident())
        if time.monotonic() > ends:
            break
    if told < done:
        yield Memory(done, _resident())


def starts(rounds: int) -> dict[str, Ratio]:
    """Return what a check of a draft takes from a standing start, in times of `import spacy`."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, "draft.txt")
        draft.write_text(next(notes.make(1, share=notes.DENSE, words=300)), "utf-8")
        unit = [sys.executable, "-c", IMPORT_SPACY]
        check = [sys.executable, "-m", "vbl_detect", "check", str(draft)]
        ratios = [_process_time(check) / _process_time(unit) for _ in range(rounds + 1)]
    return {"check of a draft": of(ratios[1:])}


def table(path: Path, number: int, share: float = notes.ORDINARY) -> None:
    """Write made-up notes as a table, as an export has them."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(["Ref", "Note"])
        rows.writerows([f"R-{n}", text] for n, text in enumerate(notes.make(number, share=share)))


def _batches(number: int, seed: int) -> list[list[Judged]]:
    texts = list(notes.make(number, seed=seed))
    judged = [(text, ((0, len(text)),)) for text in texts]
    size = max(min(BATCH_SIZE, number // 8), 1)
    return [judged[start : start + size] for start in range(0, number, size)]


def _timed(pool: Pool, batches: Sequence[Sequence[Judged]]) -> tuple[float, float]:
    start, before = time.perf_counter(), _pool_time(pool)
    for _ in pool.judge(batches, list):
        pass
    return time.perf_counter() - start, _pool_time(pool) - before


def _pool_time(pool: Pool) -> float:
    """Return the processor time of a pool's workers and of this process."""
    own = time.process_time()
    ticks = 0
    for worker in pool.workers:
        fields = Path(f"/proc/{worker.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return own + ticks / os.sysconf("SC_CLK_TCK")


def _process_time(command: Sequence[str]) -> float:
    before = os.times()
    subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


def _resident() -> float | None:
    if not _STATUS.exists():
        return None
    line = next(x for x in _STATUS.read_text("ascii").splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1000
