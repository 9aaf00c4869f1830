"""Consoles that cannot show every character, and completion in the shell."""

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252"])
def test_a_console_that_lacks_characters_ends_no_command(encoding):
    # Narrow, so that the table of options is cut with an ellipsis.
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "COLUMNS": "60"}

    shown = subprocess.run(
        [sys.executable, "-m", "vbl_detect", "scan", "--help"],
        env=environment,
        check=False,
        capture_output=True,
    )

    assert (shown.returncode, shown.stderr) == (0, b"")
    assert b"Usage: " in shown.stdout


def complete(line, shell="bash"):
    """Return what a shell is offered at the end of a line."""
    words = line.split(" ")
    environment = {
        "_VBL_DETECT_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    return CliRunner().invoke(app, [], prog_name="vbl-detect", env=environment).output


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("vbl-detect sc", ["scan"]),
        ("vbl-detect suppress pr", ["prune"]),
        ("vbl-detect scan --fail-o", ["--fail-on"]),
        ("vbl-detect check --fail-on m", ["medium"]),
    ],
)
def test_bash_is_offered_commands_options_and_choices(line, offered):
    assert complete(line).split() == offered


@pytest.mark.parametrize("shell", ["zsh", "powershell"])
def test_other_shells_are_offered_options_with_their_help(shell):
    offered = complete("vbl-detect scan --no-pr", shell)

    assert "--no-progress" in offered
    assert "Show no progress bar." in offered
