"""What a system marks in labelled notes: the tool, and the baselines it is measured beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from spacy.language import Language

from vbl_detect.detection import detect
from vbl_detect.gold import GoldNote
from vbl_detect.lexicon import Lexicon
from vbl_detect.records import Finding, Note
from vbl_detect.sentences import sentence_bounds


class Marked(NamedTuple):
    """A stretch a system marks as counted; half-open offsets in code points."""

    start: int
    end: int
    category: str | None


#: What a system marks in each note, in the order of the notes.
Marks: TypeAlias = Sequence[Sequence[Marked]]


def findings_in(
    texts: Iterable[str], nlp: Language, *, min_score: float | None = None
) -> list[list[Finding]]:
    """Return all findings of each text, counted or not.

    Parameters
    ----------
    texts : iterable of str
        The texts.
    nlp : Language
        A pipeline made by `vbl_detect.load`.
    min_score : float, optional
        The threshold; None: the model's.
    """
    findings: list[list[Finding]] = []

    def stream() -> Iterator[Note]:
        for position, text in enumerate(texts):
            findings.append([])
            yield Note(text=text, row=position)

    for finding in detect(stream(), nlp, min_score=min_score):
        if finding.row is not None:
            findings[finding.row].append(finding)
    return findings


def counted_marks(
    findings: Iterable[Iterable[Finding]], *, uncounted_too: bool = False
) -> list[list[Marked]]:
    """Return the stretches of findings.

    Parameters
    ----------
    findings : iterable of iterable of Finding
        The findings of each text.
    uncounted_too : bool
        Whether to give those that do not count, too.
    """
    return [
        [Marked(f.start, f.end, f.category) for f in found if f.counted or uncounted_too]
        for found in findings
    ]


def headword_marks(notes: Sequence[GoldNote], lexicon: Lexicon) -> list[list[Marked]]:
    """Return where the lexicon's headwords stand literally: the keyword search of a spreadsheet.

    Parameters
    ----------
    notes : sequence of GoldNote
        The notes.
    lexicon : Lexicon
        Its headwords are looked for, in any case.
    """
    terms = [(term.term.lower(), term.category) for term in lexicon.terms.values()]
    return [
        [
            Marked(start, start + len(word), category)
            for word, category in terms
            for start in _occurrences(note.text.lower(), word)
        ]
        for note in notes
    ]


def every_sentence_marks(notes: Sequence[GoldNote]) -> list[list[Marked]]:
    """Return every sentence as marked: what the density of the set alone gives.

    Parameters
    ----------
    notes : sequence of GoldNote
        The notes.
    """
    return [
        [Marked(start, end, None) for start, end in sentence_bounds(note.text)] for note in notes
    ]


def _occurrences(text: str, word: str) -> Iterable[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + len(word))
