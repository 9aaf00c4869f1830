"""What components remember of words."""

from spacy.strings import StringStore

from vbl_detect.components import remembered
from vbl_detect.components.remembered import Remembered


def test_each_word_is_asked_for_once():
    asked: list[str] = []
    lengths = Remembered(lambda word: asked.append(word) or len(word))
    strings = StringStore(["she", "left"])
    hashes = [strings[word] for word in ("she", "left", "she")]

    found = [lengths.of(hashes, strings), lengths.of(hashes, strings)]

    assert found == [[3, 4, 3], [3, 4, 3]]
    assert asked == ["she", "left"]


def test_words_are_forgotten_where_they_are_too_many(monkeypatch):
    monkeypatch.setattr(remembered, "MOST_REMEMBERED", 10)
    lengths = Remembered(len)
    strings = StringStore()

    for number in range(100):
        word = f"word{number}"
        assert lengths.of([strings.add(word)], strings) == [len(word)]

    assert len(lengths) <= 11
