import pytest

from vbl_detect.lexicon.wordforms import WordForms, inflect


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("engage", "engage engages engaged engaging"),
        ("abscond", "abscond absconds absconded absconding"),
        ("stop", "stop stops stopped stopping"),
        ("deny", "deny denies denied denying"),
        ("play", "play plays played playing"),
        ("dress", "dress dresses dressed dressing"),
        ("lie", "lie lies lied lying"),
        ("agree", "agree agrees agreed agreeing"),
        ("self-harm", "self-harm self-harms self-harmed self-harming"),
        ("allow", "allow allows allowed allowing"),
        ("visit", "visit visits visited visiting"),
    ],
)
def test_regular_verbs_take_their_four_forms(verb, forms):
    assert inflect(verb) == frozenset(forms.split())


def test_listed_verbs_take_the_listed_forms_and_no_others():
    forms = WordForms({"put": ("puts", "putting")}, {})

    assert forms.inflections("put") == {"put", "puts", "putting"}


def test_spellings_carry_over_to_endings_and_inflections():
    forms = WordForms({}, {"behaviour": ("behavior",), "minimise": ("minimize",)})

    assert forms.spellings("behaviours") == {"behaviours", "behaviors"}
    assert {"minimised", "minimized", "minimizing"} <= forms.inflections("minimise")


def test_a_word_without_listed_spellings_stands_for_itself():
    assert WordForms({}, {}).spellings("risk") == {"risk"}
