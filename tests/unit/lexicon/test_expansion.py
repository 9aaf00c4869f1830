import pytest

from vbl_detect.lexicon import Expander, Gap, NotationError, WordForms
from vbl_detect.lexicon.expansion import merge


@pytest.fixture
def expander(blank_nlp):
    lists = {
        "self": ["herself", "her self"],
        "circle": ["<round>"],
        "round": ["<circle>"],
        "many": ["[a/a b/a b c/a b c d/a b c d e/f g h i j k]"],
    }
    forms = WordForms({"put": ("puts", "putting")}, {"behaviour": ("behavior",)})
    return Expander(lists, forms, lambda text: tuple(t.text for t in blank_nlp(text)))


def slots(*words):
    return tuple(frozenset(word.split("/")) for word in words)


def test_alternatives_share_one_sequence(expander):
    assert expander.expand("[poor/bad] behaviour(s)") == (
        slots("poor/bad", "behaviour/behaviours/behavior/behaviors"),
    )


def test_a_hyphen_may_be_a_hyphen_a_dash_a_space_or_nothing(expander):
    assert set(expander.expand("risk-taking")) == {
        slots("risk", "-/–", "taking"),
        slots("risk", "taking"),
        slots("risktaking"),
    }


def test_an_apostrophe_is_split_as_the_tokenizer_splits_it(expander):
    sequences = set(expander.expand("won't"))

    assert slots("wo", "n't/n’t/nt") in sequences
    assert slots("won't/won’t/wont") in sequences  # capitals are one token


def test_optional_words_and_lists_give_one_sequence_each(expander):
    assert set(expander.expand("~put <self> (back) at risk")) == {
        slots("put/puts/putting", "herself", "at", "risk"),
        slots("put/puts/putting", "herself", "back", "at", "risk"),
        slots("put/puts/putting", "her", "self", "at", "risk"),
        slots("put/puts/putting", "her", "self", "back", "at", "risk"),
    }


def test_a_gap_stays_a_gap(expander):
    assert expander.expand("one ..2 two") == ((*slots("one"), Gap(2), *slots("two")),)


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("(very)", "one word must be required"),
        (".. risk", "cannot stand first or last"),
        ("(very) .. risk", "cannot stand first or last"),
        ("<unheard-of>", "no list <unheard-of>"),
        ("<circle>", "contains itself"),
        (" ".join(["<many>"] * 6), "write it as several patterns"),
    ],
)
def test_what_cannot_be_expanded_is_refused_with_the_reason(expander, pattern, complaint):
    with pytest.raises(NotationError, match=complaint):
        expander.expand(pattern)


def test_merging_keeps_exactly_the_same_matches():
    apart = {slots("a", "x"), slots("b", "x"), slots("a", "y"), slots("b", "y"), slots("c")}

    assert merge(apart) == {slots("a/b", "x/y"), slots("c")}
    assert merge([slots("a", "x"), slots("b", "y")]) == {slots("a", "x"), slots("b", "y")}
