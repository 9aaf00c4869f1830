"""Sentences of police prose, as marks on the tokens of a doc."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from vbl_detect.sentences import sentence_bounds


@pytest.fixture(scope="module")
def sentence_nlp():
    nlp = spacy.blank("en")
    nlp.add_pipe("vbl_sentences")
    return nlp


def test_sentences_of_the_doc_are_those_of_the_text(sentence_nlp):
    text = "21/03 0215 DS 12 REVIEW\nSeen approx. 2 miles off. No\u00a0trace.\n\n- ring mum"

    doc = sentence_nlp(text)

    assert [sent.text.strip() for sent in doc.sents] == [
        text[a:b] for a, b in sentence_bounds(text)
    ]


def test_white_space_belongs_to_the_sentence_before(sentence_nlp):
    doc = sentence_nlp("One here.\n\nTwo there.")

    assert [sent.text for sent in doc.sents] == ["One here.\n\n", "Two there."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "."])
def test_text_without_sentences_is_taken(sentence_nlp, text):
    assert len(list(sentence_nlp(text).sents)) <= 1


def test_white_space_at_the_head_belongs_to_the_first_sentence(sentence_nlp):
    doc = sentence_nlp(" \n One here. Two there.")

    assert [sent.text for sent in doc.sents] == [" \n One here.", "Two there."]


def test_a_batch_is_marked_as_each_note_alone(sentence_nlp):
    texts = [
        "One here. Two there.",
        "",
        " ",
        " \n At home.\n- ring mum",
        "",
        "NFA.Mother told. Ok.",
    ]

    batch = sentence_nlp.pipe(texts)

    assert [[t.is_sent_start for t in doc] for doc in batch] == [
        [t.is_sent_start for t in sentence_nlp(text)] for text in texts
    ]


def test_no_token_is_cut_off_by_a_sentence_that_begins_inside_it(sentence_nlp):
    doc = sentence_nlp("NFA.Mother informed.\n\nDad rang")

    assert [sent.text for sent in doc.sents] == ["NFA.Mother informed.\n\n", "Dad rang"]


def test_every_token_is_marked_one_way_or_the_other(sentence_nlp):
    doc = sentence_nlp("One here. Two there.")

    assert doc.has_annotation("SENT_START", require_complete=True)


PIECES = st.sampled_from(
    "She left|. |.|\n|\n\n|\r\n| |\u00a0|- |1. |?! |\u2019s|NFA.Mother|approx. |<br>|Risk: |\u2028"
    "|21/03 0215 DS 12 X|\u2022 ".split("|")
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=20).map("".join))
def test_sentences_of_the_doc_are_the_bounds_at_token_edges(sentence_nlp, text):
    doc = sentence_nlp(text)

    edges = {token.idx for token in doc}
    starts = [start for start, _ in sentence_bounds(text) if start in edges]
    pieces = [text[start:end].strip() for start, end in pairwise([*starts, len(text)])]
    assert [sent.text.strip() for sent in doc.sents if text.strip()] == pieces
