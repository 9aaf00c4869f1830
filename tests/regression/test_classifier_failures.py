"""What the shipped model is known to get wrong; a case that starts to pass fails the suite."""

import sys
from pathlib import Path

import pytest

from vbl_detect.gold import read_gold
from vbl_detect.marks import counted_marks, findings_in

sys.path.append(str(Path(__file__).parents[2] / "scripts"))

from list_failures import KNOWN, failures, read_known

KNOWN_FAILURES = read_known(KNOWN)
MOST = 30


@pytest.fixture(scope="module")
def notes(corpus_dir):
    return {note.id: note for note in read_gold(corpus_dir / "dev.jsonl")}


@pytest.fixture(scope="module")
def failing(notes, full_nlp):
    """Return what fails today in the notes that the file names."""
    named = [notes[name] for name in sorted({failure.note for failure, _ in KNOWN_FAILURES})]
    marks = counted_marks(findings_in((note.text for note in named), full_nlp))
    return set(failures(named, marks))


@pytest.mark.parametrize(
    "failure", [pytest.param(failure, id=str(failure)) for failure, _ in KNOWN_FAILURES]
)
def test_a_known_failure_still_fails(failure, failing):
    assert failure in failing, "it passes: run scripts/list_failures.py, which takes it out"


def test_the_file_names_labelled_spans_once_each_with_a_reason(notes):
    entries = [failure for failure, _ in KNOWN_FAILURES]
    spans = {(note.id, s.start, s.end) for note in notes.values() for s in note.spans}

    assert len(entries) == len(set(entries)) <= MOST
    assert {(entry.note, entry.start, entry.end) for entry in entries} <= spans
    assert all(why for _, why in KNOWN_FAILURES)
