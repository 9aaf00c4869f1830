"""Print what notes cost by mode and length, what Spark adds, and what a whole country would take.

    python benchmarks/scaling.py [ROUNDS] [--without-spark]

All times are CPU seconds of a core, so that other work on the machine changes them little; each
figure is the median of the rounds, each on notes of its own, with the range. The last table is
arithmetic on the figures above it and on the assumptions printed with it; docs/scaling.md shows it.
"""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from notes import LENGTH, make

import vbl_detect
from vbl_detect.records import ModelChoice
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.values import json_line, plain_row

ROUNDS = 5
MODES: tuple[ModelChoice, ...] = ("full", "fast")
LENGTHS = (25, LENGTH, 400, 1_000)
#: Words of notes that a round judges for each length.
WORDS_A_ROUND = 8_000
#: Assumptions, not measurements: the territorial police forces of the United Kingdom; how many
#: notes each writes in a year that are worth judging; years.
FORCES, NOTES_A_YEAR, YEARS = 45, 1_000_000, 10
CORES = (16, 64, 256, 1_024)
NOTES_A_TASK = 10_000
_LOADING = """
import resource, sys
import vbl_detect
nlp = vbl_detect.load(model=sys.argv[1])
list(nlp("She continues to put herself at risk.").ents)
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of several rounds."""

    rounds: Sequence[float]

    @property
    def median(self) -> float:
        """The figure that is given."""
        return statistics.median(self.rounds)

    def told(self, form: str, scale: float = 1.0) -> str:
        """Return median and range, in a format of `format`."""
        low, high = min(self.rounds) * scale, max(self.rounds) * scale
        return f"{self.median * scale:{form}} ({low:{form}}-{high:{form}})"


def main(rounds: int, *, with_spark: bool) -> None:
    """Measure, and print the figures and what follows from them."""
    print(f"{rounds} rounds on {os.cpu_count()} cores; CPU time, median and range\n")
    loads = {mode: loading(mode, rounds) for mode in MODES}
    for mode, (seconds, memory) in loads.items():
        print(f"loading, {mode}: {seconds.told('.1f')} s, {memory.told(',.0f')} MB at its end")
    costs = {mode: by_length(mode, rounds) for mode in MODES}
    print("\n| words in a note | mode | ms a note | notes a core-hour |\n| --- | --- | --- | --- |")
    for mode, lengths in costs.items():
        for words, cost in lengths.items():
            hourly = Measured([3600 / one for one in cost.rounds])
            print(f"| {words} | {mode} | {cost.told('.1f', 1000)} | {hourly.told(',.0f')} |")
    for mode, lengths in costs.items():
        fixed, a_word, error = fitted(lengths)
        print(
            f"fit, {mode}: {fixed * 1000:.2f} ms + {a_word * 1e6:.1f} µs a word, off by "
            f"{error:.0%} at most"
        )
    size, share = output()
    print(f"output: {share:.2f} findings a note, {size / 1024:.1f} KB of JSON Lines each")
    task, tax = spark_costs(rounds, costs["fast"][LENGTH]) if with_spark else (None, None)
    country({mode: lengths[LENGTH] for mode, lengths in costs.items()}, loads, task, tax)


def loading(mode: ModelChoice, rounds: int) -> tuple[Measured, Measured]:
    """Return the CPU seconds of a process until it has judged a note, and its memory in MB."""
    pairs = []
    for _ in range(rounds):
        command = [sys.executable, "-c", _LOADING, mode]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        pairs.append([float(figure) for figure in done.stdout.split()])
    seconds, memory = zip(*pairs, strict=True)
    return Measured(seconds), Measured(memory)


