"""Fixtures for the whole suite."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

import vbl_detect

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def blank_nlp():
    """Nothing but spaCy's English tokenizer."""
    return spacy.blank("en")


@pytest.fixture(scope="session")
def nlp():
    """Lexicon and context alone, as every model builds on them."""
    return vbl_detect.load(model=None)


@pytest.fixture(scope="session")
def full_nlp():
    """The shipped pipeline, with the classifier."""
    return vbl_detect.load()


@pytest.fixture(scope="session")
def corpus_dir():
    return ROOT / "data" / "corpus"
