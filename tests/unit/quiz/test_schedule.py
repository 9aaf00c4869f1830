"""When exercises come again."""

from datetime import UTC, datetime, timedelta

import pytest

from vbl_detect.errors import UsageError
from vbl_detect.exercises import Answer, AnswerSpan, Exercise, mark
from vbl_detect.gold import GoldNote, GoldSpan
from vbl_detect.quiz.schedule import due_at, due_counts, next_exercises, rated, reviewed
from vbl_detect.quiz.state import Session, State, read_state, write_state

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
SPAN = GoldSpan(start=0, end=5, category="risk-and-choice", context="asserted")


def exercise(number):
    note = GoldNote(id=f"x{number}", note_type="other", text="Alpha bravo.", spans=(SPAN,))
    return Exercise(note=note, difficulty=1, focus="risk-and-choice", why="w", better="b")


def answered(*spans):
    return rated(mark(exercise(1).note, Answer(id="x1", spans=spans)))


def span(start=0, end=5, context="asserted"):
    return AnswerSpan(start=start, end=end, category="risk-and-choice", context=context)


def test_what_was_missed_comes_first_and_what_was_known_comes_later():
    missed = due_at(reviewed(None, answered(), NOW))
    too_much = due_at(reviewed(None, answered(span(), span(6, 11)), NOW))
    other_context = due_at(reviewed(None, answered(span(context="quoted")), NOW))
    known = due_at(reviewed(None, answered(span()), NOW))

    assert missed == too_much == NOW
    assert missed <= other_context < known
    assert known > NOW + timedelta(days=1)


def test_what_is_known_again_and_again_comes_ever_later():
    record, now, gaps = None, NOW, []
    for _ in range(4):
        record = reviewed(record, answered(span()), now)
        gaps.append(due_at(record) - now)
        now = due_at(record)

    assert gaps == sorted(set(gaps))


def test_due_ones_are_asked_before_new_ones_the_longest_due_first():
    every = [exercise(number) for number in range(6)]
    cards = {
        "x4": reviewed(None, answered(), NOW - timedelta(days=3)),
        "x2": reviewed(None, answered(), NOW - timedelta(days=9)),
        "x5": reviewed(None, answered(span()), NOW),
    }

    asked = [one.id for one in next_exercises(every, cards, 4, seed=1, now=NOW)]
    counts = due_counts(every, cards, NOW)

    assert asked[:2] == ["x2", "x4"]
    assert set(asked[2:]) < {"x0", "x1", "x3"}
    assert (counts.now, counts.week, counts.later, counts.unseen) == (2, 1, 0, 3)
    assert counts.following == due_at(cards["x5"])
    assert next_exercises(every[5:], cards, 4, seed=1, now=NOW) == []


def test_the_state_is_read_back_and_is_its_owner_s(tmp_path):
    path = tmp_path / "quiz.json"
    session = Session(pack="p", options={"seed": 1}, ids=["x1", "x2"], answers={"x1": [span()]})
    state = State(cards={"x1": reviewed(None, answered(), NOW)}, session=session)

    write_state(state, path)

    assert read_state(path) == state
    assert session.left == ["x2"]
    assert path.stat().st_mode & 0o077 == 0
    assert read_state(tmp_path / "none.json") == State()


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"schema_version": "2"}', "\xff",
        '{"schema_version": "1", "cards": {"x": {}}, "session": null}',
        '{"schema_version": "1", "cards": {}, "session": {"pack": "p"}}',
    ],
)  # fmt: skip
def test_a_file_that_is_no_state_is_named_and_left_alone(tmp_path, text):
    path = tmp_path / "quiz.json"
    path.write_text(text, "latin-1")

    with pytest.raises(UsageError, match=r"quiz\.json: this is no state"):
        read_state(path)

    assert path.read_text("latin-1") == text
