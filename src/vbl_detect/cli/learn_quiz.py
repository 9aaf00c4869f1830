"""``vbl-detect learn quiz``: exercises in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vbl_detect import files
from vbl_detect.cli import options
from vbl_detect.cli.exercise_options import (
    Categories,
    Difficulties,
    NoteTypes,
    TaskChoice,
    built_in,
    check_note_types,
    foci,
    of_task,
    read_pack,
)
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.cli.judging_words import judge_with
from vbl_detect.errors import ExitCode, UsageError
from vbl_detect.exercises import Answer, AnswerFile, Exercise, as_json, mark, read_answers
from vbl_detect.lexicon import Category
from vbl_detect.packs import Pack
from vbl_detect.records import ModelChoice

if TYPE_CHECKING:
    from vbl_detect.quiz.dialogue import Dialogue
    from vbl_detect.quiz.schedule import Due
    from vbl_detect.quiz.state import Session, State
    from vbl_detect.results.course import Judge

DEFAULT_NUMBER = 10


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
    from vbl_detect.quiz.state import default_path, read_state  # noqa: PLC0415 - not for a pack

    set_verbosity(quiet=quiet, verbose=verbose)
    bank, known = (read_pack(pack), built_in()[1]) if pack else built_in()
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
    every = {one.id: one for one in of_task(bank, "both")}
    if due:
        _tell_due(kept.state, _fit(bank, wanted))
        return
    session = None if new else _unfinished(kept.state, wanted if chose else None, every, place)
    if session is None:
        session = _begin(kept.state, _fit(bank, wanted), wanted, known)
        if session is None:
            return
    elif not quiet:
        tell(f"going on: {len(session.answers)} of {len(session.ids)} exercises are answered")
    kept.open(session)
    try:
        if _run(kept, every, known, model):
            _tell_due(kept.state, _fit(bank, dict(session.options)))
    except KeyboardInterrupt as error:
        sys.stdout.write("\n")
        tell("stopped; the same command goes on from here")
        raise typer.Exit(ExitCode.INTERRUPTED) from error


@dataclass(slots=True, kw_only=True)
class Keeping:
    """What is kept while a quiz goes on, after each answer."""

    state: State
    place: Path
    output: Path | None
    name: str
    written: dict[str, str] = field(default_factory=dict)

    def open(self, session: Session) -> None:
        """Take up a session, and what its file of answers holds already."""
        self.state.session = session
        if self.output is not None and self.output.exists():
            file = read_answers(self.output)
            if file.pack != session.pack:
                raise UsageError(
                    f"{self.output}: this file holds answers to other exercises; name another"
                )
            self.name = self.name or file.name
            self.written = {one.id: one.rewriting for one in file.answers if one.rewriting}
        self.keep()

    def keep(self) -> None:
        """Write the state, and the answers."""
        from vbl_detect.quiz.state import write_state  # noqa: PLC0415 - as above

        write_state(self.state, self.place)
        session = self.state.session
        if self.output is None or session is None:
            return
        answers = tuple(
            Answer(id=one, spans=tuple(spans), rewriting=self.written.get(one))
            for one, spans in session.answers.items()
        )
        file = AnswerFile(pack=session.pack, name=self.name, answers=answers)
        with files.writing(self.output) as temporary:
            temporary.write_text(as_json(file), "utf-8", newline="\n")


def _fit(bank: Sequence[Exercise], wanted: dict[str, Any]) -> list[Exercise]:
    fit = [
        exercise
        for exercise in of_task(bank, wanted["task"])
        if not wanted["category"] or exercise.focus in wanted["category"]
        if not wanted["difficulty"] or exercise.difficulty in wanted["difficulty"]
        if not wanted["note_type"] or exercise.note.note_type in wanted["note_type"]
    ]
    if not fit:
        raise UsageError("no exercise fits all of this; leave one of the options out")
    return fit


def _unfinished(
    state: State, wanted: dict[str, Any] | None, every: dict[str, Exercise], place: Path
) -> Session | None:
    session = state.session
    if session is None:
        return None
    told = f"{len(session.answers)} of {len(session.ids)} exercises are answered"
    if wanted is not None and wanted != session.options:
        raise UsageError(
            f"an unfinished quiz of other exercises is kept in {place}, {told}; leave the options "
            "out to go on with it, or add --new to begin"
        )
    if any(one not in every for one in session.ids):
        raise UsageError(
            f"the unfinished quiz kept in {place} is about another pack, {told}; name it with "
            "--pack to go on with it, or add --new to begin"
        )
    return session


def _begin(
    state: State, fit: Sequence[Exercise], wanted: dict[str, Any], known: dict[str, Category]
) -> Session | None:
    from vbl_detect.quiz.schedule import next_exercises  # noqa: PLC0415 - as above
    from vbl_detect.quiz.state import Session  # noqa: PLC0415

    chosen = next_exercises(fit, state.cards, wanted["number"], seed=wanted["seed"], now=now())
    _tell_due(state, fit)
    if not chosen:
        return None
    pack = Pack(exercises=tuple(chosen), mode="practice", title="", categories=known)
    return Session(pack=pack.id, options=wanted, ids=[one.id for one in chosen])


def _tell_due(state: State, fit: Sequence[Exercise]) -> None:
    from vbl_detect.quiz.schedule import due_counts  # noqa: PLC0415 - as above

    sys.stdout.write(f"{_due_in_words(due_counts(fit, state.cards, now()))}\n")


def _due_in_words(due: Due) -> str:
    told = (
        f"{due.now} due again now, {due.week} within a week, {due.later} later; "
        f"{due.unseen} never asked."
    )
    if due.now or due.unseen or due.following is None:
        return told
    return f"{told} Nothing to do now; the next is due on {due.following:%d %B %Y at %H:%M} UTC."


def _run(
    kept: Keeping, every: dict[str, Exercise], known: dict[str, Category], model: ModelChoice
) -> bool:
    """Ask what is left; return whether it was finished."""
    from vbl_detect.cli.quiz_screen import TerminalScreen  # noqa: PLC0415 - as above
    from vbl_detect.packs.own import with_unlisted  # noqa: PLC0415
    from vbl_detect.quiz.dialogue import HELP, Dialogue, StopError  # noqa: PLC0415

    session = kept.state.session
    if session is None:
        return False
    screen = TerminalScreen(sys.stdout)
    asked = [every[one] for one in session.ids]

    def keep(begun: Any) -> None:  # noqa: ANN401 - spans, kept as they are
        session.begun = list(begun)
        kept.keep()

    dialogue = Dialogue(screen=screen, categories=with_unlisted(known, asked), keep=keep)
    judge: Judge | None = None
    if any(one.rewrite is None for one in asked):
        screen.say(HELP)
    try:
        for one in session.left:
            exercise = every[one]
            screen.gap()
            place = session.ids.index(one) + 1
            screen.say(f"{place} of {len(session.ids)}. {_title(exercise)}", "bold")
            if exercise.rewrite is not None and judge is None:
                judge = judge_with(model)
            _one(kept, session, exercise, dialogue, judge)
    except StopError:
        tell("stopped; the same command goes on from here")
        return False
    screen.gap()
    screen.say(f"{session.right} of {len(session.ids)} all right.", "bold")
    kept.state.session = None
    kept.keep()
    if kept.output is not None:
        tell(f"wrote {kept.output}")
    return True


def _title(exercise: Exercise) -> str:
    from vbl_detect.packs import note_type_title  # noqa: PLC0415 - as above

    return note_type_title(exercise.note.note_type)


def _one(
    kept: Keeping, session: Session, exercise: Exercise, dialogue: Dialogue, judge: Judge | None
) -> None:
    """Ask about an exercise, keep the answer, and tell what is agreed."""
    from vbl_detect.quiz.schedule import rated, rated_words, reviewed  # noqa: PLC0415 - as above

    if exercise.rewrite is not None and judge is not None:
        answer = dialogue.rewrite(exercise)
        check = judge(exercise, answer.rewriting or "")
        right, rating = check.clear, rated_words(clear=check.clear)
        kept.written[exercise.id] = answer.rewriting or ""
    else:
        check = None
        answer = dialogue.mark(exercise, session.begun)
        marks = mark(exercise.note, answer)
        right, rating = marks.right, rated(marks)
    session.answers[exercise.id] = list(answer.spans)
    session.begun = []
    session.right += right
    before = kept.state.cards.get(exercise.id)
    kept.state.cards[exercise.id] = reviewed(before, rating, now())
    kept.keep()
    if check is None:
        dialogue.tell(exercise, marks)
    else:
        dialogue.tell_rewriting(exercise, check)
