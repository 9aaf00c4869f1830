"""The index on plain tokens; its equality with spaCy's Matcher is in tests/components."""

import random

import pytest

from vbl_detect.lexicon import Expander, WordForms, compile_pattern
from vbl_detect.matching import (
    BREAK,
    STOP,
    UNKNOWN,
    Match,
    build_index,
    keep_most_specific,
    without_exceptions,
)


def compiled(pattern):
    lists = {"self": ("self", "her self", "his own self")}
    expander = Expander(lists, WordForms({}, {}), lambda text: tuple(text.split(" ")))
    return compile_pattern(pattern, expander)


@pytest.fixture
def find():
    index = build_index(
        {
            "RC001": compiled("[put/puts] <self> at risk"),
            "RC002": compiled("at risk"),
            "NE001": compiled("wont ..2 engage"),
            "CD001": [
                *compiled("[she lies/story (so called)]"),
                *compiled("(very) odd (..1) tale"),
            ],
        },
        {"RC002": compiled("at risk register")},
        common_words={"at", "put"},
    )

    def find(text):
        words = text.split(" ")
        ids = [BREAK if w == "¶" else index.word_ids.get(w, UNKNOWN) for w in words]
        found = index.find(ids)
        beside = [index.word_ids[word] for word in ("risk", "at")]
        assert index.find_all([beside, ids, [], beside])[1] == found
        return [(" ".join(words[m.start : m.end]), m.code) for m in found]

    return find


def test_every_match_is_found_overlapping_ones_included(find):
    assert find("yp puts self at risk") == [
        ("puts self at risk", "RC001"),
        ("at risk", "RC002"),
    ]


def test_a_gap_holds_up_to_its_limit(find):
    assert find("wont engage") == [("wont engage", "NE001")]
    assert find("wont really fully engage") == [("wont really fully engage", "NE001")]
    assert find("wont at all ever engage") == []


def test_no_gap_reaches_across_the_end_of_a_sentence(find):
    assert find("wont . engage") == []


def test_nothing_reaches_across_a_blank_line(find):
    assert find("put self at ¶ risk") == []
    assert find("wont ¶ engage") == []


def test_an_exception_takes_away_the_match_of_its_own_code_only(find):
    assert find("put self at risk register") == [("put self at risk", "RC001")]


def test_a_pattern_at_either_edge_is_found(find):
    assert find("at risk") == [("at risk", "RC002")]
    assert find("at") == []
    assert find("") == []


def test_a_list_entry_may_be_several_words(find):
    assert ("put his own self at risk", "RC001") in find("put his own self at risk")


def test_optional_words_give_every_match(find):
    assert find("story so called") == [("story", "CD001"), ("story so called", "CD001")]
    assert find("very odd old tale") == [("very odd old tale", "CD001"), ("odd old tale", "CD001")]
    assert find("odd tale") == [("odd tale", "CD001")]


def test_word_ids_keep_stop_tokens_apart_from_words():
    index = build_index({"RC001": compiled("risk")}, {})

    assert index.word_ids["."] == STOP
    assert index.word_ids["risk"] > UNKNOWN


def test_many_notes_hold_what_each_holds_alone():
    index = build_index(
        {
            "RC001": compiled("[put/puts] <self> at"),
            "NE001": compiled("wont ..2 engage"),
            "CD001": compiled("(very) odd (..1) tale"),
        },
        {},
        common_words={"at", "put"},
    )
    drawn = random.Random(7)
    ids = [*index.word_ids.values(), UNKNOWN, UNKNOWN, BREAK]
    notes = [drawn.choices(ids, k=drawn.randrange(12)) for _ in range(2000)]

    alone = [index.find(note) for note in notes]

    assert index.find_all(notes) == alone
    assert {match.code for found in alone for match in found} == {"RC001", "NE001", "CD001"}
    assert index.find_all([]) == []


def test_exceptions_are_compared_by_code_and_overlap():
    found = [Match(0, 2, "AA001"), Match(5, 6, "AA001"), Match(0, 2, "BB001")]

    assert without_exceptions(found, [Match(1, 4, "AA001")]) == [
        Match(5, 6, "AA001"),
        Match(0, 2, "BB001"),
    ]


CATEGORIES = {"AA001": "a", "AA002": "a", "BB001": "b"}
RANKS = {"AA001": 0, "AA002": 2, "BB001": 1}


@pytest.mark.parametrize(
    ("matches", "kept"),
    [
        # inside another, whatever the category
        ([(0, 5, "AA002"), (1, 3, "AA001"), (0, 2, "BB001")], [(0, 5, "AA002")]),
        # partly overlapping: one a category
        ([(0, 3, "AA001"), (2, 6, "AA002")], [(2, 6, "AA002")]),
        ([(0, 3, "AA001"), (2, 6, "BB001")], [(0, 3, "AA001"), (2, 6, "BB001")]),
        # the same words: the graver row
        ([(0, 3, "BB001"), (0, 3, "AA001"), (0, 3, "AA002")], [(0, 3, "AA001")]),
        # apart
        ([(4, 6, "AA002"), (0, 3, "AA001")], [(0, 3, "AA001"), (4, 6, "AA002")]),
    ],
)
def test_the_most_specific_of_overlapping_matches_is_kept(matches, kept):
    assert keep_most_specific([Match(*m) for m in matches], CATEGORIES, RANKS) == [
        Match(*m) for m in kept
    ]
