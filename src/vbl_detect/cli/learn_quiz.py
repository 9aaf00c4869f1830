"""``vbl-detect learn quiz``: exercises in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vbl_detect.cli import options
from vbl_detect.cli.exercise_options import Categories, Difficulties, NoteTypes
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.cli.judging_words import judge_with
from vbl_detect.errors import ExitCode
from vbl_detect.exercises import (
    Exercise,
    TaskChoice,
    built_in,
    built_in_categories,
    check_note_types,
    foci,
    of_task,
    read_pack,
)

if TYPE_CHECKING:
    from vbl_detect.quiz.state import State

DEFAULT_NUMBER = 10
STOPPED = "stopped; the same command goes on from here"


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def quiz_command(
    category: Categories,
    difficulty: Difficulties,
    note_type: NoteTypes,
    number: Annotated[
        int | None,
        typer.Option(
            "--number", "-n", min=1, help="How many exercises. (default: 10)", show_default=False
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            help="Decides which new exercises are asked. (default: 1)", show_default=False
        ),
    ] = None,
    task: Annotated[
        TaskChoice | None,
        typer.Option(
            help="Mark phrases, rewrite the sentences that hold them, or both. (default: mark)",
            show_default=False,
        ),
    ] = None,
    pack: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Ask about this pack, which learn pack wrote to a .jsonl with its answers. "
            "(default: the built-in bank)",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Save the answers there too, for learn score; what you write in rewriting tasks "
            "is kept nowhere else.",
        ),
    ] = None,
    name: Annotated[
        str, typer.Option(help="Your name or number in that file.", show_default=False)
    ] = "",
    state: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where to keep what is due when. (default: your own state folder)",
            show_default=False,
        ),
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Leave an unfinished quiz.")] = False,
    due: Annotated[bool, typer.Option("--due", help="Only tell how many are due.")] = False,
    model: options.Model = "full",
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Work on exercises in the terminal; what was missed comes again, sooner than what was not.

    Stop at any moment with Ctrl-C, or q: the same command goes on. Exercise numbers, places of
    words and days are kept on this machine, and no text.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    # Imported here: making a pack needs none of it.
    from vbl_detect.cli.quiz_screen import TerminalScreen  # noqa: PLC0415
    from vbl_detect.quiz.dialogue import StopError  # noqa: PLC0415
    from vbl_detect.quiz.keeping import Keeping  # noqa: PLC0415
    from vbl_detect.quiz.running import Quiz  # noqa: PLC0415
    from vbl_detect.quiz.sessions import begin, fitting_options, unfinished  # noqa: PLC0415
    from vbl_detect.quiz.state import default_path, read_state  # noqa: PLC0415

    bank, known = (read_pack(pack), built_in_categories()) if pack else built_in()
    check_note_types(note_type, bank)
    wanted: dict[str, Any] = {
        "category": sorted(foci(category, known)),
        "difficulty": sorted(set(difficulty)),
        "note_type": sorted(set(note_type)),
        "number": number or DEFAULT_NUMBER,
        "seed": 1 if seed is None else seed,
        "task": task or "mark",
    }
    chose = bool(category or difficulty or note_type or number or seed is not None or task)
    place = state or default_path()
    kept = Keeping(state=read_state(place), place=place, output=output, name=name)
    if due:
        _tell_due(kept.state, fitting_options(bank, wanted))
        return
    every = {one.id: one for one in of_task(bank, "both")}
    session = None if new else unfinished(kept.state, wanted if chose else None, every, place)
    if session is None:
        fit = fitting_options(bank, wanted)
        _tell_due(kept.state, fit)
        session = begin(kept.state, fit, wanted, known, now())
        if session is None:
            return
    elif not quiet:
        tell(f"going on: {len(session.answers)} of {len(session.ids)} exercises are answered")
    kept.open(session)
    quiz = Quiz(
        kept=kept,
        session=session,
        exercises=every,
        categories=known,
        screen=TerminalScreen(sys.stdout),
        load_judge=lambda: judge_with(model),
        now=now,
    )
    try:
        quiz.run()
    except StopError:
        tell(STOPPED)
        return
    except KeyboardInterrupt as error:
        sys.stdout.write("\n")
        tell(STOPPED)
        raise typer.Exit(ExitCode.INTERRUPTED) from error
    if output is not None:
        tell(f"wrote {output}")
    _tell_due(kept.state, fitting_options(bank, session.options))


def _tell_due(state: State, fit: Sequence[Exercise]) -> None:
    from vbl_detect.quiz.schedule import due_counts, due_in_words  # noqa: PLC0415 - as above

    sys.stdout.write(f"{due_in_words(due_counts(fit, state.cards, now()))}\n")
