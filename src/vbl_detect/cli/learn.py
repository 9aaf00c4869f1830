"""``vbl-detect learn``: exercises for analysts."""

from __future__ import annotations

import typer

from vbl_detect.cli.group import CommandGroup
from vbl_detect.cli.learn_pack import pack_command
from vbl_detect.cli.learn_quiz import quiz_command
from vbl_detect.cli.learn_score import score_command
from vbl_detect.cli.plain_help import PlainCommand

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    help="Make exercises for analysts, work on them, and mark the answers.",
)


@app.callback()
def learn() -> None:
    """Make exercises for analysts, work on them, and mark the answers."""


app.command("pack", cls=PlainCommand)(pack_command)
app.command("quiz", cls=PlainCommand)(quiz_command)
app.command("score", cls=PlainCommand)(score_command)
