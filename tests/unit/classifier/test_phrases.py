"""Phrases from tagged tokens."""

import numpy as np
import pytest

from vbl_detect.classifier.phrases import Phrase, evidence, find_phrases, sentence_peak
from vbl_detect.classifier.tagger import Tags


def tags(text, marked, category=0):
    """Tag every wordpiece (here: of up to four letters) that lies in a marked stretch."""
    pieces, start = [], 0
    for word in text.split(" "):
        pieces += [
            (start + i, start + min(i + 4, len(word))) for i in range(0, max(len(word), 1), 4)
        ]
        start += len(word) + 1
    contexts = np.zeros((len(pieces), 7), dtype=np.float32)
    for row, (begin, end) in enumerate(pieces):
        inside = any(text.find(m) < end and begin < text.find(m) + len(m) for m in marked)
        contexts[row, 1 if inside else 0] = 1.0
    categories = np.zeros((len(pieces), 10), dtype=np.float32)
    categories[:, category] = 1.0
    return Tags(np.array(pieces), contexts, categories, np.ones(len(pieces), dtype=bool))


@pytest.mark.parametrize(
    ("text", "marked", "phrases"),
    [
        ("She is happy with him.", ["happy with"], ["happy with"]),
        ("Her reluctance hinders us", ["ctance"], ["reluctance"]),
        ("(her own choice), noted", ["her own choice"], ["her own choice"]),
        ("Nothing here", [], []),
        (
            "no will to help, and no wish at all to talk",
            ["no will", "no wish"],
            ["no will", "no wish"],
        ),
        ("keen as a bean to go", ["keen", "bean to go"], ["keen as a bean to go"]),
    ],
)
def test_phrases_are_whole_words_without_edges(text, marked, phrases):
    found = find_phrases(tags(text, marked), [(0, len(text))], text)

    assert [text[start:end] for start, end in found] == phrases


def test_no_phrase_reaches_across_sentences():
    text = "Up to her. Her call."

    found = find_phrases(tags(text, [text]), [(0, 10), (11, 20)], text)

    assert found == [Phrase(0, 9), Phrase(11, 19)]


def test_tokens_that_were_not_run_hold_no_phrase_and_no_evidence():
    text = "Up to her."
    unseen = tags(text, [text])._replace(seen=np.zeros(3, dtype=bool))

    assert find_phrases(unseen, [(0, len(text))], text) == []
    assert evidence(unseen, 0, 5) is None
    assert sentence_peak(unseen, 0, 5) == 0.0


def test_evidence_weighs_the_tokens_that_are_sure():
    text = "aaaa bbbb"
    tagged = tags(text, ["bbbb"], category=3)

    told = evidence(tagged, 0, len(text))

    assert told is not None
    assert told.contexts[1] == pytest.approx(1.0, abs=1e-3)
    assert int(np.argmax(told.categories)) == 3
    assert sentence_peak(tagged, 0, 4) == 0.0
