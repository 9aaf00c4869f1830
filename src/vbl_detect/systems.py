"""The systems that are measured side by side: the tool's variants, and simpler ways to do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from vbl_detect import resources
from vbl_detect.classifier.screen import ASSERTED
from vbl_detect.components.candidates import sentences_of
from vbl_detect.components.classifier import (
    NAME,
    Classifier,
    find_component,
)
from vbl_detect.components.sentences import NAME as SENTENCES
from vbl_detect.gold import GoldNote
from vbl_detect.marks import (
    Marked,
    Marks,
    counted_marks,
    every_sentence_marks,
    findings_in,
    headword_marks,
)
from vbl_detect.pipeline import find_matcher, load
from vbl_detect.records import Finding, ModelChoice

#: What the variants of the tool are called; the others are named in `judge`.
MODEL_NAMES: Mapping[ModelChoice, str] = {"full": "full model", "fast": "fast model"}
LEXICON = "lexicon with context"
#: The score of a lexicon row from which most of its matches count.
MAJORITY = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """What the systems mark in the same notes.

    Attributes
    ----------
    findings : list of list of Finding
        All findings of the chosen model in each note, counted or not.
    marks : dict of str to Marks
        What each system marks as counted; the chosen model first.
    matches : Marks
        Everything that the lexicon matches.
    in_context : Marks
        The matches that the context rules alone let count.
    """

    findings: list[list[Finding]]
    marks: dict[str, Marks]
    matches: Marks
    in_context: Marks


def load_variant(
    choice: ModelChoice, folder: Path | None = None, *, lexicons: Iterable[Path] = ()
) -> Language:
    """Return the pipeline with a model, the built-in one or that of a folder.

    Parameters
    ----------
    choice : {"full", "fast"}
        With the contextual tagger, or without.
    folder : Path, optional
        The folder of a model that ``vbl-detect train`` wrote.
    lexicons : iterable of Path
        Your own lexicon folders.

    Raises
    ------
    UsageError
        If there is no such folder.
    """
    nlp = load(lexicons=lexicons, model=None)
    name = resources.MODEL if folder is None else str(folder)
    nlp.add_pipe(NAME, config={"model": name, "tagger": choice == "full"})
    return nlp


def judge(
    notes: Sequence[GoldNote],
    nlp: Language,
    choice: ModelChoice,
    *,
    folder: Path | None = None,
    lexicons: Iterable[Path] = (),
    min_score: float | None = None,
) -> Judged:
    """Run every system over the notes.

    Parameters
    ----------
    notes : sequence of GoldNote
        The notes.
    nlp : Language
        The chosen model's pipeline, from `load_variant`.
    choice, folder, lexicons
        What it was loaded with.
    min_score : float, optional
        The chosen model's threshold; None: its own. Other systems keep theirs.
    """
    lexicons = list(lexicons)
    texts = [note.text for note in notes]
    findings = findings_in(texts, nlp, min_score=min_score)
    other: ModelChoice = "fast" if choice == "full" else "full"
    beside = load_variant(other, folder, lexicons=lexicons)
    plain = load(lexicons=lexicons, model=None)
    listed = findings_in(texts, plain)
    matches = counted_marks(listed, uncounted_too=True)
    marks: dict[str, Marks] = {
        MODEL_NAMES[choice]: counted_marks(findings),
        MODEL_NAMES[other]: counted_marks(findings_in(texts, beside)),
        LEXICON: counted_marks(listed),
        "every lexicon hit": matches,
        "majority per term": _chosen(listed, lambda finding: finding.score >= MAJORITY),
        "screen alone": screen_marks(notes, nlp),
        "headword search": headword_marks(notes, find_matcher(plain).lexicon),
        "every sentence": every_sentence_marks(notes),
    }
    in_context = _chosen(listed, lambda finding: finding.context == "asserted")
    return Judged(findings, marks, matches, in_context)


def screen_marks(notes: Sequence[GoldNote], nlp: Language) -> list[list[Marked]]:
    """Return the sentences that the screen alone finds likelier to blame than not.

    Parameters
    ----------
    notes : sequence of GoldNote
        The notes.
    nlp : Language
        A pipeline with a classifier.
    """
    screen = find_component(nlp, Classifier, NAME).model.screen
    column = screen.outputs.index(ASSERTED)
    marks: list[list[Marked]] = []
    with nlp.select_pipes(enable=[SENTENCES]):
        for doc in nlp.pipe(note.text for note in notes):
            sentences = sentences_of(doc)
            if not sentences.bounds:
                marks.append([])
                continue
            strings = doc.vocab.strings
            logits = screen.score(sentences.words, sentences.starts, strings.__getitem__)
            marked = zip(sentences.bounds, logits[:, column].tolist(), strict=True)
            marks.append([Marked(*bounds, None) for bounds, score in marked if score >= 0])
    return marks


def threshold_of(nlp: Language) -> float:
    """Return the score from which a pipeline's findings count.

    Parameters
    ----------
    nlp : Language
        A pipeline with a classifier.
    """
    model = find_component(nlp, Classifier, NAME).model
    return model.stacker.thresholds["screen" if model.tagger is None else "tagger"]


def _chosen(
    findings: Iterable[Iterable[Finding]], choose: Callable[[Finding], bool]
) -> list[list[Marked]]:
    return counted_marks(
        [[f for f in found if choose(f)] for found in findings], uncounted_too=True
    )
