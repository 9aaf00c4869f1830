"""``vbl-detect learn pack``: exercises as a page, a hand-out, or lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from vbl_detect.cli import options
from vbl_detect.cli.exercise_options import Categories, Difficulties, NoteTypes
from vbl_detect.cli.group import set_verbosity, tell
from vbl_detect.errors import UsageError
from vbl_detect.exercises import (
    Exercise,
    TaskChoice,
    built_in,
    built_in_categories,
    check_note_types,
    choose,
    fitting,
    foci,
)
from vbl_detect.files import check_not_read
from vbl_detect.lexicon import Category
from vbl_detect.packs import (
    ANSWER_ENDINGS,
    ENDINGS,
    Mode,
    Pack,
    checked_ending,
    write_answers,
    write_pack,
)

TITLE = "Hearing victim-blaming language: exercises"


def pack_command(
    category: Categories,
    difficulty: Difficulties,
    note_type: NoteTypes,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="A page to work on (.html), a hand-out to print (.docx), or .jsonl.",
        ),
    ],
    findings: Annotated[
        list[Path],
        typer.Option(
            "--from",
            metavar="FINDINGS",
            help="Make the exercises of your own findings, which scan -o wrote with their "
            "sentences; repeatable. (default: the built-in bank)",
            default_factory=list,
            show_default=False,
        ),
    ],
    number: Annotated[int, typer.Option("--number", "-n", min=1, help="How many exercises.")] = 12,
    seed: Annotated[int, typer.Option(help="Another number, another choice.")] = 1,
    task: Annotated[
        TaskChoice,
        typer.Option(help="Mark phrases, rewrite the sentences that hold them, or both."),
    ] = "mark",
    mode: Annotated[
        Mode, typer.Option(help="Show the answers at once, or leave them out.")
    ] = "practice",
    answers: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write the answers apart, for the trainer (.docx or .jsonl).",
            show_default=False,
        ),
    ] = None,
    mask: Annotated[
        bool,
        typer.Option(
            "--mask/--no-mask",
            help="With --from: black out names, numbers and other personal details. It misses "
            "some: masking is not anonymisation.",
        ),
    ] = True,
    title: Annotated[str, typer.Option(help="The heading.", show_default=False)] = TITLE,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Make a pack of exercises from the built-in bank, or from your own findings.

    The same options give the same pack. Everything in the bank is fictional, and the page needs no
    network and no account.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    _check_output(output, answers, findings)
    bank, known = _own(findings, mask=mask) if findings else built_in()
    check_note_types(note_type, bank)
    focus = foci(category, known)
    fit = fitting(bank, task, focus=focus, difficulties=difficulty, note_types=note_type)
    if not fit:
        whence = "your findings" if findings else "the bank"
        raise UsageError(f"no exercise of {whence} fits all of this; leave one of the options out")
    chosen = _chosen(fit, number, seed=seed, own=bool(findings))
    pack = Pack(
        exercises=tuple(chosen), mode=mode, title=title, categories=known, fictional=not findings
    )
    write_pack(pack, output, with_answers=answers is None)
    if answers is not None:
        write_answers(pack, answers)
    if not quiet:
        _tell(pack, number, output, answers, mask=mask)


def _chosen(fit: Sequence[Exercise], number: int, *, seed: int, own: bool) -> list[Exercise]:
    if own:
        from vbl_detect.packs.own import choose_own  # noqa: PLC0415 - reads workbooks, Parquet

        return choose_own(fit, number, seed=seed)
    return choose(fit, number, seed=seed)


def _own(findings: Sequence[Path], *, mask: bool) -> tuple[list[Exercise], dict[str, Category]]:
    from vbl_detect.packs.own import read_own, with_unlisted  # noqa: PLC0415 - as above

    exercises = read_own(findings, mask=mask)
    if not exercises:
        raise UsageError(f"{findings[0]}: there are no findings in it; give another file")
    return exercises, with_unlisted(built_in_categories(), exercises)


def _check_output(output: Path, answers: Path | None, read: Sequence[Path]) -> None:
    if answers is not None and answers.resolve() == output.resolve():
        raise UsageError(f"{answers}: the answers need a file of their own; name another")
    for written in filter(None, (output, answers)):
        check_not_read(written, read)
    checked_ending(output, ENDINGS)
    if answers is not None:
        checked_ending(answers, ANSWER_ENDINGS)


def _tell(pack: Pack, number: int, output: Path, answers: Path | None, *, mask: bool) -> None:
    made = len(pack.exercises)
    whence = "the bank" if pack.fictional else "your findings"
    if made < number:
        tell(f"note: only {made} exercises of {whence} fit")
    tell(f"wrote {output}: {made} exercises, pack {pack.id}")
    if answers is not None:
        tell(f"wrote {answers}: the answers")
    elif pack.mode == "assessment":
        tell("note: the answers are not in it; add --answers FILE to write them for the trainer")
    if not pack.fictional:
        hidden = "masked, and masking misses some" if mask else "not masked"
        tell(
            f"note: these are sentences of real records, {hidden}; the answers are the tool's own: "
            "read the pack through before anybody is given it"
        )
