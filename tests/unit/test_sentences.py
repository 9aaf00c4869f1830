"""Sentences of police prose, on text alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbl_detect.sentences import sentence_bounds


def sentences(text):
    return [text[start:end] for start, end in sentence_bounds(text)]


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["Misper again.", "Usual pattern.", "CSC aware."], id="plain"),
        pytest.param(["misper again.", "usual pattern.", "csc aware."], id="lower case"),
        pytest.param(["YP IS STREETWISE.", "NO CONCERNS.", "NFA"], id="capitals"),
        pytest.param(["Seen approx. 3 miles off.", "Units sent."], id="approx."),
        pytest.param(["Spoke to Sgt. Hale and Dr. Lowe.", "Both agree."], id="titles"),
        pytest.param(["Known risks, e.g. the park.", "Log it."], id="e.g."),
        pytest.param(["Clothing, phone, etc.", "Nothing else."], id="etc. before a capital"),
        pytest.param(["Clothing etc. was bagged.", "Sealed."], id="etc. inside"),
        pytest.param(["Left at 2310 hrs. on foot.", "No trace."], id="hrs. inside"),
        pytest.param(["Seen on 02.11.22 at 10.30pm.", "Rang mum."], id="dates and times"),
        pytest.param(["See para. 4 and No. 12.", "Both apply."], id="before numbers"),
        pytest.param(["Did she agree?", "No.", "She left."], id="no as an answer"),
        pytest.param(["J. B. was seen.", "T.L. was not."], id="initials"),
        pytest.param(["14yo F.", "Missing since noon."], id="age and sex"),
        pytest.param(["Where was she?!", "Not known..."], id="runs of marks"),
        pytest.param(["He waited... then left.", "Gone."], id="ellipsis inside"),
        pytest.param(['She said "leave me alone."', "Door closed."], id="closing quote"),
        pytest.param(["He left (on foot.)", "Units sent."], id="closing bracket"),
        pytest.param(['"Why?" she asked.', "No answer."], id="question inside a quotation"),
    ],
)
def test_sentences_on_one_line(parts):
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["No trace at home", "Mum informed", "Phone off"], id="lines, no full stops"),
        pytest.param(["Threat - two males", "Harm - none", "Risk: high"], id="labels"),
        pytest.param(["RATIONALE:", "Known to services."], id="a label on a line of its own"),
        pytest.param(["- ring mum", "* visit school", "\u2022 ANPR"], id="bullets"),
        pytest.param(["1. Ring mum.", "2) visit", "(a) school", "iv) park"], id="numbers"),
        pytest.param(
            [
                "21/03 0215 DS 1234 REVIEW",
                "Read the log.",
                "21/03/26 03:10 PC 4 UPDATE",
                "No trace.",
            ],
            id="stamps",
        ),
        pytest.param(["2026-03-21T02:15 REVIEW", "All well."], id="ISO stamp"),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\x0b", "<br>", "\n\n"])
def test_lines_that_begin_anew(parts, line_break):
    found = sentences(line_break.join(parts))

    assert [sentence.removesuffix("<br>") for sentence in found] == parts


@pytest.mark.parametrize(
    "text",
    [
        "He is a big lad and well able to\nlook after himself.",
        "Placement have rung everyone she is known to spend time with,\nno trace.",
        "Officers went to the address where she had been found the time before\n"
        "Mrs Hale answered and let them look in every room.",
        "SHE HAS BEEN TOLD MANY TIMES BY MANY OFFICERS NOT TO BE IN THE PARK AT\nNIGHT",
        "Left with the\nMother of a friend.",
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\n   "])
def test_a_printed_line_that_wraps_goes_on(text, line_break):
    text = text.replace("\n", line_break)

    assert sentences(text) == [text]


def test_a_blank_line_always_ends_a_sentence():
    assert sentences("seen near\n\nthe park") == ["seen near", "the park"]


def test_a_short_line_does_not_wrap():
    assert sentences("Seen in town\nNo sign of injury") == ["Seen in town", "No sign of injury"]


def test_long_lines_are_paragraphs():
    paragraph = "The review found that " + "nothing more was known and " * 10 + "that was all"

    assert sentences(f"{paragraph}\nMother was told") == [paragraph, "Mother was told"]


def test_a_stamp_glued_into_running_text_begins_a_new_entry():
    assert sentences("Graded HIGH 21/03 0300 PC 123 Rang mum") == [
        "Graded HIGH",
        "21/03 0300 PC 123 Rang mum",
    ]
    assert len(sentences("She was seen on 21/03 0300 PC 123 says")) == 1


def test_bullets_inside_a_line_begin_anew():
    assert sentences("Tasks: \u2022 ring mum \u2022 visit") == [
        "Tasks:",
        "\u2022 ring mum",
        "\u2022 visit",
    ]


def test_a_missing_space_after_a_full_stop():
    assert sentences("NFA.Mother informed") == ["NFA.", "Mother informed"]
    assert len(sentences("Mail to a.Person@example.org or example.org")) == 1


@pytest.mark.parametrize("text", ["", " ", "\n \n", "\u00a0"])
def test_text_without_words_has_no_sentence(text):
    assert sentence_bounds(text) == []


PIECES = st.sampled_from(
    [
        "She left",
        ". ",
        ".",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "\u00a0",
        "- ",
        "1. ",
        "21/03 0215 DS 12 X",
        "approx. ",
        "\u2019",
        "\u201c",
        "?!",
        "\u2026",
        "Risk: ",
        "<br>",
        "\u2028",
        "\u2022 ",
        "F.",
        "A",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
def test_bounds_are_ordered_trimmed_and_hold_every_character(text):
    bounds = sentence_bounds(text)

    edges = [edge for pair in bounds for edge in pair]
    assert edges == sorted(edges)
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in bounds)
    kept = "".join(text[a:b] for a, b in bounds)
    assert "".join(kept.split()) == "".join(text.split())
