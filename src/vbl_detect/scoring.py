"""The score of a lexicon match: how often that row's matches were counted by careful readers.

Each row's share of counted matches on labelled notes is drawn towards the share of all rows with
the same ``context_needed``, the more so the fewer matches it had (a beta-binomial estimate). A row
never seen there, a user's own included, takes the share of its group.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vbl_detect.files import replacing, sha256
from vbl_detect.integrity import check_sha256, read_sealed, write_sealed
from vbl_detect.lexicon import Term
from vbl_detect.lexicon.terms import CONTEXTS_NEEDED

SCORES_FILE = "scores.csv"
META_FILE = "meta.json"

#: How many matches the group's share weighs as much as. Chosen by log loss on left-out parts of
#: the training notes (`scripts/fit_lexicon_scores.py` prints the grid).
PRIOR_WEIGHT = 8.0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many matches a row had on labelled notes, and how many of them counted."""

    matched: int = 0
    counted: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return both tallies together."""
        return Tally(self.matched + other.matched, self.counted + other.counted)


@dataclass(frozen=True, slots=True)
class LexiconScores:
    """Scores of lexicon rows.

    Attributes
    ----------
    by_code : mapping of str to float
        The score of each row seen in fitting, 0 to 1.
    by_group : mapping of str to float
        The share counted among all rows with the same ``context_needed``.
    min_score : float
        Matches below it do not count; chosen on the development notes.
    """

    by_code: Mapping[str, float]
    by_group: Mapping[str, float]
    min_score: float

    def score(self, term: Term) -> float:
        """Return the probability, 0 to 1, that a careful reader would count a match of `term`."""
        return self.by_code.get(term.code, self.by_group[term.context_needed])


def fit(
    tallies: Mapping[str, Tally],
    terms: Mapping[str, Term],
    *,
    min_score: float = 0.0,
    prior_weight: float = PRIOR_WEIGHT,
) -> LexiconScores:
    """Fit scores to what matched on labelled notes.

    Parameters
    ----------
    tallies : mapping of str to Tally
        By code.
    terms : mapping of str to Term
        The lexicon's rows; codes that are no longer in it are passed over.
    min_score : float
        The threshold to store with the scores.
    prior_weight : float
        How many matches the group's share weighs as much as.
    """
    groups = dict.fromkeys(CONTEXTS_NEEDED, Tally())
    for code, tally in tallies.items():
        if code in terms:
            groups[terms[code].context_needed] += tally
    # One match of each kind is added so that an empty group stands at one half.
    by_group: dict[str, float] = {
        name: (t.counted + 1) / (t.matched + 2) for name, t in groups.items()
    }
    by_code = {
        code: (tally.counted + prior_weight * by_group[terms[code].context_needed])
        / (tally.matched + prior_weight)
        for code, tally in tallies.items()
        if code in terms
    }
    return LexiconScores(by_code, by_group, min_score)


def save(
    scores: LexiconScores, tallies: Mapping[str, Tally], folder: Path, meta: Mapping[str, Any]
) -> None:
    """Write scores as ``scores.csv`` and ``meta.json``, which holds the hashes of both.

    Parameters
    ----------
    scores : LexiconScores
        What `fit` returned.
    tallies : mapping of str to Tally
        What it was fitted to; written beside the scores, for readers.
    folder : Path
        An existing folder.
    meta : mapping
        How they were made: command, data fingerprint, figures.
    """
    path = folder / SCORES_FILE
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("code", "matched", "counted", "score"))
        for code in sorted(scores.by_code):
            tally = tallies[code]
            score = f"{scores.by_code[code]:.4f}"
            writer.writerow((code, tally.matched, tally.counted, score))
    content = {
        **meta,
        "sha256": sha256(path),
        "by_group": {name: round(share, 4) for name, share in scores.by_group.items()},
        "min_score": scores.min_score,
    }
    write_sealed(folder / META_FILE, content)


def load(folder: Path) -> LexiconScores:
    """Load scores.

    Parameters
    ----------
    folder : Path
        A folder that `save` wrote.

    Raises
    ------
    IntegrityError
        If a file is missing or was changed since it was written.
    """
    path = folder / SCORES_FILE
    meta = read_sealed(folder / META_FILE)
    check_sha256(path, str(meta["sha256"]), META_FILE)
    with path.open(encoding="utf-8", newline="") as stream:
        by_code = {row["code"]: float(row["score"]) for row in csv.DictReader(stream)}
    return LexiconScores(by_code, meta["by_group"], float(meta["min_score"]))


def describe(folder: Path) -> dict[str, Any]:
    """Return what a run's manifest tells of the scores: name, hash and how they were made.

    Parameters
    ----------
    folder : Path
        A folder that `save` wrote.
    """
    meta = read_sealed(folder / META_FILE)
    told = ("command", "data_sha256", "lexicon_sha256", "min_score", "sha256")
    return {"name": folder.name, **{key: meta[key] for key in told if key in meta}}


def total(tallies: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Add tallies up by code.

    Parameters
    ----------
    tallies : iterable of mapping of str to Tally
        Say, one mapping a part of the corpus.
    """
    summed: dict[str, Tally] = {}
    for part in tallies:
        for code, tally in part.items():
            summed[code] = summed.get(code, Tally()) + tally
    return summed
