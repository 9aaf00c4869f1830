"""The overview of the commands, and what a command's start imports."""

import inspect
import subprocess
import sys
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.cli.commands import COMMANDS, PANELS, load_command

#: Libraries that only their own commands and formats need.
HEAVY = {
    *("lxml", "matplotlib", "openpyxl", "pandas", "pyarrow", "scipy", "sklearn"),
    *("httpx", "jinja2", "requests", "torch", "weasel"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_overview_says_of_a_command_what_its_own_help_begins_with(name):
    command = load_command(name)

    assert command.name == name
    assert inspect.cleandoc(command.help).partition("\n")[0] == COMMANDS[name].summary


def test_the_overview_names_every_command():
    shown = " ".join(CliRunner().invoke(app, ["--help"]).output.split())

    assert all(name in shown and command.summary in shown for name, command in COMMANDS.items())


def test_the_overview_puts_every_command_under_one_heading():
    assert [name for names in PANELS.values() for name in names] == list(COMMANDS)
    shown = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output

    places = [shown.index(f"\n{panel}:\n") for panel in PANELS]
    assert places == sorted(places)


@pytest.mark.parametrize("words", [["scan"], ["sample", "draw"]])
def test_help_fills_the_width_of_the_terminal(words):
    shown = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "78"}).output
    lines = "\n".join(line.strip() for line in shown.partition("Arguments:")[0].splitlines())
    prose = lines.strip().split("\n\n")[-1].splitlines()

    assert len(prose) >= 2
    assert all(len(line) > 60 for line in prose[:-1])


def test_help_names_values_as_people_do_and_leaves_room_for_words():
    shown = CliRunner().invoke(app, ["sample", "draw", "--help"], env={"COLUMNS": "80"}).output

    assert "  PATH  The files" in shown
    assert "-n N " in shown
    assert "--flagged-share NUMBER " in shown
    assert "--marking TEXT " in shown
    assert "list[" not in shown
    assert len(shown.splitlines()) < 90


def test_a_mistyped_command_gets_a_suggestion():
    result = CliRunner().invoke(app, ["scann"])

    assert result.exit_code == 2
    assert "scan" in result.output


@pytest.mark.parametrize("arguments", ["--version", "--help", "rule RC001"])
def test_asking_about_the_tool_imports_no_heavy_library(arguments):
    assert start(*arguments.split()).imported & (HEAVY | {"numpy", "onnxruntime", "spacy"}) == set()


def test_a_draft_with_findings_is_judged_as_ever_without_libraries_it_does_not_need(tmp_path):
    draft = tmp_path / "draft.txt"
    between = "The phone was cell sited near the station and last used at 2305.\n" * 40
    draft.write_text(f"She puts herself at risk.\n{between}She is streetwise.\n", "utf-8")
    arguments = ["check", str(draft), "--format", "jsonl", "-q", "--include-context"]

    started = start(*arguments)
    here = CliRunner().invoke(app, arguments)

    assert started.imported & HEAVY == set()
    assert (started.code, started.output) == (here.exit_code, here.stdout)
    assert here.stdout.count("\n") >= 2


def test_a_draft_with_nothing_to_judge_loads_no_tagger(tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text("Bus timetable requested from the depot.\n", "utf-8")

    started = start("check", str(draft))

    assert started.code == 0
    assert started.imported & (HEAVY | {"onnxruntime", "tokenizers"}) == set()


def test_the_process_ends_with_the_exit_code_of_the_command(tmp_path):
    assert start("check", str(tmp_path / "nowhere.txt")).code == 3


def test_what_was_left_out_of_spacy_is_whole_when_it_is_asked_for():
    code = (
        "from vbl_detect.lean_spacy import import_spacy\n"
        "import_spacy()\n"
        "import sys, spacy\n"
        "assert not {'spacy.cli', 'spacy.cli.info', 'torch', 'weasel'} & set(sys.modules)\n"
        "assert spacy.info(silent=True)['spacy_version'] == spacy.__version__\n"
        "import spacy.cli.download\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


class Started(NamedTuple):
    """What a command did in a process of its own, and the top-level modules it imported."""

    code: int
    output: str
    imported: set[str]


def start(*arguments):
    code = (
        "import atexit, sys\n"
        "names = lambda: {name.partition('.')[0] for name in sys.modules}\n"
        "atexit.register(lambda: print(*names(), file=sys.stderr))\n"
        "from vbl_detect.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return Started(done.returncode, done.stdout, set(done.stderr.splitlines()[-1].split()))
