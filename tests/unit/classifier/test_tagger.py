"""The tagger's windows: what is run, and which window judges a token."""

from itertools import pairwise

import numpy as np
import pytest

from vbl_detect.classifier.tagger import (
    NOTHING,
    STRIDE,
    WINDOW,
    LazyTagger,
    WindowTagger,
    window_starts,
)


class Encoded:
    def __init__(self, words):
        self.offsets = [(start, start + 1) for start in range(0, 2 * words, 2)]
        self.ids = list(range(words))


class OneTokenAWord:
    def encode(self, text, *, add_special_tokens):
        return Encoded(len(text.split()))


@pytest.fixture
def run():
    runs = []

    def encoder(ids):
        runs.append((int(ids[1]), int(ids[-2])))
        contexts = np.tile(np.float32(len(runs)), (len(ids), 7))
        return contexts, np.zeros((len(ids), 10), dtype=np.float32)

    tagger = WindowTagger(OneTokenAWord(), encoder, -1, -2)
    return lambda words, stretches: (tagger.tag("a " * words, stretches), runs)


@pytest.mark.parametrize("n_tokens", [0, 1, WINDOW, WINDOW + 1, WINDOW + STRIDE, 1000, 5001])
def test_windows_cover_every_token_and_none_is_longer_than_the_encoder_takes(n_tokens):
    starts = window_starts(n_tokens)

    covered = {t for start in starts for t in range(start, min(start + WINDOW, n_tokens))}
    assert covered == set(range(n_tokens))
    assert all(b - a <= STRIDE for a, b in pairwise(starts))


def test_nothing_is_run_without_a_stretch(run):
    tags, runs = run(300, [])

    assert runs == []
    assert not tags.seen.any()


def test_only_windows_that_hold_a_stretch_are_run(run):
    tags, runs = run(1000, [(0, 3)])

    assert runs == [(0, WINDOW - 1)]
    assert tags.seen.sum() == WINDOW


def test_where_windows_overlap_the_one_that_shows_more_decides(run):
    words = 2 * (WINDOW // 2 + 50)
    tags, runs = run(words, [(0, 2 * words)])

    assert runs == [(0, WINDOW - 1), (words - WINDOW, words - 1)]
    first, second = tags.contexts[:, 0] == 1, tags.contexts[:, 0] == 2
    assert first[: words // 2].all()
    assert second[words // 2 :].all()


def test_a_short_note_is_one_window(run):
    tags, runs = run(5, [(0, 3)])

    assert runs == [(0, 4)]
    assert tags.contexts.shape == (5, 7)


def test_a_lazy_tagger_is_loaded_once_and_only_when_there_is_something_to_tag():
    loaded = []

    def load():
        loaded.append("once")
        return WindowTagger(OneTokenAWord(), lambda ids: (np.eye(len(ids)), np.eye(len(ids))), 1, 2)

    tagger = LazyTagger(load)

    assert tagger.tag("Nothing here.", []) is NOTHING
    assert not loaded
    assert tagger.tag("Some words here.", [(0, 4)]).seen.all()
    assert tagger.tag("Some words here.", [(0, 4)]).seen.all()
    assert loaded == ["once"]
