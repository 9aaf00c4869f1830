"""Print how much of the personal details in marked notes is masked, by kind.

``python scripts/measure_masking.py data/masking/held-out.txt [--failures]``. A detail counts as
masked if no letter or digit of it is left; a mask counts as right if it touches a marked detail.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from scipy.stats import binomtest

from vbl_detect.masking import KINDS, MASK, find_details, mask

MARK = re.compile(r"\[\[([a-z-]+):(.+?)\]\]")


def read_marked(path: Path) -> list[tuple[str, str, list[tuple[int, int, str]]]]:
    """Return the notes of a file: number, text, and the details marked in it."""
    notes = []
    for block in re.split(r"^# ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        number, _, body = block.partition("\n")
        text, gold, at = "", [], 0
        for found in MARK.finditer(body.strip()):
            text += body.strip()[at : found.start()]
            gold.append((len(text), len(text) + len(found[2]), found[1]))
            text, at = text + found[2], found.end()
        notes.append((number, text + body.strip()[at:], gold))
    return notes


def share(right: int, number: int) -> str:
    """Return a share with its 95 % interval by Wilson."""
    if not number:
        return "-"
    interval = binomtest(right, number).proportion_ci(method="wilson")
    return f"{right / number:.2f} ({interval.low:.2f}-{interval.high:.2f}), {right} of {number}"


def main(path: Path, *, failures: bool) -> None:
    """Measure one file."""
    marked, masked, found, right = Counter(), Counter(), Counter(), Counter()
    words, kept = 0, 0
    for number, text, gold in read_marked(path):
        covered = mask(text)
        for start, end, kind in gold:
            marked[kind] += 1
            hidden = not any(char.isalnum() for char in covered[start:end])
            masked[kind] += hidden
            if failures and not hidden:
                print(f"{number} missed {kind}: {text[start:end]!r}")
        for detail in find_details(text):
            found[detail.kind] += 1
            touches = any(start < detail.end and detail.start < end for start, end, _ in gold)
            right[detail.kind] += touches
            if failures and not touches:
                print(f"{number} too much {detail.kind}: {text[detail.start : detail.end]!r}")
        for word in re.finditer(r"\w+", text):
            if not any(start < word.end() and word.start() < end for start, end, _ in gold):
                words += 1
                kept += MASK not in covered[word.start() : word.end()]
    print("| kind | recall | precision |\n| --- | --- | --- |")
    for kind in KINDS:
        print(
            f"| {kind} | {share(masked[kind], marked[kind])} | {share(right[kind], found[kind])} |"
        )
    print(
        f"| all | {share(masked.total(), marked.total())} | {share(right.total(), found.total())} |"
    )
    print(f"\nOther words left as they are: {share(kept, words)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), failures="--failures" in sys.argv)
