"""From labelled notes to a model folder: screen, tagger, stacker, thresholds, card.

The stacker is fitted on parts of the corpus that neither screen nor tagger has seen, so that it
weighs them as they are on new text; nothing is fitted on the development notes, which choose the
thresholds.
"""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from spacy.language import Language

from vbl_detect import resources, scoring
from vbl_detect.classifier.model import SCREEN_FILE, STACKER_FILE, Model, write_meta
from vbl_detect.classifier.screen import ANY, ASSERTED, Screen
from vbl_detect.classifier.stacker import Clues, Stacker
from vbl_detect.classifier.tagger import Tagging, load_tagger
from vbl_detect.components.classifier import Classifier, find_component, sentences_of
from vbl_detect.components.context_qualifier import ContextQualifier
from vbl_detect.components.lexicon_matcher import LexiconMatcher
from vbl_detect.evaluation import agreement, calibration_error
from vbl_detect.gold import GoldNote
from vbl_detect.marks import Marked
from vbl_detect.pipeline import load
from vbl_detect.training.card import write_card
from vbl_detect.training.screen import Sentences, fit_screen, labels, matrix
from vbl_detect.training.splicing import donors, ordinary_notes
from vbl_detect.training.stacker import Example, examples, fit_stacker, label_of
from vbl_detect.training.tagger import TaggerSettings, export_tagger, fit_tagger

#: Of the held-out sentences that blame, this share has to pass the screen's gate.
GATE_RECALL = 0.985
#: Thresholds that are tried.
THRESHOLDS = tuple(step / 100 for step in range(10, 91))
_PACKAGES = ("numpy", "onnxruntime", "scikit-learn", "spacy", "tokenizers", "torch", "transformers")

