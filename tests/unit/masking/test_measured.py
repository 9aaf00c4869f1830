"""The measured notes: no change may let more through than the documented figures say."""

import importlib.util
from pathlib import Path

import pytest

from vbl_detect.masking import KINDS, mask

ROOT = Path(__file__).parents[3]
SPEC = importlib.util.spec_from_file_location("measure", ROOT / "scripts" / "measure_masking.py")
measure = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(measure)


@pytest.mark.parametrize(("name", "least"), [("develop", 0.99), ("held-out", 0.9)])
def test_most_marked_details_are_masked(name, least):
    notes = measure.read_marked(ROOT / "data" / "masking" / f"{name}.txt")
    marked = [(text, start, end) for _, text, gold in notes for start, end, _ in gold]
    masked = [
        not any(char.isalnum() for char in mask(text)[start:end]) for text, start, end in marked
    ]

    assert {kind for _, _, gold in notes for _, _, kind in gold} == set(KINDS)
    assert sum(masked) / len(masked) >= least
