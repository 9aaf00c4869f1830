"""The screen: scored with numpy as scikit-learn would, whatever stands in a note."""

from itertools import pairwise

import numpy as np
import pytest
import spacy
from sklearn.linear_model import LogisticRegression

from vbl_detect.classifier.ngrams import CHARACTER_ROWS, ROWS, WORD_ROWS, character_rows
from vbl_detect.classifier.screen import ANY, ASSERTED, Screen
from vbl_detect.components.candidates import sentences_of
from vbl_detect.training.screen import Sentences, fit_screen, matrix

TEXTS = [
    "She puts herself at risk. Officers attended at 0215.",
    "Regular misper, will turn up",
    "He was taken by S1.\n\nHe is a child!  No, really?",
    "...",
    "ÉMILIE won't engage \u2014 naïve? 14yo F.",
]


@pytest.fixture(scope="module")
def vocab_nlp():
    nlp = spacy.blank("en")
    nlp.add_pipe("vbl_sentences")
    return nlp


@pytest.fixture(scope="module")
def sentences(vocab_nlp):
    found = [sentences_of(vocab_nlp(text)) for text in TEXTS]
    offsets = np.cumsum([0, *(len(one.words) for one in found)])
    return Sentences(
        np.concatenate([one.words for one in found]),
        np.concatenate([one.starts + o for one, o in zip(found, offsets, strict=False)]),
        np.repeat(np.arange(len(found)), [len(one.bounds) for one in found]),
        [bounds for one in found for bounds in one.bounds],
    )


@pytest.fixture(scope="module")
def word_text(vocab_nlp):
    return lambda key: vocab_nlp.vocab.strings[key]


def test_numpy_scores_equal_those_of_scikit_learn(sentences, word_text):
    features = matrix(sentences, word_text)
    target = np.arange(features.shape[0]) % 2
    regression = LogisticRegression(C=10.0, solver="liblinear").fit(features, target)

    targets = np.stack([target, 1 - target], axis=1).astype(np.int8)
    screen = fit_screen(features, targets, (ANY, ASSERTED))
    scores = screen.score(sentences.words, sentences.starts, word_text)

    np.testing.assert_allclose(
        scores[:, 0], regression.decision_function(features), rtol=1e-3, atol=1e-4
    )


def test_a_sentence_scores_the_same_alone_and_among_others(sentences, word_text):
    weights = np.random.default_rng(3).normal(size=(ROWS, 2)).astype(np.float32)
    screen = Screen(weights, np.array([0.5, -0.5], dtype=np.float32), (ANY, ASSERTED))

    together = screen.score(sentences.words, sentences.starts, word_text)
    edges = [*sentences.starts.tolist(), len(sentences.words)]
    alone = [
        screen.score(sentences.words[start:end], np.array([0]), word_text)[0]
        for start, end in pairwise(edges)
    ]

    np.testing.assert_allclose(together, np.stack(alone), rtol=1e-4, atol=1e-4)


def test_weights_come_back_from_disk(tmp_path, sentences, word_text):
    weights = np.zeros((ROWS, 2), dtype=np.float32)
    weights[::97] = 0.25
    screen = Screen(weights, np.array([0.5, -0.5], dtype=np.float32), (ANY, ASSERTED))

    screen.save(tmp_path / "screen.npz")
    loaded = Screen.load(tmp_path / "screen.npz")

    assert loaded.outputs == screen.outputs
    np.testing.assert_array_equal(
        loaded.score(sentences.words, sentences.starts, word_text),
        screen.score(sentences.words, sentences.starts, word_text),
    )


def test_weights_of_other_table_sizes_are_refused(tmp_path):
    Screen(np.zeros((ROWS, 1), dtype=np.float32), np.zeros(1, dtype=np.float32), (ANY,)).save(
        tmp_path / "screen.npz"
    )
    with np.load(tmp_path / "screen.npz") as arrays:
        changed = {**arrays, "shape": np.array([WORD_ROWS, 2 * CHARACTER_ROWS])}
    np.savez_compressed(tmp_path / "screen.npz", **changed)

    with pytest.raises(ValueError, match="table sizes"):
        Screen.load(tmp_path / "screen.npz")


def test_the_strongest_words_are_those_that_move_the_output(vocab_nlp, word_text):
    found = sentences_of(vocab_nlp("the officer said streetwise again today"))
    weights = np.zeros((ROWS, 1), dtype=np.float32)
    weights[character_rows("streetwise")] = 1.0
    weights[character_rows("officer")] = -1.0
    screen = Screen(weights, np.zeros(1, dtype=np.float32), (ASSERTED,))

    assert screen.strongest(found.words, ASSERTED, word_text) == (3, 4)


def test_character_ngrams_are_of_words_only():
    assert character_rows("0215") == []
    assert all(WORD_ROWS <= row < ROWS for row in character_rows("misper"))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b"])
def test_notes_without_words_have_no_sentences_or_score(vocab_nlp, text):
    found = sentences_of(vocab_nlp(text))

    assert len(found.starts) == len(found.bounds) <= 1
