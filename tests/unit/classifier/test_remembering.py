"""A draft judged again has the same tags, and only what changed is run."""

import random

import numpy as np
import pytest

import vbl_detect
from vbl_detect.classifier.remembering import Remembering
from vbl_detect.components.classifier import Classifier, find_component
from vbl_detect.gold import read_gold


class Counting:
    """Runs windows, and counts them."""

    def __init__(self):
        self.ran = 0

    def __call__(self, encoder, windows):
        windows = list(windows)
        self.ran += len(windows)
        return map(encoder, windows)


def encoder(ids):
    return np.outer(ids, [1.0, 2.0]), np.outer(ids, [3.0])


def windows(*numbers):
    return [np.array([number, number + 1]) for number in numbers]


def same(one, other):
    pairs = zip(one, other, strict=True)
    return all(np.array_equal(a, b) for x, y in pairs for a, b in zip(x, y, strict=True))


def test_what_it_gives_is_what_the_encoder_gives_in_order():
    run = Remembering(Counting())

    for asked in (windows(1, 2, 1), windows(2, 3), windows(), windows(3, 3, 1)):
        assert same(list(run(encoder, asked)), list(map(encoder, asked)))


def test_only_what_is_new_is_run():
    counting = Counting()
    run = Remembering(counting)

    run(encoder, windows(1, 2, 1))
    run(encoder, windows(2, 3))

    assert counting.ran == 3


def test_what_was_used_last_is_kept_and_no_more():
    counting = Counting()
    run = Remembering(counting, most=2)

    for number in (1, 2, 1, 3, 1, 2):
        run(encoder, windows(number))

    assert counting.ran == 4


def edited(text, dice, words):
    """Return a text as its writer leaves it a moment later."""
    place = dice.randrange(len(text) + 1)
    kind = dice.choice(["type", "type", "delete", "paste", "break"])
    if kind == "delete":
        return text[:place] + text[place + dice.randrange(1, 40) :]
    piece = {"type": dice.choice(words) + " ", "break": "\n\n"}.get(kind)
    return text[:place] + (piece or " ".join(dice.sample(words, 12)) + ". ") + text[place:]


@pytest.mark.slow
def test_a_draft_edited_at_random_has_the_findings_of_a_fresh_look(full_nlp, corpus_dir):
    dice = random.Random(9)
    notes = [note.text for note in read_gold(corpus_dir / "dev.jsonl")]
    words = " ".join(notes).split()
    fresh = vbl_detect.load()
    tagger = find_component(fresh, Classifier, "vbl_classifier").model.tagger._load()
    forgetful = tagger.run
    found = 0
    for text in dice.sample(notes, 6):
        draft = "\n\n".join([text, *dice.sample(notes, 3)])
        for _ in range(4):
            draft = edited(draft, dice, words)
            note = vbl_detect.Note(text=draft)
            forgetful._known = {}

            again = list(vbl_detect.detect([note], full_nlp))

            assert again == list(vbl_detect.detect([note], fresh))
            found += len(again)
    assert found > 40
