"""Print what matching and context cost beside spaCy's bare tokenizer, on notes not seen before.

    python benchmarks/context.py [NOTES.jsonl ...]

Each round takes notes of its own, so that no text is seen twice; tokenizer and pipeline take turns
in one process. The first round warms the vocabulary up and is dropped.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.tokens import Doc

import vbl_detect
from vbl_detect.components import context_qualifier, lexicon_matcher, sentences
from vbl_detect.gold import read_gold

CORPUS = Path(__file__).parents[1] / "data" / "corpus"
ROUNDS = 6


def main(paths: Sequence[Path]) -> None:
    """Measure and print the ratios with their spread."""
    texts = [note.text for path in paths for note in read_gold(path)]
    print(f"{len(texts)} notes, {ROUNDS - 1} rounds after one to warm up")
    for name, parts in steps().items():
        ratios = [ratio(chunk, parts) for chunk in rounds(texts)][1:]
        spread = f"{min(ratios):.2f}-{max(ratios):.2f}"
        print(f"{name:36} {statistics.median(ratios):5.2f} x the tokenizer ({spread})")


def steps() -> dict[str, list[Callable[[Doc], Doc]]]:
    """Return what is measured: components that follow the tokenizer, by name."""
    nlp = vbl_detect.load(model=None)
    pipes = dict(nlp.pipeline)
    matcher, context = pipes[lexicon_matcher.NAME], pipes[context_qualifier.NAME]
    return {
        "matching": [matcher],
        "sentences and matching": [pipes[sentences.NAME], matcher],
        "sentences, matching and context": [pipes[sentences.NAME], matcher, context],
    }


def rounds(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the notes in as many parts as there are rounds."""
    size = len(texts) // ROUNDS
    edges = range(0, size * ROUNDS + 1, size)
    yield from (texts[start:end] for start, end in pairwise(edges))


def ratio(texts: Iterable[str], parts: Sequence[Callable[[Doc], Doc]]) -> float:
    """Return the time of tokenizer and components over that of a bare tokenizer."""
    bare, piped = spacy.blank("en"), spacy.blank("en")
    spent = [0.0, 0.0]
    for text in texts:
        start = time.perf_counter()
        bare.make_doc(text)
        middle = time.perf_counter()
        doc = piped.make_doc(text)
        for part in parts:
            doc = part(doc)
        spent[0] += middle - start
        spent[1] += time.perf_counter() - middle
    return spent[1] / spent[0]


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(CORPUS.glob("train-*.jsonl")))
