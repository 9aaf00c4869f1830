"""The spaCy component: what it writes, and that it leaves notes without matches alone."""

import pytest
import spacy
from spacy.tokens import Span

from vbl_detect.components.context_qualifier import NAME, ContextQualifier
from vbl_detect.pipeline import find_matcher


@pytest.fixture
def judged(nlp):
    def judged(text):
        doc = nlp(text)
        return [
            (span.text, span._.vbl_context, span._.vbl_cue, span._.vbl_rule)
            for span in doc.spans["vbl"]
        ]

    return judged


def test_a_match_of_the_author_has_no_cue_and_no_rule(judged):
    assert judged("She is streetwise.") == [("streetwise", "asserted", None, None)]


def test_a_match_gets_context_cue_and_rule(judged):
    assert judged("Her mother says  she is\nstreetwise.") == [
        ("streetwise", "reported", "says", "CX101")
    ]


def test_matches_are_judged_one_by_one(judged):
    text = "The suspect is streetwise. The girl is streetwise."

    assert [(phrase, context) for phrase, context, _, _ in judged(text)] == [
        ("streetwise", "other-subject"),
        ("streetwise", "asserted"),
    ]


def test_white_space_and_line_breaks_do_not_move_positions(judged):
    text = "  \n\nSchool:\n\n  Mum  says \r\n she  is  streetwise ."

    assert [verdict[1:3] for verdict in judged(text)] == [("reported", "says")]


def test_a_note_without_matches_is_not_read(nlp, monkeypatch):
    monkeypatch.setattr(ContextQualifier, "read", lambda *_: pytest.fail("it was read"))

    doc = nlp("Mum says she is well.")

    assert list(doc.spans["vbl"]) == []


def test_it_declares_what_it_needs_and_gives(nlp):
    meta = nlp.get_pipe_meta(NAME)

    assert meta.requires == ["doc.spans", "token.is_sent_start"]
    assert meta.assigns == ["span._.vbl_context", "span._.vbl_cue", "span._.vbl_rule"]
    assert nlp.analyze_pipes()["problems"][NAME] == []


def test_extensions_have_defaults_on_other_spans(blank_nlp):
    span = Span(blank_nlp("Some words"), 0, 1)

    assert (span._.vbl_context, span._.vbl_cue, span._.vbl_rule) == ("asserted", None, None)


def test_a_user_s_folder_adds_and_takes_out_rules(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    header = "code,effect,direction,scope,speakers,patterns,unless,note,fires,silent\n"
    rows = (
        "CX003,off,,,,,,,,\n"
        "CX901,mention,after,clause,,sic,,As written,[Streetwise] sic.,[Streetwise] so.\n"
    )
    (own / "context_rules.csv").write_text(header + rows, "utf-8")
    nlp = spacy.blank("en")
    nlp.add_pipe("vbl_sentences")
    for name in ("vbl_lexicon_matcher", "vbl_context"):
        nlp.add_pipe(name, config={"lexicons": [str(own)]})

    doc = nlp("The suspect is streetwise. She is streetwise sic.")
    suspect, sic = doc.spans["vbl"]

    assert suspect._.vbl_context == "asserted"
    assert (sic._.vbl_context, sic._.vbl_rule) == ("mention", "CX901")
    assert "CX901" in find_matcher(nlp).lexicon.context_rules


def test_a_pronoun_may_be_the_last_word_of_a_note(nlp):
    doc = nlp("The suspect, a woman, was there. Jo, 14, told her")

    [verdict] = nlp.get_pipe(NAME).qualify(doc, [doc[-1:]])

    assert verdict.context == "other-subject"
