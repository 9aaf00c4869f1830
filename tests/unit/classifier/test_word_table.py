"""What is remembered of words in a table of fixed size."""

import numpy as np

from vbl_detect.classifier.word_table import PLACES, WordTable


def hashes(*numbers):
    return np.array(numbers, dtype=np.uint64)


def test_each_word_is_asked_for_once():
    asked: list[int] = []
    table = WordTable((), np.int64)

    def tell(keys):
        asked.extend(keys)
        return [2 * key for key in keys]

    found = [table.of(hashes(7, 3, 7), tell).tolist() for _ in range(2)]

    assert found == [[14, 6, 14], [14, 6, 14]]
    assert asked == [3, 7]


def test_words_that_come_to_one_place_are_told_apart():
    table = WordTable((2,), np.float32)
    words = hashes(5, 5 + PLACES, 5 + 2 * PLACES, 5)

    for _ in range(3):
        told = table.of(words, lambda keys: [(key, -key) for key in keys])
        assert told.tolist() == [[float(word), -float(word)] for word in words]


def test_no_words_are_no_trouble():
    assert len(WordTable((), np.int64).of(hashes(), lambda _: [])) == 0
