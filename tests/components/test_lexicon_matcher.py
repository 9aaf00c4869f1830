"""The component, and the fast path held equal to spaCy's plain Matcher."""

import json
from collections import defaultdict

import pytest
import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from tests import lexicon_folder
from vbl_detect.components.compiled import lexicon_expander, term_index
from vbl_detect.components.lexicon_matcher import is_blank_line
from vbl_detect.lexicon import Gap, read_lexicon
from vbl_detect.matching import (
    STOP_TOKENS,
    UNKNOWN,
    Match,
    dump_index,
    load_index,
    without_exceptions,
)
from vbl_detect.pipeline import find_matcher

BLANK_LINE = "\n\n"


class PlainMatcher:
    """What the lexicon means, by spaCy's Matcher alone: every pattern written out, one by one.

    The written-out patterns are so many that a note is tried only with those all of whose slots
    have a word in it; the others cannot match.
    """

    def __init__(self, nlp, lexicon):
        self.vocab = nlp.vocab
        expander = lexicon_expander(lexicon, nlp)
        self.by_word = defaultdict(list)
        for term in lexicon.terms.values():
            for code, patterns in ((term.code, term.patterns), (f"{term.code}!", term.unless)):
                for sequence in {s for pattern in patterns for s in expander.expand(pattern)}:
                    slots = [slot for slot in sequence if not isinstance(slot, Gap)]
                    for word in min(slots, key=len):
                        self.by_word[word].append((code, sequence, slots))

    def _token_patterns(self, sequence):
        outside = [*STOP_TOKENS, BLANK_LINE]
        return [
            {"LOWER": {"NOT_IN": outside}, "OP": f"{{0,{slot.limit}}}"}
            if isinstance(slot, Gap)
            else {"LOWER": {"IN": sorted(slot)}}
            for slot in sequence
        ]

    def match_all(self, doc):
        kept = [t for t in doc if not t.is_space or is_blank_line(t.text)]
        words = [BLANK_LINE if t.is_space else t.text for t in kept]
        present = {word.lower() for word in words}
        matcher = Matcher(self.vocab)
        tried = {
            (code, sequence)
            for word in present & self.by_word.keys()
            for code, sequence, slots in self.by_word[word]
            if not any(map(present.isdisjoint, slots))
        }
        for code, sequence in tried:
            matcher.add(code, [self._token_patterns(sequence)])
        found, exceptions = set(), set()
        for key, start, end in matcher(Doc(self.vocab, words=words)):
            code = self.vocab.strings[key]
            match = Match(kept[start].i, kept[end - 1].i + 1, code.rstrip("!"))
            (exceptions if code.endswith("!") else found).add(match)
        return sorted(without_exceptions(found, exceptions))


def corpus_texts(corpus_dir, every):
    lines = [
        line
        for path in sorted(corpus_dir.glob("*.jsonl"))
        if path.name != "second-labels.jsonl"  # the same texts once more
        for line in path.read_text("utf-8").splitlines()
    ]
    return [json.loads(line)["text"] for line in lines[::every]]


@pytest.fixture(scope="module")
def plain(nlp):
    return PlainMatcher(nlp, find_matcher(nlp).lexicon)


def assert_equal_to_plain(nlp, plain, texts):
    matcher = find_matcher(nlp)
    total = 0
    for text in texts:
        doc = nlp.make_doc(text)
        expected = plain.match_all(doc)
        assert matcher.match_all(doc) == expected, text
        total += len(expected)
    return total


def test_the_fast_path_equals_the_plain_matcher_on_a_sample_of_the_corpus(nlp, plain, corpus_dir):
    assert assert_equal_to_plain(nlp, plain, corpus_texts(corpus_dir, every=150)) > 20


@pytest.mark.slow
def test_the_fast_path_equals_the_plain_matcher_on_all_notes_of_the_corpus(nlp, plain, corpus_dir):
    assert assert_equal_to_plain(nlp, plain, corpus_texts(corpus_dir, every=1)) > 500


HOSTILE_LAYOUTS = [
    str.upper,
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace(" ", "\n\n"),
    lambda text: text.replace(" ", "\u00a0").replace("'", "\u2019"),
]


def test_the_fast_path_equals_the_plain_matcher_on_examples_in_hostile_layouts(nlp, plain):
    examples = [
        example
        for term in find_matcher(nlp).lexicon.terms.values()
        for example in term.flag_examples
    ][::4]
    texts = [
        layout(" ".join(examples[first : first + 5]))
        for first in range(0, len(examples), 5)
        for layout in HOSTILE_LAYOUTS
    ]

    assert assert_equal_to_plain(nlp, plain, texts) > len(examples)


@pytest.mark.parametrize(
    ("unless", "text", "found"),
    [
        ("at risk ..5 entry", "She puts herself at risk a b c d e entry.", 0),
        ("at risk ..5 entry", "She puts herself at risk a b c d e f entry.", 1),
        ("entry ..5 ~put", "entry a b c d e puts herself at risk", 0),
        ("entry ..5 ~put", "entry a b c d e f puts herself at risk", 1),
        ("entry ..5 ~put", "puts herself at risk, entry a puts herself at risk", 1),
    ],
)
def test_an_exception_is_heeded_as_far_as_it_reaches(tmp_path, blank_nlp, unless, text, found):
    row = lexicon_folder.term(patterns="~put <self> at risk", unless=unless)
    folder = lexicon_folder.write_lexicon(tmp_path, row)
    compiled = term_index(read_lexicon([folder]), blank_nlp)

    for index in (compiled, load_index(dump_index(compiled))):
        words = [index.word_ids.get(token.lower_, UNKNOWN) for token in blank_nlp(text)]

        assert len(index.find(words)) == found


def codes(doc):
    return [span.id_ for span in doc.spans["vbl"]]


@pytest.mark.parametrize(
    "text",
    [
        "Continues to put self at risk.",
        "CONTINUES TO PUT SELF AT RISK",
        "continues to put\nself at\r\nrisk",
        "continues to  put\tself\u00a0at risk",
        "con\u00adtinues to put self at ri\u00adsk",
        "puts her self at risk",
        "putting himself at risk",
    ],
)
def test_a_term_is_found_however_it_is_set(nlp, text):
    assert codes(nlp(text)) == ["RC001"]


def test_the_span_carries_category_and_code_and_points_into_the_text_as_read(nlp):
    text = "Log:\r\n\u201cYP\u201d is putting  him\u00adself at risk again."

    doc = nlp(text)
    [span] = doc.spans["vbl"]

    assert (span.label_, span.id_) == ("risk-and-choice", "RC001")
    assert text[span.start_char : span.end_char] == "putting  him\u00adself at risk"


def test_a_blank_line_ends_every_wording(nlp):
    assert codes(nlp("puts self\n\nat risk")) == []


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "1234"])
def test_text_without_wording_has_an_empty_group(nlp, text):
    assert codes(nlp(text)) == []


def test_the_factories_are_registered_by_entry_point():
    nlp = spacy.blank("en")

    nlp.add_pipe("vbl_sentences")
    nlp.add_pipe("vbl_lexicon_matcher")

    assert nlp.analyze_pipes()["summary"]["vbl_lexicon_matcher"]["assigns"] == ["doc.spans"]
    assert codes(nlp("Puts self at risk.")) == ["RC001"]
