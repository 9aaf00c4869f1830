"""What the page offers to put in a phrase's place."""

from dataclasses import replace

import pytest

from vbl_detect import Note, detect
from vbl_detect.pipeline import find_matcher
from vbl_detect.serving.wordings import wordings


@pytest.fixture(scope="module")
def finding(nlp):
    return next(iter(detect([Note(text="She puts herself at risk.")], nlp)))


@pytest.mark.parametrize(
    ("suggestion", "offered"),
    [
        ("is being put at risk by [person]", ("is being put at risk by [person]",)),
        ("went missing; what drew the child away: [facts]", ("went missing",)),
        ("says / told officers / describes", ("says", "told officers", "describes")),
        ("leave out; give first-hand facts", ()),
        ("[leave out unless needed]", ()),
        ('Name who: "is being put at risk by [person]".', ("is being put at risk by [person]",)),
        ("Give the age.", ()),
        ("NRM referral made; indicators: [facts]", ("NRM referral made",)),
        ("", ()),
    ],
)
def test_a_wording_is_offered_and_advice_is_not(finding, suggestion, offered):
    assert wordings(replace(finding, suggestion=suggestion)) == offered


def test_a_wording_begins_as_the_phrase_does(finding):
    begun = replace(finding, phrase="Absconded again", suggestion="went missing / left [place]")

    assert wordings(begun) == ("Went missing", "Left [place]")


def test_a_wording_that_fits_exactly_comes_first(finding):
    begun = replace(finding, code="CD001", phrase="Claims she", suggestion="reports [account]")

    assert wordings(begun) == ("Says she", "Reports [account]")


def test_every_row_of_the_lexicon_gives_wordings_that_can_stand_in_a_text(finding, nlp):
    for term in find_matcher(nlp).lexicon.reportable.values():
        for wording in wordings(replace(finding, code=term.code, suggestion=term.suggestion)):
            assert wording == wording.strip()
            assert wording
            assert wording.count("[") == wording.count("]")
            assert ";" not in wording
