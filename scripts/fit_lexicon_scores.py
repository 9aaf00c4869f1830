"""Fit the scores of the lexicon's rows to the training notes and write ``models/lexicon-scores/``.

Only matches that the context rules judge asserted are counted, since no others can count.
Prints the log loss on left-out parts for each weight of the prior, beside that of one score for
all rows, and the F1 on the development notes for each threshold; the weight is set in
`vbl_detect.scoring`, the threshold here, both by what this prints.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language

import vbl_detect
from vbl_detect import resources, scoring
from vbl_detect.evaluation import agreement
from vbl_detect.gold import GoldNote, read_gold
from vbl_detect.lexicon import Term
from vbl_detect.marks import Marked
from vbl_detect.pipeline import find_matcher
from vbl_detect.scoring import LexiconScores, Tally

CORPUS = Path(__file__).parents[1] / "data" / "corpus"
WEIGHTS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
THRESHOLDS = tuple(step / 20 for step in range(20))
MIN_SCORE = 0.3

Matched = list[tuple[int, int, str]]


def main() -> None:
    """Fit, print the choices, write."""
    nlp = vbl_detect.load(model=None)
    terms = find_matcher(nlp).lexicon.terms
    parts = [read_gold(path) for path in sorted(CORPUS.glob("train-*.jsonl"))]
    tallies = [tally(notes, [matched(nlp, note.text) for note in notes]) for notes in parts]
    print_weights(tallies, terms)
    everything = scoring.total(tallies)
    scores = scoring.fit(everything, terms, min_score=MIN_SCORE)
    dev = read_gold(CORPUS / "dev.jsonl")
    print_thresholds(dev, [matched(nlp, note.text) for note in dev], scores, terms)
    folder = resources.model_dir() / "lexicon-scores"
    folder.mkdir(exist_ok=True)
    meta = {
        "command": "make scores",
        "data_sha256": fingerprint(sorted(CORPUS.glob("train-*.jsonl"))),
        "lexicon_sha256": find_matcher(nlp).lexicon.sha256,
        "notes": sum(map(len, parts)),
        "prior_weight": scoring.PRIOR_WEIGHT,
    }
    scoring.save(scores, everything, folder, meta)
    print(f"wrote {folder}")


def matched(nlp: Language, text: str) -> Matched:
    """Return the matches of a note that its author asserts, as character offsets and code."""
    doc = nlp(text)
    return [
        (span.start_char, span.end_char, span.id_)
        for span in doc.spans["vbl"]
        if span._.vbl_context == "asserted"
    ]


def tally(notes: Sequence[GoldNote], matches: Sequence[Matched]) -> dict[str, Tally]:
    """Count matches, and those that overlap a counted span; borderline ones are left out."""
    counts: dict[str, Tally] = {}
    for note, note_matches in zip(notes, matches, strict=True):
        for start, end, code in note_matches:
            over = [span for span in note.spans if span.start < end and start < span.end]
            counted = any(span.counts for span in over)
            if counted or not any(span.borderline for span in over):
                counts[code] = counts.get(code, Tally()) + Tally(1, int(counted))
    return counts


def print_weights(tallies: Sequence[dict[str, Tally]], terms: dict[str, Term]) -> None:
    """Print the log loss a match on each left-out part, by weight of the prior."""
    print("log loss a match on left-out parts of the training notes")
    for weight in (*WEIGHTS, math.inf):
        loss = matches = 0.0
        for number, left_out in enumerate(tallies):
            rest = scoring.total([*tallies[:number], *tallies[number + 1 :]])
            finite = 1e9 if math.isinf(weight) else weight
            scores = scoring.fit(rest, terms, prior_weight=finite)
            for code, count in left_out.items():
                score = scores.score(terms[code])
                missed = count.matched - count.counted
                loss -= count.counted * math.log(score) + missed * math.log(1 - score)
                matches += count.matched
        name = "one score a group" if math.isinf(weight) else f"weight {weight:g}"
        print(f"  {name:18} {loss / matches:.4f}")


def print_thresholds(
    notes: Sequence[GoldNote],
    matches: Sequence[Matched],
    scores: LexiconScores,
    terms: dict[str, Term],
) -> None:
    """Print sentence precision, recall and F1 on the development notes, by threshold."""
    print("development notes, by sentence")
    for threshold in THRESHOLDS:
        marks = [
            [
                Marked(start, end, terms[code].category)
                for start, end, code in note_matches
                if scores.score(terms[code]) >= threshold
            ]
            for note_matches in matches
        ]
        found = agreement(notes, marks, "sentence")
        chosen = "  <- chosen" if threshold == MIN_SCORE else ""
        print(f"  {threshold:.2f}  P {found.precision}  R {found.recall}  F1 {found.f1}{chosen}")


def fingerprint(paths: Sequence[Path]) -> str:
    """Return one SHA-256 over the names and contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


if __name__ == "__main__":
    main()
