"""Check the labelled notes: form, offsets, near-duplicates, and the agreement of two labellings.

The bank of exercises is checked with them: none may stand near a note that a model is fitted on.

Run as ``make corpus-check``; every fault is printed as ``file:line: message``, and any fault gives
exit code 1.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from vbl_detect.errors import VblDetectError
from vbl_detect.evaluation import LEVELS, agreement
from vbl_detect.exercises import read_exercises
from vbl_detect.gold import GoldNote, read_gold
from vbl_detect.lexicon import read_lexicon
from vbl_detect.marks import Marked
from vbl_detect.resources import exercise_bank, lexicon_dir

CORPUS = Path(__file__).parents[1] / "data" / "corpus"
SECOND = "second-labels.jsonl"
NOTE_TYPES = frozenset(
    "missing-review cse-review cce-review online-review thrive strategy-minutes return-interview "
    "ppn charging rape-review da-review audit-feedback email other".split()
)
#: Two notes are near-duplicates when they share this part of their runs of five words.
MOST_SHARED = 0.3
RUN = 5
EDGES = " \t\r\n.,;:"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the corpus."""

    path: Path
    notes: Sequence[GoldNote]


def faults(part: Part, categories: frozenset[str], seen: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with the notes of one file."""
    for line, note in enumerate(part.notes, start=1):
        where = f"{part.path.name}:{line}: {note.id}"
        if first := seen.get(note.id):
            yield f"{where}: the id stands in {first} already; take another"
        seen[note.id] = f"{part.path.name}:{line}"
        if note.note_type not in NOTE_TYPES:
            yield f"{where}: unknown note type {note.note_type!r}"
        for span in note.spans:
            phrase = note.text[span.start : span.end]
            place = f"{where}: span {span.start}-{span.end}"
            if span.category not in categories:
                yield f"{place}: unknown category {span.category!r}"
            if phrase != phrase.strip(EDGES):
                yield f"{place}: it begins or ends in a space or punctuation; trim it"
            inside_word = [
                edge
                for edge in (span.start, span.end)
                if 0 < edge < len(note.text) and note.text[edge - 1 : edge + 1].isalpha()
            ]
            if inside_word:
                yield f"{place}: an edge lies inside a word; move it"


def near_duplicates(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the pairs of notes that share too many runs of words."""
    notes = [(part.path.name, note) for part in parts for note in part.notes]
    counts = CountVectorizer(ngram_range=(RUN, RUN), binary=True, token_pattern=r"\w+")  # noqa: S106 - a pattern
    runs = csr_matrix(counts.fit_transform([note.text for _, note in notes]), dtype=np.int32)
    sizes = np.asarray(runs.sum(axis=1)).ravel()
    shared = (runs @ runs.T).tocoo()
    for i, j, number in zip(shared.row, shared.col, shared.data, strict=True):
        if i < j and number > MOST_SHARED * min(sizes[i], sizes[j]):
            (first, a), (second, b) = notes[i], notes[j]
            yield f"{second}: {b.id} repeats {number} runs of {RUN} words of {a.id} in {first}"


def print_agreement(parts: Sequence[Part], second: Sequence[GoldNote]) -> None:
    """Print how well the second labelling agrees with the first, the first taken as gold."""
    first = {note.id: note for part in parts for note in part.notes}
    pairs = [(first[note.id], note) for note in second]
    marks = [
        [Marked(s.start, s.end, s.category) for s in note.spans if s.counts] for _, note in pairs
    ]
    print(f"second labelling of {len(pairs)} notes, against the first (95 % interval):")
    for level in LEVELS:
        found = agreement([note for note, _ in pairs], marks, level)
        print(f"  {level}: P {found.precision}  R {found.recall}  F1 {found.f1}")
    mates = [
        (span, mate)
        for note, other in pairs
        for span in note.spans
        for mate in other.spans
        if span.start < mate.end and mate.start < span.end
    ]
    for told in ("context", "category"):
        same = sum(getattr(span, told) == getattr(mate, told) for span, mate in mates)
        print(f"  {told} of overlapping spans: the same in {same:,} of {len(mates):,}")


def main() -> int:
    """Check the corpus and return the exit code."""
    categories = frozenset(read_lexicon([lexicon_dir()]).categories)
    found: list[str] = []
    parts: list[Part] = []
    seen: dict[str, str] = {}
    for path in sorted(CORPUS.glob("*.jsonl")):
        if path.name == SECOND:
            continue
        try:
            parts.append(Part(path, read_gold(path)))
        except VblDetectError as error:
            found.append(str(error))
    bank = exercise_bank()
    try:
        parts.append(Part(bank, [exercise.note for exercise in read_exercises(bank)]))
    except VblDetectError as error:
        found.append(str(error))
    for part in parts:
        found += faults(part, categories, seen)
    found += near_duplicates(parts)
    for part in parts:
        spans = [span for note in part.notes for span in note.spans]
        contexts = Counter(span.context for span in spans)
        clean = sum(not note.spans for note in part.notes)
        told = ", ".join(f"{context} {number}" for context, number in contexts.most_common())
        print(f"{part.path.name}: {len(part.notes)} notes, {clean} without a span; {told}")
    print(f"{sum(len(part.notes) for part in parts)} notes in {len(parts)} parts")
    if (CORPUS / SECOND).exists():
        print_agreement(parts, read_gold(CORPUS / SECOND))
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"{len(found)} faults" if found else "no fault", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
