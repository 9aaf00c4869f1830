"""The overview of the commands, and what a command's start imports."""

import inspect
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.cli.commands import COMMANDS, load_command

#: Libraries that only their own commands and formats need.
HEAVY = {"matplotlib", "onnxruntime", "openpyxl", "pandas", "pyarrow", "scipy", "sklearn"}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_overview_says_of_a_command_what_its_own_help_begins_with(name):
    command = load_command(name)

    assert command.name == name
    assert inspect.cleandoc(command.help).partition("\n")[0] == COMMANDS[name].summary


def test_the_overview_names_every_command():
    shown = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output

    assert all(name in shown and command.summary in shown for name, command in COMMANDS.items())


def test_a_mistyped_command_gets_a_suggestion():
    result = CliRunner().invoke(app, ["scann"])

    assert result.exit_code == 2
    assert "scan" in result.output


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_asking_for_version_or_help_imports_no_heavy_library(argument):
    assert heavy_imports(argument) & (HEAVY | {"numpy", "spacy"}) == set()


def test_a_draft_with_findings_imports_no_library_of_tables_or_fitting(tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text("She puts herself at risk and is streetwise.\n", "utf-8")

    imported = heavy_imports("check", str(draft), "--fail-on", "never")

    assert imported & HEAVY == {"onnxruntime"}


@pytest.mark.parametrize("model", ["full", "fast"])
def test_a_draft_with_nothing_to_judge_loads_no_tagger(tmp_path, model):
    draft = tmp_path / "draft.txt"
    draft.write_text("Bus timetable requested from the depot.\n", "utf-8")

    assert heavy_imports("check", str(draft), "--model", model) & (HEAVY | {"tokenizers"}) == set()


def heavy_imports(*arguments):
    """Return the top-level modules that a command imports in a process of its own."""
    code = (
        "import atexit, sys\n"
        "names = lambda: {name.partition('.')[0] for name in sys.modules}\n"
        "atexit.register(lambda: print(*names(), file=sys.stderr))\n"
        "from vbl_detect.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return set(done.stderr.split())
