"""`vbl-detect learn score`: every format, before and after, and what is refused."""

import csv
import io
import json

import openpyxl
import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app, learn_score
from vbl_detect.exercises import (
    Answer,
    AnswerFile,
    AnswerSpan,
    as_json,
    choose,
    read_exercises,
    rewritings,
)
from vbl_detect.resources import exercise_bank
from vbl_detect.rewriting_checks import RewritingCheck


def score(*arguments):
    return CliRunner().invoke(app, ["learn", "score", *map(str, arguments)])


@pytest.fixture(scope="module")
def bank():
    return read_exercises(exercise_bank())


@pytest.fixture
def answers(tmp_path, bank):
    """Two rounds of three people: after the course they find every phrase, before it none."""
    [task] = rewritings(choose(bank, 40))[:1]
    for side, finds in (("before", False), ("after", True)):
        for name in ("Bo", "Ada", "=Cy"):
            held = [
                Answer(
                    id=one.id,
                    spans=tuple(
                        AnswerSpan(start=s.start, end=s.end, category=s.category, context=s.context)
                        for s in one.note.spans
                        if finds
                    ),
                )
                for one in choose(bank, 11)
            ]
            held.append(Answer(id=task.id, rewriting=f"She is streetwise, says {name}."))
            path = tmp_path / side / f"{name.strip('=')}.json"
            path.parent.mkdir(exist_ok=True)
            path.write_text(as_json(AnswerFile(pack="p", name=name, answers=tuple(held))), "utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def stub(monkeypatch):
    def judge(exercise, words):
        return RewritingCheck(words=words, kept=("streetwise",) if "Bo" in words else ())

    monkeypatch.setattr(learn_score, "judge_with", lambda model: judge)


def test_the_screen_tells_people_by_name_categories_and_what_was_missed(answers):
    result = score(answers / "before")

    assert result.exit_code == 0, result.output
    out = result.stdout
    assert out.index("Ada") < out.index("Bo")
    assert "0 of 11" in out or "1 of 11" in out
    assert "Agreed phrases most often missed" in out
    assert "3 of 3" in out
    assert "“streetwise” stands as it stood." in out
    assert "must not be" in out
    assert all(line == line.rstrip() for line in out.splitlines())
    assert max(map(len, out.splitlines())) <= 100


def test_before_and_after_are_paired(answers):
    result = score("--before", answers / "before", "--after", answers / "after", "--format", "json")

    told = json.loads(result.stdout)
    found = next(c for c in told["changes"] if c["measure"] == "found" and not c["category"])
    assert (found["people"], found["before"], found["after"]) == (3, 0.0, 1.0)
    assert "same exercises" in result.stderr


@pytest.mark.parametrize("ending", ["txt", "json", "csv", "xlsx", "html"])
def test_each_format_is_the_same_each_time_and_tells_no_people_unless_asked(answers, ending):
    first, second = answers / f"1.{ending}", answers / f"2.{ending}"

    for path in (first, second):
        assert score(answers / "after", "-o", path, "--no-people").exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    if ending == "xlsx":
        book = openpyxl.load_workbook(first)
        text = str([list(sheet.values) for sheet in book])
    else:
        text = first.read_text("utf-8")
    assert "Ada" not in text.replace("says Ada", "")
    score(answers / "after", "-o", first)
    assert first.read_bytes() != second.read_bytes()


def test_the_csv_is_one_figure_a_line(answers):
    rows = list(csv.DictReader(io.StringIO(score(answers, "--format", "csv").stdout)))

    ada = [r for r in rows if (r["name"], r["measure"], r["category"]) == ("Ada", "exercises", "")]
    assert [(row["of"], row["whole"]) for row in ada] == [("person", "11")]
    assert "'=Cy" in {row["name"] for row in rows}


def test_a_pack_of_one_s_own_is_marked_with_its_lines(answers, bank):
    one = bank[0]
    pack = answers / "pack.jsonl"
    own = json.loads(exercise_bank().read_text("utf-8").splitlines()[0]) | {"id": "own-1"}
    pack.write_text(json.dumps(own) + "\n", "utf-8")
    path = answers / "own.json"
    file = AnswerFile(pack="p", name="A", answers=(Answer(id="own-1"),))
    path.write_text(as_json(file), "utf-8")

    without, with_pack = score(path), score(path, "--pack", pack)

    assert "1 answers are to exercises that are not in the bank" in without.stderr
    assert one.note.text[one.note.spans[0].start : one.note.spans[0].end][:20] in with_pack.stdout
    assert "not in the bank" not in with_pack.stderr


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_marked(answers):
    (answers / "after" / "bad.json").write_text("[", "utf-8")

    result = score(answers / "after", "--format", "json")

    assert result.exit_code == 3
    assert "bad.json: this is no file of answers" in result.stderr
    assert json.loads(result.stdout)["figures"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name the files of answers"),
        (["--before", "before"], "need each other"),
        (["after/Bo.json", "--before", "before", "--after", "after"], "before the course, or"),
        (["after", "-o", "marks.pdf"], "end the name in .txt, .json"),
        (["after", "--format", "xlsx"], "cannot go to standard output"),
        (["after/Bo.json", "-o", "after/Bo.json"], "this file is read here"),
        (["nothing-*"], "no file is called so"),
        (["after", "--pack", "pack.html"], "a pack is read from its lines"),
    ],
)
def test_what_cannot_be_is_said(answers, monkeypatch, arguments, said):
    monkeypatch.chdir(answers)

    result = score(*arguments)

    assert result.exit_code == 2
    assert said in result.stderr


def test_small_groups_are_hidden(answers):
    assert "By folder" not in score(answers / "after", "--by-folder").stdout
    assert "after (3)" in score(answers / "after", "--by-folder", "--min-n", 3).stdout
