"""Sentences of police prose, on text alone."""

import textwrap
from time import process_time

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
        pytest.param(["She didn't.", "He's been RUI'd.", "Then bail."], id="contractions"),
        pytest.param(["Driver u/k.", "Marker n/a.", "Phone off."], id="u/k and n/a"),
        pytest.param(["Reviewed 07:12.", "Closed 08:00-08:30.", "Next at 9."], id="clock times"),
        pytest.param(["Duty Insp.", "She is not back.", "A/Sgt.", "He rang."], id="after a rank"),
        pytest.param(["Seen by A/Sgt. Hale and PS T. Lowe.", "Ok."], id="a rank and a name"),
        pytest.param(["Rang for 20 mins.", "Ask the ward.", "Ref. AB12 CDE."], id="may end"),
        pytest.param(["Off Canal St.", "Then to St. Agnes church."], id="streets and saints"),
        pytest.param(["He is harming K.", "The panel asked about R.", "Ok."], id="child by letter"),
        pytest.param(["Children: 2.", "Referral: Y.", "Cat B.", "Two seen."], id="values"),
        pytest.param(["Home of no. 14.", "At no. 3 nobody."], id="house numbers"),
        pytest.param(["Seen at 02.11.22.", "Weighs 7.5 stone."], id="dots in numbers"),
        pytest.param(["Tasks:", "1. ring mum", "2. visit", "3. ANPR"], id="a list in a line"),
        pytest.param(["It began on day 1.", "2. It went on."], id="a number after a sentence"),
        pytest.param(["Injuries (approx. three) noted.", "Ok."], id="approx. in brackets"),
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
        pytest.param(["02.11.22 2310hrs", "No trace", "0215 rang mum"], id="times"),
        pytest.param(["T: lives near", "H - none", "V: 13 yrs"], id="one-letter labels"),
        pytest.param(["Morning all,", "She is back.", "Thanks,", "Jo"], id="greetings"),
        pytest.param(["She did not want to", "Seen by Insp.", "Hale"], id="a writer's own lines"),
        pytest.param(
            ["misper again", "usual pattern, phone off", "csc aware"], id="lower case lines"
        ),
        pytest.param(
            ["Insp 2310", "16 yo missing from the home since tea, phone on", "CSC told"],
            id="a short line was ended",
        ),
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
        "Handed to the night duty officers together with a statement by Sgt.\n"
        "Hale on the state of the room",
        "He said that there were three men at the flat when she got there;\nhe knew two of them.",
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
    assert sentences("graded high 2026-03-21T02:15 rang mum")[1] == "2026-03-21T02:15 rang mum"
    assert sentences("graded high 21/03 0300 DS Hale reviews")[1] == "21/03 0300 DS Hale reviews"
    assert len(sentences("She was seen on 21/03 0300 PC 123 says")) == 1


def test_bullets_inside_a_line_begin_anew():
    assert sentences("Tasks: \u2022 ring mum \u2022 visit") == [
        "Tasks:",
        "\u2022 ring mum",
        "\u2022 visit",
    ]


def test_a_missing_space_after_a_full_stop():
    assert sentences("NFA.Mother informed") == ["NFA.", "Mother informed"]
    assert sentences("back by 10.30pm.She ate.") == ["back by 10.30pm.", "She ate."]


@pytest.mark.parametrize(
    "text",
    [
        "Mail to some.Person@example.org or desk@some.Place today",
        "Kept as statement.Final.pdf and www.Example there",
        "Asked the U.K.Border desk and Sgt.Hale, e.g.Today",
    ],
)
def test_a_full_stop_inside_a_name_ends_nothing(text):
    assert sentences(text) == [text]


def test_print_is_told_by_its_full_lines():
    log = "Phone last used near the bus station at the top of town\nMum told\nDad told"

    assert sentences(log) == log.split("\n")


@pytest.mark.parametrize("text", ["", " ", "\n \n", "\u00a0"])
def test_text_without_words_has_no_sentence(text):
    assert sentence_bounds(text) == []


@pytest.mark.parametrize("run", [".", '!"', "1. ", "\n", " ", "a\n", "\u2022 ", "1/1 ", "Aa."])
def test_a_long_run_takes_time_in_proportion(run):
    text = run * 20_000 + "x"

    started = process_time()
    sentence_bounds(text)

    # Linear work takes a few hundredths of a second here; quadratic work takes many seconds.
    assert process_time() - started < 1.5


PRINTED = (
    "The carer rang at tea time because the lad had not come back from football and his phone was "
    "off. He is thirteen and has been found twice at a house on the far side of the river with men "
    "whom nobody at the home could name. Sgt. Hale, who knows the family, has asked for a car to "
    "go round by the boat sheds. She didn't. Review at 0600 unless there is news from the Ash "
    "Lane flats. Graded HIGH."
)


@pytest.mark.parametrize("width", range(60, 120))
def test_print_of_any_width_has_the_sentences_of_the_text(width):
    printed = textwrap.fill(PRINTED, width)

    assert [" ".join(sentence.split()) for sentence in sentences(printed)] == sentences(PRINTED)


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
        "_.",
        " 2. ",
        "\u00b2.",
        "14/09. ",
        "/",
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