def by_length(mode: ModelChoice, rounds: int) -> Mapping[int, Measured]:
    """Return the CPU seconds of a note, by words in it."""
    nlp = vbl_detect.load(model=mode, threads=1)
    list(vbl_detect.detect(noted(make(50, seed=99)), nlp))  # warms up
    costs: dict[int, list[float]] = {words: [] for words in LENGTHS}
    for turn in range(rounds):
        for words in LENGTHS:
            texts = list(make(max(WORDS_A_ROUND // words, 8), words=words, seed=turn))
            start = time.process_time()
            list(vbl_detect.detect(noted(texts), nlp))
            costs[words].append((time.process_time() - start) / len(texts))
    return {words: Measured(spent) for words, spent in costs.items()}


def noted(texts: Any) -> list[vbl_detect.Note]:  # noqa: ANN401 - any iterable of texts
    """Return texts as notes."""
    return [vbl_detect.Note(text=text) for text in texts]


def fitted(costs: Mapping[int, Measured]) -> tuple[float, float, float]:
    """Return seconds a note, seconds a word, and the largest relative error of the line."""
    words = np.array(list(costs), dtype=float)
    seconds = np.array([cost.median for cost in costs.values()])
    # Weighted, so that short notes, which are most, are hit as well as long ones.
    a_word, fixed = np.polyfit(words, seconds, 1, w=1 / seconds)
    errors = np.abs((fixed + a_word * words) / seconds - 1)
    return float(fixed), float(a_word), float(errors.max())


def output() -> tuple[float, float]:
    """Return the bytes of a finding in JSON Lines, and findings a note."""
    nlp = vbl_detect.load(model="fast", threads=1)
    texts = list(make(400, seed=7))
    lines = [json_line(plain_row(one, RunInfo())) for one in vbl_detect.detect(noted(texts), nlp)]
    return statistics.fmean(len(line.encode()) for line in lines), len(lines) / len(texts)


def spark_costs(rounds: int, alone: Measured) -> tuple[Measured, Measured]:
    """Print and return CPU seconds of a task with nothing in it, and how much dearer a note is."""
    from vbl_detect.spark.frames import detect_df  # noqa: PLC0415 - an extra
    from vbl_detect.spark.session import session  # noqa: PLC0415

    few, many, count = 4, 36, 600
    tasks, taxes = [], []
    with session() as spark:

        def used() -> float:
            me = spark._jvm.java.lang.ProcessHandle.current()
            everyone = [me, *me.descendants().toArray()]
            times = [one.info().totalCpuDuration() for one in everyone]
            return sum(one.get().toMillis() for one in times if one.isPresent()) / 1000

        def spent(texts: Sequence[str], partitions: int) -> float:
            sdf = spark.createDataFrame([(text,) for text in texts], "text string")
            start = used()
            detect_df(sdf.repartition(partitions), model="fast").collect()
            return used() - start

        spent(list(make(100, seed=98)), few)  # warms Java up, and the workers
        for turn in range(rounds):
            empty = ["All well."] * many
            base, more = spent(empty, few), spent(empty, many)
            tasks.append((more - base) / (many - few))
            judged = spent(list(make(count, seed=turn)), few) - base
            taxes.append(judged / count / alone.median)
    task, tax = Measured(tasks), Measured(taxes)
    print(f"Spark: {task.told('.3f')} s a task; a note costs {tax.told('.2f')} times as much")
    return task, tax


def country(
    costs: Mapping[ModelChoice, Measured],
    loads: Mapping[ModelChoice, tuple[Measured, Measured]],
    task: Measured | None,
    tax: Measured | None,
) -> None:
    """Print what the notes of all forces would take."""
    notes = FORCES * NOTES_A_YEAR * YEARS
    tasks = math.ceil(notes / NOTES_A_TASK)
    dearer, a_task = (1.0 if tax is None else tax.median), (0.0 if task is None else task.median)
    print(
        f"\nAssumed: {FORCES} forces, {NOTES_A_YEAR:,} notes a year of {LENGTH} words, {YEARS} "
        f"years: {notes:,} notes, {NOTES_A_TASK:,} a task, one worker a core\n"
    )
    print("| cores | mode | judging | loading, all workers | tasks | hours |")
    print("| --- | --- | --- | --- | --- | --- |")
    for cores in CORES:
        for mode, cost in costs.items():
            judging = notes * cost.median * dearer / 3600
            loaded, overhead = cores * loads[mode][0].median / 3600, tasks * a_task / 3600
            wall = (judging + loaded + overhead) / cores
            print(
                f"| {cores:,} | {mode} | {judging:,.0f} core-hours | {loaded:,.2f} core-hours | "
                f"{overhead:,.1f} core-hours | {wall:,.1f} |"
            )


if __name__ == "__main__":
    numbers = [int(given) for given in sys.argv[1:] if given.isdigit()]
    main(numbers[0] if numbers else ROUNDS, with_spark="--without-spark" not in sys.argv)
