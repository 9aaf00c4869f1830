"""`vbl-detect learn pack`: page, hand-out, lines; answers where they belong."""

import json
import re
import shlex
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.detection import detect
from vbl_detect.exercises import read_exercises
from vbl_detect.records import Note
from vbl_detect.resources import exercise_bank


def pack(*arguments):
    return CliRunner().invoke(app, ["learn", "pack", *map(str, arguments)])


def words(path):
    document = docx.Document(str(path))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize("ending", ["html", "docx", "jsonl"])
def test_the_same_options_give_the_same_file(tmp_path, ending):
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"

    assert pack("-o", first, "--seed", 3).exit_code == 0
    assert pack("-o", second, "--seed", 3).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    pack("-o", second, "--seed", 4)
    assert first.read_bytes() != second.read_bytes()


def test_lines_for_practice_are_exercises_again(tmp_path):
    path = tmp_path / "pack.jsonl"

    result = pack("-o", path, "-n", 4, "--category", "rc", "--category", "clean")

    read = read_exercises(path)
    assert result.exit_code == 0
    assert {exercise.focus for exercise in read} == {"risk-and-choice", "clean"}
    assert set(read) <= set(read_exercises(exercise_bank()))


@pytest.mark.parametrize("ending", ["html", "docx", "jsonl"])
def test_an_assessment_holds_no_answer_and_the_trainer_s_file_holds_them(tmp_path, ending):
    path, answers = tmp_path / f"pack.{ending}", tmp_path / "answers.jsonl"

    assert pack("-o", path, "--mode", "assessment", "--answers", answers).exit_code == 0

    written = words(path) if ending == "docx" else path.read_text("utf-8")
    keys = read_exercises(answers)
    assert len(keys) == 12
    for exercise in keys:
        assert exercise.why[:30].replace("'", "&#39;") not in written
        assert exercise.why[:30] not in written
        assert exercise.better[:30] not in written
    if ending == "jsonl":
        assert all("spans" not in json.loads(line) for line in written.splitlines())
        assert all("focus" not in json.loads(line) for line in written.splitlines())
    if ending == "html":
        assert "data-borderline" not in written
        assert 'class="gold"' not in written


def test_a_hand_out_has_the_notes_and_then_the_answers_or_the_answers_apart(tmp_path):
    together, apart, sheet = (tmp_path / f"{name}.docx" for name in ("one", "two", "sheet"))

    pack("-o", together, "-n", 2)
    pack("-o", apart, "-n", 2, "--answers", sheet)

    assert "Why: " in words(together)
    assert "Why: " not in words(apart)
    assert "Why: " in words(sheet)
    assert "nothing here" not in words(sheet)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "pack.pdf"], "end the name in .html, .docx or .jsonl"),
        (["-o", "pack.html", "--answers", "sheet.html"], "end the name in .docx or .jsonl"),
        (["-o", "pack.docx", "--answers", "pack.docx"], "a file of their own"),
        (["-o", "pack.html", "--category", "XX"], "'XX' is no category"),
        (["-o", "pack.html", "--note-type", "memo"], "'memo' is no note type here"),
        (
            ["-o", "pack.html", "--note-type", "charging", "--category", "OI", "--difficulty", "1"],
            "no exercise of the bank fits",
        ),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)

    result = pack(*arguments)

    assert result.exit_code == 2
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_commands_of_the_trainer_s_guide_run(tmp_path, monkeypatch):
    guide = (Path(__file__).parents[2] / "docs" / "exercises.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^\$ vbl-detect (learn pack .*)", guide, re.MULTILINE)

    assert len(commands) >= 3
    for command in commands:
        assert CliRunner().invoke(app, shlex.split(command)).exit_code == 0, command


def test_fewer_than_asked_for_are_told(tmp_path):
    result = pack("-o", tmp_path / "pack.jsonl", "-n", 400)

    assert "only 220 exercises" in result.stderr


@pytest.mark.parametrize("ending", ["html", "docx", "jsonl"])
def test_rewriting_tasks_show_the_passage_and_an_assessment_no_model_answer(tmp_path, ending):
    path, answers = tmp_path / f"pack.{ending}", tmp_path / "answers.jsonl"

    result = pack(
        "-o", path, "--task", "rewrite", "-n", 3, "--mode", "assessment", "--answers", answers
    )

    written = words(path) if ending == "docx" else path.read_text("utf-8")
    plain = written.replace("&#39;", "'").replace("&#34;", '"')
    assert result.exit_code == 0
    for exercise in read_exercises(answers):
        start, end = exercise.rewrite
        assert exercise.note.text[start:end] in plain
        assert exercise.better[:30] not in plain
    if ending == "jsonl":
        assert all(len(json.loads(line)["rewrite"]) == 2 for line in written.splitlines())


@pytest.fixture
def findings(tmp_path, nlp):
    text = "DC Ormerod: Jade Okafor puts herself at risk. Mum said Jade is streetwise."
    path = tmp_path / "findings.jsonl"
    found = detect([Note(text=text, row=2)], nlp)
    lines = [json.dumps(one.as_row(), default=str) + "\n" for one in found]
    path.write_text("".join(lines), "utf-8")
    return path


@pytest.mark.parametrize("ending", ["html", "docx", "jsonl"])
def test_a_pack_of_one_s_own_findings_is_masked_unless_asked_and_never_called_fictional(
    tmp_path, findings, ending
):
    masked, plain = tmp_path / f"masked.{ending}", tmp_path / f"plain.{ending}"

    told = pack("--from", findings, "-o", masked)
    pack("--from", findings, "-o", plain, "--no-mask")

    def shown(path):
        if ending != "docx":
            return re.sub(r"<[^>]*>", "", path.read_text("utf-8"))
        section = docx.Document(str(path)).sections[0]
        return words(path) + section.footer.paragraphs[0].text

    assert "masked, and masking misses some" in told.stderr
    assert "read the pack through" in told.stderr
    assert "Okafor" in shown(plain)
    assert "Okafor" not in shown(masked)
    assert "████" in shown(masked)
    assert "are fictional" not in shown(masked)
    assert ending == "jsonl" or "real records" in shown(masked)


def test_findings_are_never_written_over(findings):
    before = findings.read_bytes()

    result = pack("--from", findings, "-o", findings)

    assert result.exit_code == 2
    assert "this file is read here" in result.stderr
    assert findings.read_bytes() == before
