"""Labelled notes made by hand, with findings whose figures can be reckoned on paper."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from vbl_detect.evaluation.density import ordinary_prose
from vbl_detect.evaluation.summary import summarise
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.marks import Marked, every_sentence_marks
from vbl_detect.systems import Judged


@pytest.fixture(scope="session")
def labelled():
    """Return a note whose every sentence is "xxxx. ", labelled by letters.

    ``a`` asserted, ``q`` quoted, ``b`` borderline, ``-`` nothing.
    """

    def make(letters, *, category="risk-and-choice", name="n", note_type="other"):
        contexts = {"a": "asserted", "q": "quoted", "b": "asserted"}
        spans = tuple(
            GoldSpan(
                start=6 * place,
                end=6 * place + 4,
                category=category,
                context=contexts[letter],
                borderline=letter == "b",
            )
            for place, letter in enumerate(letters)
            if letter in contexts
        )
        text = "Xxxx. " * len(letters)
        return GoldNote(id=name, note_type=note_type, text=text, spans=spans)

    return make


@pytest.fixture(scope="session")
def scored():
    """Return one finding a sentence with the scores given; None stands for no finding."""

    def make(*scores, context="asserted"):
        return [
            SimpleNamespace(start=6 * place, end=6 * place + 4, score=score, context=context)
            for place, score in enumerate(scores)
            if score is not None
        ]

    return make


SECRET = "Zanzibar & <b>kumquat</b>"


@pytest.fixture(scope="session")
def figures(labelled, scored):
    """Return the figures of two notes, one of them clean, in a part with an awkward name."""
    note = labelled("aq-a", name=SECRET, note_type="cse-review")
    note = replace(note, text=note.text + SECRET)
    parts = {"part<1> & co": [note], "rest": [labelled("--", note_type="email")]}
    marks = [[Marked(0, 4, "risk-and-choice"), Marked(12, 16, "non-engagement")], []]
    judged = Judged(
        findings=[scored(0.9, 0.2, 0.7, 0.4), []],
        marks={"full model": marks, "every sentence": every_sentence_marks([note, *parts["rest"]])},
        matches=marks,
        in_context=marks,
    )
    return summarise(
        parts,
        judged,
        model="full model vbl-0",
        threshold=0.5,
        categories=["risk-and-choice", "non-engagement"],
        precision=0.6,
        prevalence=0.02,
        ordinary={"prose.jsonl": ordinary_prose(["Xxxx. " * 50], [[Marked(0, 4, None)]])},
    )
