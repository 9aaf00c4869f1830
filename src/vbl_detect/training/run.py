"""From labelled notes to a model folder: screen, tagger, stacker, thresholds, card.

The stacker is fitted on parts of the corpus that neither screen nor tagger has seen, so that it
weighs them as they are on new text; nothing is fitted on the development notes, which choose the
thresholds together with those parts.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from spacy.language import Language

from vbl_detect import resources, scoring
from vbl_detect.classifier.model import SCREEN_FILE, STACKER_FILE, Model, read_meta, write_meta
from vbl_detect.classifier.screen import ANY, ASSERTED, Screen
from vbl_detect.classifier.stacker import Clues, Stacker, mode
from vbl_detect.classifier.tagger import MODEL_FILE, TOKENIZER_FILE, Tagging, load_tagger
from vbl_detect.components.candidates import sentences_of
from vbl_detect.components.classifier import Classifier, find_component
from vbl_detect.components.context_qualifier import ContextQualifier
from vbl_detect.components.lexicon_matcher import LexiconMatcher
from vbl_detect.errors import UsageError
from vbl_detect.evaluation import agreement, calibration_error
from vbl_detect.gold import GoldNote, fingerprint
from vbl_detect.marks import Marked
from vbl_detect.pipeline import load
from vbl_detect.training.card import write_card
from vbl_detect.training.genders import exchanged
from vbl_detect.training.screen import Sentences, fit_screen, labels, matrix
from vbl_detect.training.splicing import donors, drafts, ordinary_notes, sentences_alone
from vbl_detect.training.stacker import examples, fit_stacker, label_of
from vbl_detect.training.tagger import TaggerSettings, export_tagger, fit_tagger

#: Of the held-out sentences that blame, this share has to pass the screen's gate.
GATE_RECALL = 0.985
#: How far below the best F1 a threshold with higher precision may lie.
NEAR_BEST = 0.01
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
        """Return the notes to fit on, ordinary texts included."""
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
        nothing = Stacker({}, {}, {}, {})
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
    keep: Path | None = None,
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
    keep : Path, optional
        A model whose screen and tagger are taken over; the stacker alone is fitted anew, as is
        wanted after a change of lexicon or context rules.

    Returns
    -------
    dict
        What was written to the model's ``meta.json``.

    Raises
    ------
    UsageError
        If the model to keep was fitted on other notes or with other settings.
    """
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    workshop = _Workshop.open()
    described = _described(data, settings)
    if keep is None:
        fitted = data.fitted(settings.seed)
        report(f"screen: {len(fitted)} notes")
        workshop.screen([*fitted, *map(exchanged, fitted)]).save(folder / SCREEN_FILE)
        read = [*fitted, *drafts(fitted, settings.seed)]
        report(f"tagger: {len(read)} notes and sentences, {settings.epochs} epochs")
        model = fit_tagger(read, workshop.categories, settings, report)
        export_tagger(model, folder)
        made_by = command
    else:
        made_by = _take_over(keep, folder, described)
    # The stacker weighs the screen and the tagger as they are shipped, with their short weights.
    screen = Screen.load(folder / SCREEN_FILE)
    gate = workshop.gate(screen, data.kept)
    full = workshop.classifier(screen, gate, load_tagger(folder))
    fast = workshop.classifier(screen, gate, None)
    alone = replace(data, parts={n: sentences_alone(part) for n, part in data.parts.items()})
    alone = replace(alone, dev=sentences_alone(data.dev))
    judged = {
        name: _Judging.of(classifier, workshop, notes, name, report)
        for name, classifier, notes in (
            ("tagger", full, data),
            ("short", full, alone),
            ("screen", fast, data),
        )
    }
    by_mode = {
        name: [one for one in examples(found.kept) if mode(one.clues) == name]
        for name, found in judged.items()
    }
    # Few sentences alone are denied, quoted or talked about; whole notes show what rules weigh.
    by_mode["short"] += by_mode["tagger"]
    stacker = fit_stacker(by_mode, dict.fromkeys(by_mode, 0.5))
    chosen = {
        name: _best_threshold(stacker, [*found.dev, *found.kept]) for name, found in judged.items()
    }
    stacker = replace(stacker, thresholds=chosen)
    stacker.save(folder / STACKER_FILE)
    meta: dict[str, Any] = {
        **described,
        "categories": workshop.categories,
        "command": command,
        "figures": {
            name: found.figures(stacker, data) for name, found in judged.items() if name != "short"
        },
        "gate": gate,
        "lexicon_sha256": workshop.matcher.lexicon.sha256,
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "platform": platform.machine(),
        "python": platform.python_version(),
        "stretches": {name: len(found) for name, found in by_mode.items()},
        "tagger_command": made_by,
        "thresholds": chosen,
        "versions": {package: version(package) for package in _PACKAGES},
    }
    write_meta(folder, meta)
    write_card(folder, meta)
    return meta


def _take_over(kept: Path, folder: Path, described: Mapping[str, Any]) -> str:
    """Copy screen and tagger of a model into another folder; return the command they are from."""
    meta = read_meta(kept)

    def fitted_on(told: Mapping[str, Any]) -> dict[str, Any]:
        data = told["data"]
        held_out = data["held_out"]
        parts = {name: part for name, part in data["parts"].items() if name not in held_out}
        return {"settings": told["settings"], "ordinary": data["ordinary"], "parts": parts}

    if fitted_on(meta) != fitted_on(described):
        raise UsageError(
            f"{kept}: this model was fitted on other notes or with other settings; give the same "
            "ones, or leave --keep out to fit screen and tagger anew"
        )
    if kept.resolve() != folder.resolve():
        for part in (SCREEN_FILE, MODEL_FILE, TOKENIZER_FILE):
            shutil.copyfile(kept / part, folder / part)
    return str(meta.get("tagger_command", meta["command"]))


@dataclass(frozen=True, slots=True)
class _Judging:
    """The stretches that one mode looks at, on the held-out and on the development notes."""

    kept: _Judged
    dev: _Judged

    @classmethod
    def of(
        cls,
        classifier: Classifier,
        workshop: _Workshop,
        data: TrainingData,
        mode: str,
        report: Callable[[str], None],
    ) -> _Judging:
        report(f"stacker: {mode}, {len(data.kept)} held-out notes")
        return cls(
            list(workshop.stretches(classifier, data.kept)),
            list(workshop.stretches(classifier, data.dev)),
        )

    def figures(self, stacker: Stacker, data: TrainingData) -> dict[str, Any]:
        """Return the figures on the development notes and on each held-out part."""
        parts = {name: set(data.parts[name]) for name in sorted(data.held_out)}
        return {
            "dev": _figures(stacker, self.dev),
            **{
                name: _figures(stacker, [pair for pair in self.kept if pair[0] in part])
                for name, part in parts.items()
            },
        }


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


def _best_threshold(stacker: Stacker, notes: _Judged) -> float:
    """Return the highest threshold whose F1 over the spans of the notes is near the best.

    Real files are less dense than labelled notes, so that of thresholds that do about as well on
    these the one with the higher precision does better there.
    """
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

    reached = {threshold: f1(threshold) for threshold in THRESHOLDS}
    best = max(reached.values())
    return max(threshold for threshold, value in reached.items() if value >= best - NEAR_BEST)


def _described(data: TrainingData, settings: TaggerSettings) -> dict[str, Any]:
    """Return sizes and fingerprints of the data, and the settings, as ``meta.json`` keeps them."""
    texts = "\x1e".join(data.ordinary)
    described = {
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
    return {"data": described, "settings": asdict(settings)}
