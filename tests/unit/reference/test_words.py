from typing import get_args

from vbl_detect.lexicon import Effect
from vbl_detect.lexicon.context_tables import Scope
from vbl_detect.lexicon.terms import CONTEXTS_NEEDED
from vbl_detect.records import CONTEXTS
from vbl_detect.reference import words


def test_everything_that_a_lexicon_can_say_has_words():
    assert set(words.EFFECTS) == set(get_args(Effect))
    assert {*words.SCOPES, *words.REACHES} == set(get_args(Scope))
    assert set(words.WHEN) == set(CONTEXTS_NEEDED)
    assert set(words.CONTEXTS) == set(CONTEXTS)


def test_every_mark_of_the_shipped_sources_has_words(reference):
    marks = {term.source[term.source.rfind("[") :] for term in reference.lexicon.terms.values()}

    assert {mark for mark in marks if mark.startswith("[")} <= set(words.MARKS)
