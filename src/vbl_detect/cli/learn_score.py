"""``vbl-detect learn score``: what people's answers come to."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from vbl_detect import files
from vbl_detect.cli import options
from vbl_detect.cli.endings import format_by_ending
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.cli.judging_words import judge_with
from vbl_detect.errors import ExitCode, UsageError
from vbl_detect.exercises import Exercise, built_in, read_pack, rewritings
from vbl_detect.records import ModelChoice

if TYPE_CHECKING:
    from vbl_detect.results.course import Course
    from vbl_detect.results.people import Read

ScoreFormat = Literal["text", "json", "csv", "xlsx", "html"]

TITLE = "Exercises: marks"
_ENDINGS: dict[str, ScoreFormat] = {
    ".txt": "text", ".json": "json", ".csv": "csv", ".xlsx": "xlsx",
    ".html": "html", ".htm": "html",
}  # fmt: skip


def score_command(
    answers: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="Files that pages of exercises or a quiz saved, folders of them, or patterns.",
            default_factory=list,
            show_default=False,
        ),
    ],
    before: Annotated[
        list[Path],
        typer.Option(
            metavar="FILES",
            help="Answers before a course: a folder, a file, or a pattern in quotes; repeatable.",
            default_factory=list,
            show_default=False,
        ),
    ],
    after: Annotated[
        list[Path],
        typer.Option(
            metavar="FILES",
            help="The same people's answers after it; they are paired by name.",
            default_factory=list,
            show_default=False,
        ),
    ],
    pack: Annotated[
        list[Path],
        typer.Option(
            metavar="FILE",
            help="Exercises that are not in the bank, as learn pack wrote them to a .jsonl with "
            "their answers; repeatable.",
            default_factory=list,
            show_default=False,
        ),
    ],
    output: options.Output = None,
    output_format: Annotated[
        ScoreFormat | None,
        typer.Option(
            "--format",
            help=f"One of {', '.join(get_args(ScoreFormat))}. (default: text)",
            show_default=False,
        ),
    ] = None,
    people: Annotated[
        bool, typer.Option("--people/--no-people", help="Tell each person's marks, by name.")
    ] = True,
    by_folder: Annotated[
        bool, typer.Option("--by-folder", help="Show groups too: the folders the files stand in.")
    ] = False,
    min_n: Annotated[
        int, typer.Option("--min-n", min=1, help="Hide groups with fewer people.")
    ] = 5,
    check: Annotated[
        bool,
        typer.Option("--check/--no-check", help="Let the detector check what people rewrote."),
    ] = True,
    model: options.Model = "full",
    title: Annotated[str, typer.Option(help="The heading.", show_default=False)] = TITLE,
    marking: options.Marking = "OFFICIAL-SENSITIVE",
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Mark answers: by person, by category, what was missed, and before and after a course.

    People are sorted by name and never ranked. The figures are for choosing what to practise next.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    output = None if output == Path("-") else output
    chosen = format_by_ending(output_format, output, _ENDINGS, default="text", example="marks.xlsx")
    groups = _groups(answers, before, after)
    if output is not None:
        files.check_not_read(output, [*answers, *before, *after, *pack])
        files.check_place(output)
    read = _read(groups)
    exercises = _exercises(pack)
    made = _course(read, exercises, model if check else None, min_n=min_n if by_folder else None)
    _write(made, chosen, output, title=title, people=people, marking=marking)
    problems = [problem for one in read.values() for problem in one.problems]
    for problem in problems:
        tell(f"error: {problem}")
    if not quiet:
        for remark in [*(said for one in read.values() for said in one.remarks), *made.remarks]:
            tell(f"note: {remark}")
        if output is not None:
            tell(f"wrote {output}")
    if problems:
        raise typer.Exit(ExitCode.UNREADABLE_INPUT)


def _groups(
    answers: list[Path], before: list[Path], after: list[Path]
) -> Mapping[str, Sequence[Path]]:
    if before or after:
        if answers:
            raise UsageError(
                f"{answers[0]}: is this before the course, or after it? give each side as a "
                "folder, --before FOLDER --after FOLDER, or put a pattern in quotes"
            )
        if not (before and after):
            raise UsageError("--before and --after need each other; give both")
        return {"before": before, "after": after}
    if not answers:
        raise UsageError("name the files of answers, or a folder of them")
    return {"": answers}


def _read(groups: Mapping[str, Sequence[Path]]) -> dict[str, Read]:
    from vbl_detect.results.people import read_people  # noqa: PLC0415 - not for other commands

    read = {name: read_people(paths) for name, paths in groups.items()}
    for name, one in read.items():
        if not one.people:
            raise one.problems[0] if one.problems else UsageError(f"{name}: there are no answers")
    return read


def _exercises(packs: Sequence[Path]) -> dict[str, Exercise]:
    bank, _ = built_in()
    every = [*bank, *(exercise for path in packs for exercise in read_pack(path))]
    return {exercise.id: exercise for exercise in [*rewritings(every), *every]}


def _course(
    read: Mapping[str, Read],
    exercises: Mapping[str, Exercise],
    model: ModelChoice | None,
    *,
    min_n: int | None,
) -> Course:
    from vbl_detect.results.course import course  # noqa: PLC0415 - as above

    people = {name: one.people for name, one in read.items()}
    written = any(
        answer.rewriting
        for everybody in people.values()
        for person in everybody
        for answer in person.answers.values()
    )
    judge = judge_with(model) if model is not None and written else None
    return course(people, exercises, judge=judge, min_n=min_n)


def _write(
    made: Course,
    chosen: ScoreFormat,
    output: Path | None,
    *,
    title: str,
    people: bool,
    marking: str,
) -> None:
    if chosen == "xlsx":
        from vbl_detect.results.workbook import write_workbook  # noqa: PLC0415

        with files.writing(output or Path()) as temporary:
            write_workbook(made, temporary, people=people, marking=marking)
        return
    if output is None and chosen == "text":
        from vbl_detect.cli.score_text import write_text  # noqa: PLC0415

        write_text(made, sys.stdout, people=people)
        return
    content = _content(made, chosen, title=title, people=people, marking=marking)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    with files.writing(output) as temporary:
        temporary.write_bytes(content)


def _content(made: Course, chosen: ScoreFormat, *, title: str, people: bool, marking: str) -> bytes:
    if chosen == "html":
        from vbl_detect.results.page import as_page  # noqa: PLC0415

        return as_page(made, title=title, people=people, marking=marking).encode()
    if chosen == "text":
        from io import StringIO  # noqa: PLC0415

        from vbl_detect.cli.score_text import write_text  # noqa: PLC0415

        out = StringIO()
        write_text(made, out, people=people)
        return out.getvalue().encode()
    from vbl_detect.results.tables import as_csv, as_json  # noqa: PLC0415

    if chosen == "csv":
        return as_csv(made, people=people).encode("utf-8-sig")
    return as_json(made, people=people).encode()
