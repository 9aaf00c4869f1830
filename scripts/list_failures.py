"""List what the classifier gets wrong on the development notes, and refresh the known failures.

Prints every counted span that it misses and every finding that it wrongly counts, as lines of
``tests/regression/classifier_failures.txt``, with the words. Takes the known failures that pass out
of that file; new ones are added to it by hand, each with a line why.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import vbl_detect
from vbl_detect.gold import GoldNote, read_gold
from vbl_detect.marks import Marked, counted_marks, findings_in

ROOT = Path(__file__).parents[1]
DEV = ROOT / "data" / "corpus" / "dev.jsonl"
KNOWN = ROOT / "tests" / "regression" / "classifier_failures.txt"
MISSED, WRONGLY_COUNTED = "missed", "wrongly counted"


class Failure(NamedTuple):
    """A labelled span on which the classifier is wrong; half-open offsets in code points."""

    note: str
    start: int
    end: int
    kind: str

    def __str__(self) -> str:
        """Return it as it stands in the file."""
        return f"{self.note} | {self.start}-{self.end} | {self.kind}"


def main() -> None:
    """Print the failures and take those that pass out of the file."""
    notes = read_gold(DEV)
    texts = {note.id: note.text for note in notes}
    marks = counted_marks(findings_in((note.text for note in notes), vbl_detect.load()))
    failing = set(failures(notes, marks))
    known = {failure for failure, _ in read_known(KNOWN)}
    for failure in sorted(failing - known):
        words = " ".join(texts[failure.note][failure.start : failure.end].split())
        print(f"{failure} | {words}")
    lines = KNOWN.read_text("utf-8").splitlines() if KNOWN.exists() else []
    kept = [line for line in lines if not is_entry(line) or parse(line)[0] in failing]
    if lines != kept:
        KNOWN.write_text("\n".join(kept) + "\n", "utf-8")
    print(f"{len(failing)} failures, {len(failing & known)} of them known; "
          f"{len(lines) - len(kept)} that pass taken out of {KNOWN.name}")  # fmt: skip


def failures(notes: list[GoldNote], marks: list[list[Marked]]) -> Iterator[Failure]:
    """Yield the labelled spans on which the marks are wrong; borderline ones are passed over.

    Parameters
    ----------
    notes : list of GoldNote
        The labelled notes.
    marks : list of list of Marked
        What counts in each.
    """
    for note, marked in zip(notes, marks, strict=True):
        for span in note.spans:
            found = any(mark.start < span.end and span.start < mark.end for mark in marked)
            if not span.borderline and found != span.counts:
                kind = MISSED if span.counts else WRONGLY_COUNTED
                yield Failure(note.id, span.start, span.end, kind)


def read_known(path: Path) -> list[tuple[Failure, str]]:
    """Return the known failures with the line why of each.

    Parameters
    ----------
    path : Path
        A file of lines ``note | start-end | kind | why``; those that begin with # are comments.
    """
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [parse(line) for line in lines if is_entry(line)]


def is_entry(line: str) -> bool:
    """Tell whether a line of the file names a failure."""
    return bool(line.strip()) and not line.startswith("#")


def parse(line: str) -> tuple[Failure, str]:
    """Return the failure that a line names, and why it fails."""
    note, offsets, kind, why = (cell.strip() for cell in line.split("|"))
    start, end = offsets.split("-")
    return Failure(note, int(start), int(end), kind), why


if __name__ == "__main__":
    main()
