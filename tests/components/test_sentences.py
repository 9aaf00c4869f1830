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


@given(st.text(alphabet="abC. \n\u00a0\u2019?1", max_size=60))
def test_every_start_at_a_token_s_edge_is_marked(sentence_nlp, text):
    doc = sentence_nlp(text)

    marked = {token.idx for token in doc if token.is_sent_start}
    edges = {token.idx for token in doc}
    first = {doc[0].idx} if len(doc) else set()
    assert {start for start, _ in sentence_bounds(text)} & edges <= marked | first
