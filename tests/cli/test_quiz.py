"""`vbl-detect learn quiz`, with a script in the person's place."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app, learn_quiz
from vbl_detect.cli.quiz_screen import TerminalScreen
from vbl_detect.exercises import read_answers, read_exercises
from vbl_detect.lexicon import read_lexicon
from vbl_detect.resources import exercise_bank, lexicon_dir
from vbl_detect.rewriting_checks import RewritingCheck

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
BANK = {exercise.id: exercise for exercise in read_exercises(exercise_bank())}


@pytest.fixture
def clock(monkeypatch):
    times = [START]
    monkeypatch.setattr(learn_quiz, "now", lambda: times[0])
    return times


@pytest.fixture
def quiz(tmp_path, monkeypatch, clock):
    monkeypatch.chdir(tmp_path)

    def run(*arguments, typed="", code=0):
        result = CliRunner().invoke(
            app, ["learn", "quiz", "--state", "state.json", *map(str, arguments)], input=typed
        )
        assert result.exit_code == code, result.output
        return result

    return run


def state():
    with open("state.json", encoding="utf-8") as file:  # noqa: PTH123
        return json.load(file)


def right_answers(ids):
    """Return what a person types who knows every answer."""
    letters = {c.slug: c.letters for c in read_lexicon([lexicon_dir()]).categories.values()}
    lines = []
    for exercise in map(BANK.get, ids):
        for span in exercise.note.spans:
            phrase = exercise.note.text[span.start : span.end]
            lines += [phrase, letters[span.category], span.context]
        lines.append("")
    return "".join(line + "\n" for line in lines)


def asked(quiz, *arguments):
    quiz(*arguments)
    return state()["session"]["ids"]


def test_who_knows_all_has_all_right_and_is_asked_again_days_later(quiz, clock):
    ids = asked(quiz, "-n", 4, "--difficulty", 1, "--category", "ad")

    result = quiz("-o", "a.json", "--name", "PC 4", typed=right_answers(ids))

    assert "4 of 4 all right." in result.stdout
    told = " ".join(result.stdout.split())
    assert told.count("You marked these words; category right; context right.") >= 4
    assert all(f"better {word}" in told for word in [BANK[ids[0]].better.split()[0]])
    assert told.count("source ") >= 4
    answers = read_answers(learn_quiz.Path("a.json"))
    assert (answers.name, [one.id for one in answers.answers]) == ("PC 4", ids)
    assert state()["session"] is None
    assert "0 due again now" in quiz("--due").stdout
    clock[0] = START + timedelta(days=30)
    assert "4 due again now" in quiz("--due").stdout


def test_what_was_missed_comes_again_first(quiz, clock):
    ids = asked(quiz, "-n", 2, "--category", "ne")
    quiz(typed="\n\n")
    clock[0] = START + timedelta(hours=1)

    again = asked(quiz, "-n", 5, "--category", "ne")

    assert set(again[:2]) == set(ids)
    assert len(set(again)) == 5


def test_it_goes_on_where_it_stopped_and_keeps_no_text(quiz):
    ids = asked(quiz, "-n", 3, "--category", "sl", "--seed", 5)
    first = BANK[ids[0]].note
    phrase = first.text[first.spans[0].start : first.spans[0].end]

    stopped = quiz(typed=f"{phrase}\nsl\n1\nq\n")
    held = json.dumps(state())
    on = quiz(typed="\n\n\n")

    assert "stopped; the same command goes on" in stopped.stderr
    assert phrase not in held
    assert not any(BANK[one].note.text[:20] in held for one in ids)
    assert f"Marked before: “{phrase}”" in on.stdout
    assert "of 3 all right." in on.stdout


@pytest.mark.parametrize("typed", ["", "\n", "1\n", "1\nrc\n", "1\nrc\n1\n"])
def test_ctrl_c_at_any_moment_ends_with_130_and_loses_nothing(quiz, monkeypatch, typed):
    lines = iter(typed.splitlines(keepends=True))

    def ask(self, prompt):
        try:
            return next(lines)
        except StopIteration:
            raise KeyboardInterrupt from None

    with monkeypatch.context() as patch:
        patch.setattr(TerminalScreen, "ask", ask)
        result = quiz("-n", 2, "-o", "a.json", code=130)
    kept = state()["session"]

    assert "the same command goes on from here" in result.stderr
    assert len(kept["answers"]) == (typed == "\n")
    assert len(kept["begun"]) == (typed == "1\nrc\n1\n")
    assert "of 2 all right." in quiz("-o", "a.json", typed="\n\n").stdout
    assert len(read_answers(learn_quiz.Path("a.json")).answers) == 2


def test_slips_are_answered_and_can_be_taken_back(quiz):
    result = quiz("-n", 1, typed="?\nnot in it\n-\n1\nzz\nrc\n0\n2\n1\n-\n\n")

    for said in (
        "first and last words with ... between",
        "These words are not in the note",
        "Nothing is marked yet",
        "Some of these words are marked already",
        "Taken back.",
    ):
        assert said in " ".join(result.stdout.split())
    assert state()["session"] is None


def test_words_that_stand_twice_are_asked_about(quiz, tmp_path):
    record = json.loads(exercise_bank().read_text("utf-8").splitlines()[0])
    text = "She is streetwise. He is streetwise."
    spans = [{"start": 7, "end": 17, "category": "adultification", "context": "asserted"}]
    (tmp_path / "p.jsonl").write_text(json.dumps(record | {"text": text, "spans": spans}), "utf-8")

    result = quiz("--pack", "p.jsonl", typed="streetwise\n7\n1\nad\n1\n\n")

    assert "Which of these, 1 to 2?" in result.stdout
    assert "1 of 1 all right." in result.stdout


def test_a_rewriting_is_checked_and_kept_in_the_file_alone(quiz, monkeypatch):
    def judge(exercise, words):
        return RewritingCheck(words=words, kept=("streetwise",) if "streetwise" in words else ())

    monkeypatch.setattr(learn_quiz, "judge_with", lambda model: judge)

    quiz("-n", 2, "--task", "rewrite", "-o", "a.json", typed="\nShe is streetwise.\nq\n")
    result = quiz("-o", "a.json", typed="He harmed her.\n")

    held = read_answers(learn_quiz.Path("a.json"))
    assert [one.rewriting for one in held.answers] == ["She is streetwise.", "He harmed her."]
    assert "streetwise" not in json.dumps(state())
    assert "The detector finds nothing in your wording." in result.stdout
    assert "1 of 2 all right." in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--category", "rc"], "leave the options out to go on with it, or add --new"),
        (["--category", "xx"], "'xx' is no category"),
        (["--note-type", "memo"], "'memo' is no note type"),
        (["-o", "other.json"], "answers to other exercises"),
        (["--pack", "pack.html"], "a pack is read from its lines"),
        (["--state", "bad.json"], "this is no state of a quiz"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(quiz, tmp_path, arguments, said):
    quiz("-n", 2)
    before = state()
    (tmp_path / "bad.json").write_text("{", "utf-8")
    (tmp_path / "other.json").write_text(
        '{"schema_version": "1", "pack": "z", "name": "", "answers": []}', "utf-8"
    )

    result = quiz(*arguments, code=2)

    assert said in result.stderr
    assert state() == before


def test_the_same_options_go_on_and_new_begins(quiz):
    ids = asked(quiz, "-n", 2, "--seed", 3)

    assert asked(quiz, "-n", 2, "--seed", 3) == ids
    assert asked(quiz, "-n", 3, "--seed", 4, "--new") != ids


def test_narrow_terminals_and_no_colour_are_heeded(monkeypatch, capsys):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "30")
    screen = TerminalScreen(learn_quiz.sys.stdout)

    screen.say("A sentence that is far longer than thirty characters, \x1b[31m and red.", "bold")
    screen.rows([("why", "Another sentence that is far longer than thirty characters.")])

    plain = re.sub(r"\x1b\[[0-9;]*m", "", out := capsys.readouterr().out)
    assert max(map(len, plain.splitlines())) <= 30
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", out)
    assert "\\x1b" in plain.replace("\n", "")