Stretch: TypeAlias = tuple[int, int, Clues]
#: Notes with the stretches the classifier looks at in each.
_Judged: TypeAlias = list[tuple[GoldNote, list[Stretch]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingData:
    """What a model is fitted on.

    Attributes
    ----------
    parts : mapping of str to sequence of GoldNote
        The labelled notes by file name.
    held_out : frozenset of str
        The parts kept from screen and tagger, for the stacker.
    dev : sequence of GoldNote
        The notes that choose the thresholds.
    ordinary : sequence of str
        Texts without blaming wording, in other registers; may be empty.
    """

    parts: Mapping[str, Sequence[GoldNote]]
    held_out: frozenset[str]
    dev: Sequence[GoldNote]
    ordinary: Sequence[str] = ()

    def fitted(self, seed: int) -> list[GoldNote]:
        """Return the notes that screen and tagger see, ordinary texts included."""
        known = [n for name, part in self.parts.items() if name not in self.held_out for n in part]
        return [*known, *ordinary_notes(self.ordinary, donors(known), seed)]

    @property
    def kept(self) -> list[GoldNote]:
        """The notes of the held-out parts."""
        return [note for name in sorted(self.held_out) for note in self.parts[name]]


@dataclass(slots=True)
class _Workshop:
    """The pipeline's components that stand before the classifier, and the model in the making."""

    nlp: Language
    matcher: LexiconMatcher
    qualifier: ContextQualifier
    scores: scoring.LexiconScores
    categories: tuple[str, ...]

    @classmethod
    def open(cls) -> _Workshop:
        nlp = load(model=None)
        matcher = find_component(nlp, LexiconMatcher, "vbl_lexicon_matcher")
        return cls(
            nlp,
            matcher,
            find_component(nlp, ContextQualifier, "vbl_context"),
            scoring.load(resources.model_dir() / "lexicon-scores"),
            tuple(matcher.lexicon.categories),
        )

    @property
    def outputs(self) -> tuple[str, ...]:
        return (ANY, ASSERTED, *self.categories)

    def word_text(self, key: int) -> str:
        return self.nlp.vocab.strings[key]

    def sentences(self, notes: Sequence[GoldNote]) -> Sentences:
        words, starts, note_of = [], [], []
        bounds: list[tuple[int, int]] = []
        total = 0
        docs = self.nlp.pipe(note.text for note in notes)
        for number, doc in enumerate(docs):
            found = sentences_of(doc)
            words.append(found.words)
            starts.append(found.starts + total)
            total += len(found.words)
            note_of += [number] * len(found.bounds)
            bounds += found.bounds
        return Sentences(np.concatenate(words), np.concatenate(starts), np.array(note_of), bounds)

    def screen(self, notes: Sequence[GoldNote]) -> Screen:
        sentences = self.sentences(notes)
        features = matrix(sentences, self.word_text)
        return fit_screen(features, labels(notes, sentences, self.outputs), self.outputs)

    def gate(self, screen: Screen, notes: Sequence[GoldNote]) -> float:
        """Return the log-odds that `GATE_RECALL` of the blaming sentences reach."""
        sentences = self.sentences(notes)
        logits = screen.score(sentences.words, sentences.starts, self.word_text)
        blaming = labels(notes, sentences, [ASSERTED])[:, 0] == 1
        return float(np.quantile(logits[blaming, 0], 1.0 - GATE_RECALL))

    def classifier(self, screen: Screen, gate: float, tagger: Tagging | None) -> Classifier:
        nothing = Stacker({}, {}, {})
        model = Model("in training", self.categories, gate, screen, nothing, tagger)
        return Classifier(model, self.matcher, self.qualifier, self.scores)

    def stretches(
        self, classifier: Classifier, notes: Sequence[GoldNote]
    ) -> Iterator[tuple[GoldNote, list[Stretch]]]:
        docs = self.nlp.pipe(note.text for note in notes)
        for note, doc in zip(notes, docs, strict=True):
            yield (
                note,
                [
                    (span.start_char, span.end_char, clues)
                    for span, _, clues in classifier.candidates(doc)
                ],
            )


def train(
    data: TrainingData,
    folder: Path,
    settings: TaggerSettings,
    *,
    command: str,
    report: Callable[[str], None],
) -> dict[str, Any]:
    """Fit a model and write its folder.

    Parameters
    ----------
    data : TrainingData
        The notes.
    folder : Path
        Where the model goes; it is made if it is not there.
    settings : TaggerSettings
        How the tagger is fitted.
    command : str
        The command that can make the model again, kept with it.
    report : callable
        Told, a line each, what is being done.

    Returns
    -------
    dict
        What was written to the model's ``meta.json``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    workshop = _Workshop.open()
    fitted, kept = data.fitted(settings.seed), data.kept
    report(f"screen: {len(fitted)} notes")
    screen = workshop.screen(fitted)
    screen.save(folder / SCREEN_FILE)
    screen = Screen.load(folder / SCREEN_FILE)
    gate = workshop.gate(screen, kept)
    report(f"tagger: {len(fitted)} notes, {settings.epochs} epochs")
    model = fit_tagger(fitted, workshop.categories, settings, report)
    export_tagger(model, folder)
    # The stacker weighs the tagger as it is shipped, with its 8-bit weights.
    by_mode: dict[str, list[Example]] = {}
    on_dev: dict[str, _Judged] = {}
    on_kept: dict[str, _Judged] = {}
    for mode, tagger in (("tagger", load_tagger(folder)), ("screen", None)):
        report(f"stacker: {mode}, {len(kept)} held-out notes")
        classifier = workshop.classifier(screen, gate, tagger)
        on_kept[mode] = list(workshop.stretches(classifier, kept))
        by_mode[mode] = list(examples(on_kept[mode]))
        on_dev[mode] = list(workshop.stretches(classifier, data.dev))
    stacker = fit_stacker(by_mode, dict.fromkeys(by_mode, 0.5))
    chosen = {mode: _best_threshold(stacker, found) for mode, found in on_dev.items()}
    stacker = replace(stacker, thresholds=chosen)
    stacker.save(folder / STACKER_FILE)
    meta: dict[str, Any] = {
        "categories": workshop.categories,
        "command": command,
        "data": _described(data),
        "gate": gate,
        "lexicon_sha256": workshop.matcher.lexicon.sha256,
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "platform": platform.machine(),
        "python": platform.python_version(),
        "settings": asdict(settings),
        "stretches": {mode: len(found) for mode, found in by_mode.items()},
        "thresholds": chosen,
        "versions": {package: version(package) for package in _PACKAGES},
    }
    meta["figures"] = {
        mode: {
            "dev": _figures(stacker, on_dev[mode]),
            **{
                name: _figures(stacker, [pair for pair in on_kept[mode] if pair[0] in part])
                for name in sorted(data.held_out)
                for part in [set(data.parts[name])]
            },
        }
        for mode in by_mode
    }
    write_meta(folder, meta)
    write_card(folder, meta)
    return meta


def _figures(stacker: Stacker, notes: _Judged) -> dict[str, Any]:
    """Return sentence precision, recall and F1 with their intervals, and the calibration error."""
    marks = [
        [Marked(start, end, None) for start, end, clues in stretches if stacker.counts(clues)]
        for _, stretches in notes
    ]
    found = agreement([note for note, _ in notes], marks, "sentence")
    scored = [(stacker.score(known.clues), known.counts) for known in examples(notes)]
    return {
        "precision": asdict(found.precision),
        "recall": asdict(found.recall),
        "f1": asdict(found.f1),
        "calibration_error": calibration_error(scored),
        "notes": len(notes),
    }


def _best_threshold(stacker: Stacker, notes: Iterable[tuple[GoldNote, Sequence[Stretch]]]) -> float:
    """Return the threshold with the best F1 over the spans of the development notes."""
    scored: list[tuple[float, bool]] = []
    reachable: list[float] = []
    for note, stretches in notes:
        scores = [stacker.score(clues) for _, _, clues in stretches]
        for (start, end, _), score in zip(stretches, scores, strict=True):
            counts = label_of(note, start, end)
            if counts is not None:
                scored.append((score, counts))
        for span in note.spans:
            if span.counts:
                over = [
                    score
                    for (start, end, _), score in zip(stretches, scores, strict=True)
                    if start < span.end and span.start < end
                ]
                reachable.append(max(over, default=0.0))

    def f1(threshold: float) -> float:
        marked = [counts for score, counts in scored if score >= threshold]
        precision = sum(marked) / len(marked) if marked else 0.0
        recall = sum(best >= threshold for best in reachable) / max(len(reachable), 1)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    return max(THRESHOLDS, key=f1)


def _described(data: TrainingData) -> dict[str, Any]:
    """Return sizes and fingerprints of the data, in a form that goes into ``meta.json``."""

    def fingerprint(notes: Iterable[GoldNote]) -> str:
        content = json.dumps([asdict(note) for note in notes], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()

    texts = "\x1e".join(data.ordinary)
    return {
        "parts": {
            name: {"notes": len(part), "sha256": fingerprint(part)}
            for name, part in data.parts.items()
        },
        "held_out": sorted(data.held_out),
        "dev": {"notes": len(data.dev), "sha256": fingerprint(data.dev)},
        "ordinary": {
            "texts": len(data.ordinary),
            "sha256": hashlib.sha256(texts.encode()).hexdigest(),
        },
    }
