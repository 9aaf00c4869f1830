import pytest

from tests.unit.context.readings import POSITIONAL, at, read, rule
from vbl_detect.context import ASSERTED, judge

PEOPLE = {
    "mum": ("family", "f"),
    "suspect": ("suspect", "m"),
    "police": ("police", "any"),
    "girl": ("victim", "f"),
}
CUES = {
    "says": rule("spoken", code="CX910"),
    "per": rule("attributed", code="CX911"),
    "agreed": rule("adopted", "after", "near", code="CX912"),
    "nonsense": rule("challenged", "either", "near", code="CX913"),
    "wording": rule("objected", "either", "near", code="CX914"),
    "not": rule("negated", "before", "phrase", code="CX915"),
    "nobody": rule("negated", "before", "sentence", code="CX916"),
    "avoid": rule("mention", code="CX917"),
    "is": rule("question", "before", "clause", code="CX918"),
    "but": rule("ends", code="CX919"),
    "entry": rule("recorded", code="CX920"),
}


def verdict(text):
    reading = read(text, PEOPLE, CUES)
    return judge(reading, *at(reading, "STREETWISE"))


@pytest.mark.parametrize(
    ("text", "context", "code"),
    [
        ("She STREETWISE.", "asserted", None),
        ("Mum says she was STREETWISE.", "reported", "CX910"),
        ("Per mum she was STREETWISE.", "reported", "CX911"),
        ("The suspect says she was STREETWISE.", "quoted", "CX910"),
        ("Police say so. Police says she was STREETWISE.", "asserted", None),
        ("Mum says no but she was STREETWISE.", "asserted", None),
        ("Mum says she was STREETWISE. Agreed.", "asserted", "CX912"),
        ("Mum says she was STREETWISE. He rang. Agreed.", "asserted", "CX912"),
        ("Mum says she was STREETWISE. He rang. She ate. Agreed.", "reported", "CX910"),
        ("Mum says she was STREETWISE. Nonsense.", "negated", "CX913"),
        ("The tag “STREETWISE” was poor wording.", "mention", "CX914"),
        ("She was not STREETWISE.", "negated", "CX915"),
        ("She was not late and she was STREETWISE.", "asserted", None),
        ("Nobody thinks that the poor girl was ever STREETWISE.", "negated", "CX916"),
        ("Nobody says she was not STREETWISE.", "asserted", None),
        ("Avoid STREETWISE.", "mention", "CX917"),
        ("Is she STREETWISE?", "mention", "CX918"),
        ("An entry had STREETWISE.", "mention", "CX920"),
        ("The suspect was STREETWISE.", "other-subject", "CX903"),
        ("He read “the girl was so STREETWISE that night”.", "quoted", "CX902"),
        ("Her “STREETWISE” friend.", "asserted", None),
        ("Mum: “STREETWISE”.", "reported", "CX901"),
    ],
)
def test_the_first_rule_that_holds_decides(text, context, code):
    assert verdict(text)[:2] == (context, code)


def test_the_cue_is_given_as_offsets():
    text = "Mum says she was STREETWISE."
    start, end = verdict(text).cue

    assert text[start:end] == "says"


def test_without_its_rule_a_position_tells_nothing():
    rules = {effect: rule for effect, rule in POSITIONAL.items() if effect != "subject"}
    reading = read("The suspect was STREETWISE.", PEOPLE, {}, rules)

    assert judge(reading, *at(reading, "STREETWISE")) == ASSERTED
