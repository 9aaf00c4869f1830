"""The stacker: one calibrated probability a finding, from screen, tagger, lexicon and context.

A logistic regression over the figures in `FEATURES`, fitted with scikit-learn on parts of the
corpus that the screen and the tagger had not seen; kept as JSON and scored in plain Python.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from vbl_detect.classifier.phrases import TOKEN_THRESHOLD, Evidence
from vbl_detect.records import CONTEXTS, Context

_CLIP = 1e-4

#: The mode of what the lexicon matches and the tagger has seen in a whole note: such wording needs
#: less of the tagger, which hears one sentence of a long note less than one of a short note.
LISTED = "listed"

#: A note with fewer words than this is short.
SHORT_WORDS = 25

#: What the tagger says of a stretch; all 0 where it did not run.
_OF_TAGGER: tuple[str, ...] = (
    "tagger_phrase",
    "tagger_peak",
    "tagger_sentence",
    "tagger_note",
    *(f"tagger_{context}" for context in CONTEXTS),
)
#: What the stacker weighs, in order.
FEATURES: tuple[str, ...] = (
    "screen_any",
    "screen_asserted",
    "tagger_ran",
    *_OF_TAGGER,
    "lexicon",
    "lexicon_score",
    *(f"rule_{context}" for context in CONTEXTS if context != "asserted"),
    "rule_against_tagger",
)


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of one stretch that may be a finding.

    Attributes
    ----------
    screen_any, screen_asserted : float
        Log-odds of its sentence by the screen.
    context : str
        The context the rules give it.
    lexicon_score : float or None
        The score of its lexicon row; None if no row matches there.
    tagged : Evidence or None
        What the tagger says of it; None where the tagger did not run.
    sentence_peak, note_peak : float
        The tagger's peak in its sentence, and in the rest of the note.
    short : bool
        Whether the note is a sentence or two, of which the tagger has seen few.
    """

    screen_any: float
    screen_asserted: float
    context: Context
    lexicon_score: float | None = None
    tagged: Evidence | None = None
    sentence_peak: float = 0.0
    note_peak: float = 0.0
    short: bool = False


class Judgement(NamedTuple):
    """What the stacker makes of a stretch: score, the threshold it counts from, and context."""

    score: float
    threshold: float
    context: Context


def features(clues: Clues) -> list[float]:
    """Return the figures of `FEATURES` for one stretch."""
    tagged, lexicon_score = clues.tagged, clues.lexicon_score
    ran = tagged is not None
    by_tagger = (
        [0.0] * len(_OF_TAGGER)
        if tagged is None
        else [
            _logit(1.0 - tagged.contexts[0]),
            _logit(tagged.peak),
            _logit(clues.sentence_peak),
            _logit(clues.note_peak),
            *(_logit(p) for p in tagged.contexts[1:]),
        ]
    )
    ruled_out = clues.context != "asserted"
    return [
        clues.screen_any,
        clues.screen_asserted,
        float(ran),
        *by_tagger,
        float(lexicon_score is not None),
        0.0 if lexicon_score is None else _logit(lexicon_score),
        *(float(clues.context == context) for context in CONTEXTS if context != "asserted"),
        _logit(tagged.peak) if tagged is not None and ruled_out else 0.0,
    ]


@dataclass(frozen=True, slots=True)
class Stacker:
    """A fitted logistic regression.

    Attributes
    ----------
    weights : mapping of str to sequence of float
        For stretches the tagger has seen in a whole note, if a lexicon row matches there
        (``listed``) and if none does (``tagger``), for those it has seen in a short note
        (``short``), and for those it has not seen (``screen``), one weight a feature.
    means : mapping of str to sequence of float
        By the same names, what each feature was on average in fitting; `contributions` counts
        from there.
    intercepts, thresholds : mapping of str to float
        By the same names; a finding counts from its threshold on.
    """

    weights: Mapping[str, Sequence[float]]
    means: Mapping[str, Sequence[float]]
    intercepts: Mapping[str, float]
    thresholds: Mapping[str, float]

    def score(self, clues: Clues) -> float:
        """Return the probability, 0 to 1, that a careful reader would count the stretch."""
        name = mode(clues)
        pairs = zip(self.weights[name], features(clues), strict=True)
        return _sigmoid(self.intercepts[name] + sum(w * x for w, x in pairs))

    def counts(self, clues: Clues) -> bool:
        """Tell whether a stretch counts by itself."""
        judged = self.judge(clues)
        return judged.context == "asserted" and judged.score >= judged.threshold

    def judge(self, clues: Clues) -> Judgement:
        """Return the score of a stretch, and the context that goes with it.

        A stretch at or above the threshold is asserted. Below it, the rules' context stands if it
        is one of the uncounted; else the tagger's, if it hears such wording at all and finds a
        context likelier than ``asserted``. In a note of a sentence or two the tagger sees no more
        than the rules, and their cue stands.
        """
        score, threshold = self.score(clues), self.thresholds[mode(clues)]
        if score >= threshold and not (clues.short and clues.context != "asserted"):
            return Judgement(score, threshold, "asserted")
        none, *by_tagger = (1.0,) if clues.tagged is None else clues.tagged.contexts
        if clues.context != "asserted" or 1.0 - none < TOKEN_THRESHOLD:
            return Judgement(score, threshold, clues.context)
        return Judgement(score, threshold, CONTEXTS[by_tagger.index(max(by_tagger))])

    def contributions(self, clues: Clues) -> dict[str, float]:
        """Return how much each feature moves the log-odds away from an average stretch's."""
        name = mode(clues)
        rows = zip(FEATURES, self.weights[name], self.means[name], features(clues), strict=True)
        return {feature: w * (x - mean) for feature, w, mean, x in rows if w * (x - mean)}

    def save(self, path: Path) -> None:
        """Write the stacker as JSON, its weights by feature."""
        content = {
            name: {
                "intercept": self.intercepts[name],
                "threshold": self.thresholds[name],
                "weights": dict(zip(FEATURES, self.weights[name], strict=True)),
                "means": dict(zip(FEATURES, self.means[name], strict=True)),
            }
            for name in self.weights
        }
        path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")

    @classmethod
    def load(cls, path: Path) -> Stacker:
        """Read a stacker that `save` wrote."""
        content = json.loads(path.read_text("utf-8"))
        return cls(
            {name: [part["weights"][f] for f in FEATURES] for name, part in content.items()},
            {name: [part["means"][f] for f in FEATURES] for name, part in content.items()},
            {name: part["intercept"] for name, part in content.items()},
            {name: part["threshold"] for name, part in content.items()},
        )


def mode(clues: Clues) -> str:
    """Return which of the stacker's regressions judges a stretch."""
    if clues.tagged is None:
        return "screen"
    if clues.short:
        return "short"
    return "tagger" if clues.lexicon_score is None else LISTED


def _logit(probability: float) -> float:
    clipped = min(max(probability, _CLIP), 1.0 - _CLIP)
    return math.log(clipped / (1.0 - clipped))


def _sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0 else math.exp(x) / (1.0 + math.exp(x))
