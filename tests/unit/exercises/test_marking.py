"""An answer beside the agreed one."""

import json

import pytest

from vbl_detect.errors import ReaderError
from vbl_detect.exercises import Answer, AnswerSpan, mark, read_answers
from vbl_detect.gold import GoldNote, GoldSpan

RC, AD = "risk-and-choice", "adultification"


def gold(start, end, category=RC, context="asserted", *, borderline=False):
    return GoldSpan(start=start, end=end, category=category, context=context, borderline=borderline)


def given(start, end, category=RC, context="asserted"):
    return AnswerSpan(start=start, end=end, category=category, context=context)


def marks(golden, answer):
    note = GoldNote(id="x", note_type="other", text="x" * 100, spans=tuple(golden))
    return mark(note, Answer(id="x", spans=tuple(answer)))


def test_the_same_words_of_the_same_kind_are_right():
    made = marks([gold(3, 9)], [given(3, 9)])

    assert made.right
    assert made.spans[0].exact


@pytest.mark.parametrize(
    ("answer", "category_right", "context_right"),
    [
        (given(3, 9, AD), False, True),
        (given(3, 9, context="quoted"), True, False),
    ],
)
def test_another_category_or_context_is_told_apart(answer, category_right, context_right):
    [made] = marks([gold(3, 9)], [answer]).spans

    assert made.exact
    assert (made.category_right, made.context_right) == (category_right, context_right)
    assert not marks([gold(3, 9)], [answer]).right


def test_overlapping_words_stand_for_the_phrase_but_touching_ones_do_not():
    assert marks([gold(3, 9)], [given(8, 20)]).right
    assert not marks([gold(3, 9)], [given(8, 20)]).spans[0].exact
    touching = marks([gold(3, 9)], [given(9, 20)])
    assert touching.missed == (gold(3, 9),)
    assert touching.extra == (given(9, 20),)


def test_one_long_mark_serves_one_phrase_only():
    made = marks([gold(0, 10), gold(12, 30)], [given(0, 30)])

    assert [mark.given is None for mark in made.spans] == [True, False]


def test_nothing_is_right_where_there_is_nothing_and_a_borderline_phrase_may_be_left():
    assert marks([], []).right
    assert marks([gold(3, 9, borderline=True)], []).right
    assert not marks([], [given(3, 9)]).right
    assert not marks([gold(3, 9)], []).right


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema_version": "9", "pack": "a", "name": "", "answers": []}',
        '{"schema_version": "1", "pack": "a", "name": "", "answers": [{"id": "x", "spans": [{}]}]}',
        json.dumps(
            {
                "schema_version": "1",
                "pack": "a",
                "name": "",
                "answers": [
                    {
                        "id": "x",
                        "spans": [{"start": 4, "end": 2, "category": RC, "context": "asserted"}],
                    }
                ],
            }
        ),
    ],
)
def test_a_file_that_holds_no_answers_is_named(tmp_path, text):
    path = tmp_path / "answers.json"
    path.write_text(text, "utf-8")

    with pytest.raises(ReaderError, match=r"answers.json.*no file of answers"):
        read_answers(path)
