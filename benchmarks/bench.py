"""Print the tables of docs/benchmarks.md, or write them with its plot; `make bench` runs it.

python benchmarks/bench.py [--long] [--only PART ...] [--most NOTES] [--minutes M] [--write]
"""

from __future__ import annotations

import argparse
import os
import platform
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import growth
import peers_run
import stages
from matplotlib.figure import Figure
from ratios import Ratio

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
PLOT = PAGE.parent / "pictures" / "benchmarks.svg"
_ROW = re.compile(r"^\| (?P<name>.+?) \| (?P<median>[\d.,]+)(?: \(.+\))? \|$", re.MULTILINE)


class Sizes(NamedTuple):
    """How much is measured: rounds, and notes in a round, for peers, for workers, for memory."""

    rounds: int
    notes: int
    peers: int
    shared: int
    most: int


QUICK, LONG = Sizes(5, 120, 60, 60, 4_000), Sizes(9, 2_000, 200, 20_000, 1_000_000)


def main() -> None:
    """Measure, and print or write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true", help="many notes, for hours")
    parser.add_argument(
        "--only", action="append", choices=PARTS, help="measure this part alone; may be repeated"
    )
    parser.add_argument("--most", type=int, help="how many notes the memory is told for")
    parser.add_argument(
        "--minutes", type=float, default=float("inf"), help="how long the memory is looked at"
    )
    parser.add_argument("--write", action="store_true", help="write the page and its plot")
    asked = parser.parse_args()
    sizes = LONG if asked.long else QUICK
    if asked.most is not None:
        sizes = sizes._replace(most=asked.most)
    parts = PARTS | {"memory": partial(_memory, minutes=asked.minutes)}
    for name in asked.only or PARTS:
        lines: list[str] = []
        for line in (_machine(), "", *parts[name](sizes), ""):
            print(line, flush=True)
            lines.append(line)
        if asked.write:
            _write(name, lines)
    if asked.write:
        _plot()


def _write(part: str, lines: Iterable[str]) -> None:
    """Put what was measured in the place of what the page says of that part."""
    begin, end = f"<!-- measured: {part} -->", f"<!-- /measured: {part} -->"
    before, _, rest = PAGE.read_text("utf-8").partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{PAGE} has no place for {part!r}")
    PAGE.write_text("\n".join([before + begin, *lines, end + after]), "utf-8")


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


def _stages(sizes: Sizes) -> Iterator[str]:
    yield f"Median and range of {sizes.rounds} rounds of {sizes.notes} notes."
    yield ""
    yield from _table("up to and with", stages.by_stage(sizes.rounds, sizes.notes))
    reached = stages.reached(sizes.notes)
    yield ""
    yield (
        f"Of these ordinary notes {reached['notes']:.0%} hold a sentence for the contextual "
        f"tagger, which gets {reached['sentences']:.0%} of the sentences."
    )


def _lengths(sizes: Sizes) -> Iterator[str]:
    measured = stages.by_length(sizes.rounds, sizes.notes * 115 // 2)
    return _table("`--model fast`, by length", measured)


def _shares(sizes: Sizes) -> Iterator[str]:
    measured = stages.by_share(sizes.rounds, sizes.notes // 2)
    return _table("`--model fast`, by blaming notes", measured)


def _starts(sizes: Sizes) -> Iterator[str]:
    return _table("in times of `import spacy` without torch", growth.starts(sizes.rounds))


def _cores(sizes: Sizes) -> Iterator[str]:
    yield from ("| two workers beside one | fast | full |", "| --- | --- | --- |")
    fast = growth.cores(sizes.rounds, sizes.shared * 10, "fast")
    full = growth.cores(sizes.rounds, sizes.shared, "full")
    words = {"shorter": "times shorter by the clock", "processor": "times the processor time"}
    yield from (f"| {words[name]} | {fast[name]} | {full[name]} |" for name in fast)


def _memory(sizes: Sizes, minutes: float = float("inf")) -> Iterator[str]:
    yield from ("| notes judged by one process | MB resident |", "| --- | --- |")
    for notes, resident in growth.memory(sizes.most, minutes * 60):
        yield f"| {notes:,} | {'not told here' if resident is None else f'{resident:.0f}'} |"


def _peers(sizes: Sizes) -> Iterator[str]:
    yield from (f"| on the same {sizes.peers} notes | times the tokenizer |", "| --- | --- |")
    for name, value in peers_run.compare(sizes.peers).items():
        yield f"| {name} | {value if isinstance(value, str) else f'{value:.1f}'} |"


def _plot() -> None:
    """Draw what the page says of stages and peers."""
    page = PAGE.read_text("utf-8")
    bars: dict[str, float] = {}
    for part in ("stages", "peers"):
        written = page.partition(f"<!-- measured: {part} -->")[2].partition("<!-- /measured")[0]
        for row in _ROW.finditer(written):
            bars[row["name"].replace("`", "")] = float(row["median"].replace(",", ""))
    figure = Figure(figsize=(8, 0.4 * len(bars) + 1), layout="constrained")
    axes = figure.subplots()
    drawn = axes.barh(list(bars), list(bars.values()), color="#30638e")
    axes.bar_label(drawn, fmt="%.3g", padding=3)
    axes.set_xscale("log")
    axes.margins(x=0.15)
    axes.invert_yaxis()
    axes.set_xlabel("times spaCy's bare tokenizer on the same notes (log scale)")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(PLOT, metadata={"Date": None})


#: What can be measured, in the order of the page.
PARTS: dict[str, Callable[[Sizes], Iterator[str]]] = {
    "stages": _stages,
    "lengths": _lengths,
    "shares": _shares,
    "starts": _starts,
    "cores": _cores,
    "memory": _memory,
    "peers": _peers,
}


if __name__ == "__main__":
    main()
