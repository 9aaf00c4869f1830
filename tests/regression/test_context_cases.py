"""Marked-up sentences, each with the context it should get; weaknesses are listed by id."""

from pathlib import Path

import pytest

from tests.regression.test_names import other_genders, swap
from vbl_detect.components.context_qualifier import NAME
from vbl_detect.context_checks import verdict_on
from vbl_detect.records import CONTEXTS

CASES = Path(__file__).with_name("context_cases.txt")
#: What the rules get wrong today. A case that starts to pass fails the suite: take it out here.
KNOWN_FAILURES = {
    "fail-first-person-unmarked",
    "fail-fragment-about-a-man",
    "fail-he-for-both",
    "fail-said-in-brackets",
    "fail-someone-of-two",
    "fail-statement-goes-on",
    "hard-from-the-doorman",
    "hard-later-adoption",
    "hard-speech-goes-on",
    "hard-subjectless-father",
}
#: Texts with "F", "Fella" and the like, or a "her" that the swap cannot tell from an object.
UNSWAPPED = {
    "account-let-speak",
    "alike-15f",
    "alike-15m",
    "asserted-her-boyfriend-in-marks",
    "bare-fella",
    "other-woman-suspect",
}


def cases():
    for line in CASES.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, context, text = (cell.strip() for cell in line.split("|"))
            weak = pytest.mark.xfail(reason="known failure") if name in KNOWN_FAILURES else ()
            yield pytest.param(context, text.replace("¶", "\n"), id=name, marks=weak)


CASE_LIST = list(cases())


@pytest.mark.parametrize(("context", "text"), CASE_LIST)
def test_the_words_get_the_context_that_a_reader_gives_them(context, text, nlp):
    assert verdict_on(text, nlp.get_pipe(NAME), nlp).context == context


@pytest.mark.parametrize(
    "text",
    [pytest.param(case.values[1], id=case.id) for case in CASE_LIST if case.id not in UNSWAPPED],
)
def test_boys_and_girls_women_and_men_are_read_alike(text, nlp):
    swapped, _ = swap(text, {}, other_genders())
    pipe = nlp.get_pipe(NAME)

    assert verdict_on(swapped, pipe, nlp).context == verdict_on(text, pipe, nlp).context


def test_every_context_has_cases_and_ids_are_unique():
    ids = [case.id for case in CASE_LIST]

    assert {case.values[0] for case in CASE_LIST} == set(CONTEXTS)
    assert len(ids) == len(set(ids))
    assert set(ids) >= KNOWN_FAILURES
