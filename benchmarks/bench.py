"""Print the table of docs/benchmarks.md, or write it with its plot; `make bench` runs it.

python benchmarks/bench.py [--long] [--write]
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import growth
import peers_run
import stages
from matplotlib.figure import Figure
from ratios import Ratio

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
PLOT = PAGE.parent / "pictures" / "benchmarks.svg"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
#: Rounds, notes in a round, notes for peers, notes for workers, and the most for the memory.
QUICK, LONG = (4, 60, 10, 40, 4_000), (9, 2_000, 200, 20_000, 1_000_000)


def main() -> None:
    """Measure, and print or write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true", help="many notes, for hours")
    parser.add_argument("--write", action="store_true", help="write the page and its plot")
    asked = parser.parse_args()
    rounds, count, peers, shared, most = LONG if asked.long else QUICK
    parts: list[str] = []

    def tell(lines: Iterable[str]) -> None:
        parts.extend(lines := [*lines, ""])
        print(*lines, sep="\n", flush=True)

    tell([_machine(), f"Median and range of {rounds} rounds of {count} notes."])
    staged = stages.by_stage(rounds, count)
    tell(_table("up to and with", staged))
    reached = stages.reached(count)
    tell(
        [
            f"Of these ordinary notes {reached['notes']:.0%} hold a sentence for the contextual "
            f"tagger, which gets {reached['sentences']:.0%} of the sentences."
        ]
    )
    tell(_table("`--model fast`, by length", stages.by_length(rounds, count * 115 // 2)))
    tell(_table("`--model fast`, by blaming notes", stages.by_share(rounds, count // 2)))
    tell(_table("in times of `import spacy`", growth.starts(rounds)))
    tell(_cores(rounds, shared))
    tell(_memory(most))
    compared = peers_run.compare(peers)
    tell(_compared(compared, peers))
    measured = "\n".join(parts)
    if asked.write:
        before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}", "utf-8")
        _plot(staged, compared)


def _machine() -> str:
    busy = ""
    if hasattr(os, "getloadavg"):
        busy = f", {os.getloadavg()[1]:.0f} processes wanting to run"
    return (
        f"Measured on {os.cpu_count()} cores ({platform.machine()}{busy}), "
        f"Python {platform.python_version()}."
    )


def _table(head: str, ratios: Mapping[str, Ratio]) -> Iterator[str]:
    yield from (f"| {head} | ratio |", "| --- | --- |")
    yield from (f"| {name} | {ratio} |" for name, ratio in ratios.items())


def _cores(rounds: int, count: int) -> Iterator[str]:
    yield from ("| two workers beside one | fast | full |", "| --- | --- | --- |")
    fast = growth.cores(rounds, count * 10, "fast")
    full = growth.cores(rounds, count, "full")
    words = {"shorter": "times shorter by the clock", "processor": "times the processor time"}
    yield from (f"| {words[name]} | {fast[name]} | {full[name]} |" for name in fast)


def _memory(most: int) -> Iterator[str]:
    yield from ("| notes judged by one process | MB resident |", "| --- | --- |")
    for notes, resident in growth.memory(most):
        yield f"| {notes:,} | {'not told here' if resident is None else f'{resident:.0f}'} |"


def _compared(compared: Mapping[str, float | str], count: int) -> Iterator[str]:
    yield from (f"| on the same {count} notes | times the tokenizer |", "| --- | --- |")
    for name, value in compared.items():
        yield f"| {name} | {value if isinstance(value, str) else f'{value:.1f}'} |"


def _plot(staged: Mapping[str, Ratio], compared: Mapping[str, float | str]) -> None:
    bars = {name: ratio.median for name, ratio in staged.items()}
    bars |= {name: value for name, value in compared.items() if isinstance(value, float)}
    figure = Figure(figsize=(8, 0.4 * len(bars) + 1), layout="constrained")
    axes = figure.subplots()
    names = [name.replace("`", "") for name in bars]
    drawn = axes.barh(names, list(bars.values()), color="#30638e")
    axes.bar_label(drawn, fmt="%.3g", padding=3)
    axes.set_xscale("log")
    axes.margins(x=0.15)
    axes.invert_yaxis()
    axes.set_xlabel("times spaCy's bare tokenizer on the same notes (log scale)")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(PLOT, metadata={"Date": None})


if __name__ == "__main__":
    main()
