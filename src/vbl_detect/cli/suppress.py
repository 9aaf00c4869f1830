"""``vbl-detect suppress``: accept wording in drafts for a time, without marking them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, get_args

import typer

from vbl_detect.cli import options
from vbl_detect.cli.asking import ask, at_terminal, author_by_git, checked_future, require
from vbl_detect.cli.audit_formats import FORMATS, AuditFormat
from vbl_detect.cli.group import CommandGroup, set_verbosity, tell
from vbl_detect.cli.listening import ToldListener
from vbl_detect.cli.settings import SettingsCommand, in_force
from vbl_detect.closest import did_you_mean
from vbl_detect.errors import ExitCode, UsageError
from vbl_detect.files import meant_beside
from vbl_detect.pipeline import find_matcher, load
from vbl_detect.running import STDIN, RunSettings
from vbl_detect.suppressing import Target, accept, choose, judge, place_in_draft, sidecar_of
from vbl_detect.suppression import SIDECAR_NAME, Suppressor
from vbl_detect.suppression.acceptance import checked_code, checked_text
from vbl_detect.suppression.entries import checked_id
from vbl_detect.suppression_audit import Audit, audit, prune
from vbl_detect.writers.visible import visible

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    help="Accept wording in drafts for a time, without marking them; look after what was accepted.",
)

Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH",
        help=f"Folders, drafts or {SIDECAR_NAME} files. (default: the present folder)",
        default_factory=list,
        show_default=False,
    ),
]


@app.command("add", cls=SettingsCommand)
def add_command(
    ctx: typer.Context,
    target: Annotated[
        str,
        typer.Argument(
            metavar="FILE[:LINE]",
            help="The draft, and the line of the finding: the paragraph in a Word file, the page "
            "in a PDF file.",
            show_default=False,
        ),
    ],
    lexicon: options.Lexicons,
    code: Annotated[
        list[str],
        typer.Option(
            metavar="CODE",
            help="The code of the finding, such as RC001; repeatable.",
            default_factory=list,
            show_default=False,
        ),
    ],
    finding_id: Annotated[
        list[str],
        typer.Option(
            "--id",
            metavar="ID",
            help="Its fingerprint, the finding_id of --format jsonl; repeatable.",
            default_factory=list,
            show_default=False,
        ),
    ],
    every: Annotated[
        bool, typer.Option("--all", help="Accept all findings that fit, not only one.")
    ] = False,
    reason: Annotated[
        str | None, typer.Option(help="Why the wording may stand.", show_default=False)
    ] = None,
    author: Annotated[
        str | None,
        typer.Option(help="Who accepts it. (default: the name git knows)", show_default=False),
    ] = None,
    expires: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="The last day on which it holds, such as 2027-03-31; at most a year ahead.",
            show_default=False,
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=f"The suppressions file. (default: the nearest {SIDECAR_NAME} from the draft's "
            "folder upwards, or a new one there)",
            show_default=False,
        ),
    ] = None,
    with_phrase: Annotated[
        bool,
        typer.Option("--with-phrase", help="Write the words themselves into the file too."),
    ] = False,
    min_score: options.MinScore = None,
    model: options.Model = "full",
    config: options.Config = None,
    isolated: options.Isolated = False,
    verbose: options.Verbose = False,
) -> None:
    """Accept a finding in a draft: who says so, why, and until when.

    The draft stays as it is. What is missing is asked for, if there is a terminal to ask on.
    """
    set_verbosity(quiet=False, verbose=verbose)
    today = date.today()
    aim = Target.parse(target)
    if aim.path == STDIN:
        raise UsageError("standard input has no name to keep it under; name the draft's file")
    if not aim.path.exists():
        raise UsageError(f"{aim.path}: there is no such file; {meant_beside(aim.path)}")
    codes, ids = [checked_code(one) for one in code], [checked_id(one) for one in finding_id]
    given = {"reason": reason, "author": author, "expires": expires}
    if not at_terminal():
        # Told before the model is loaded; a person at a terminal sees the finding first.
        given["author"] = given["author"] or author_by_git(aim.path)
        require(given)
    if reason is not None:
        checked_text("reason", reason)
    if expires is not None:
        checked_future(expires, today)
    nlp = load(lexicons=lexicon, model=model)
    known = find_matcher(nlp).lexicon.reportable
    for one in codes:
        if one not in known:
            hint = did_you_mean(one, known)
            raise UsageError(f"there is no code {one!r}; see 'vbl-detect lexicon list'{hint}")
    listener = ToldListener(on_error="fail")
    settings = RunSettings(file=in_force(ctx), min_score=min_score, model=model)
    findings = list(judge([aim.path], nlp, settings, listener, Suppressor(today=today)))
    chosen = choose(findings, aim, codes=codes, ids=ids, every=every)
    for finding in chosen:
        tell(f'{finding.code} in {place_in_draft(finding)}: "{visible(finding.phrase or "")}"')
    until = ask("Until when, year-month-day", given["expires"], lambda v: checked_future(v, today))
    why = ask("Why may it stand", given["reason"], lambda v: checked_text("reason", v))
    default = None if given["author"] else author_by_git(aim.path)
    who = ask("Who accepts it", given["author"], lambda v: checked_text("author", v), default)
    sidecar = file or sidecar_of(aim.path)
    renewed = accept(
        chosen,
        sidecar,
        reason=why,
        author=who,
        expires=until,
        today=today,
        with_phrase=with_phrase,
    )
    done = "renewed" if len(renewed) == len(chosen) else "accepted"
    tell(f"{done} until {until} in {sidecar}")


@app.command("audit", cls=SettingsCommand)
def audit_command(
    ctx: typer.Context,
    paths: Paths,
    lexicon: options.Lexicons,
    soon: Annotated[
        int, typer.Option(min=0, metavar="DAYS", help="What ends within DAYS is ending soon.")
    ] = 30,
    output_format: Annotated[
        AuditFormat, typer.Option("--format", help=f"One of {', '.join(get_args(AuditFormat))}.")
    ] = "text",
    min_score: options.MinScore = None,
    model: options.Model = "full",
    config: options.Config = None,
    isolated: options.Isolated = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Tell how each acceptance stands: in force, ending soon, ended, or unused.

    Exit codes: 0 all is well, 1 something is unused, has ended or is wrong, 3 some draft could not
    be read.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    listener = ToldListener(quiet=quiet, notices=verbose)
    settings = RunSettings(
        file=in_force(ctx), min_score=min_score, model=model, lexicons=tuple(lexicon)
    )
    result = _audit(paths, settings, listener, soon=soon)
    text = FORMATS[output_format](result)
    if text:
        typer.echo(text)
    if not quiet:
        tell(result.summary())
    if listener.problems:
        raise typer.Exit(ExitCode.UNREADABLE_INPUT)
    if result.amiss:
        raise typer.Exit(ExitCode.FINDINGS)


@app.command("prune", cls=SettingsCommand)
def prune_command(
    ctx: typer.Context,
    paths: Paths,
    lexicon: options.Lexicons,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be taken out, and leave it.")
    ] = False,
    min_score: options.MinScore = None,
    model: options.Model = "full",
    config: options.Config = None,
    isolated: options.Isolated = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Take out of the suppressions files what is unused or has ended.

    Comments in drafts are left to their writers.
    """
    set_verbosity(quiet=quiet, verbose=verbose)
    listener = ToldListener(quiet=quiet, notices=verbose)
    settings = RunSettings(
        file=in_force(ctx), min_score=min_score, model=model, lexicons=tuple(lexicon)
    )
    result = _audit(paths, settings, listener, soon=0)
    gone = [one for one in result.audited if one.status in ("unused", "ended") and one.finding_id]
    for one in gone:
        typer.echo(f"{one.place}: {one.as_sentence()}")
    if not dry_run:
        prune(result, date.today())
    if not quiet:
        done = "to take out" if dry_run or not gone else "taken out"
        tell(f"{len(gone) or 'Nothing'} {done}")
    if listener.problems:
        raise typer.Exit(ExitCode.UNREADABLE_INPUT)


def _audit(paths: list[Path], settings: RunSettings, listener: ToldListener, *, soon: int) -> Audit:
    nlp = load(lexicons=settings.lexicons, model=settings.model)
    return audit(
        paths or [Path()],
        nlp,
        settings,
        listener,
        today=date.today(),
        soon=timedelta(days=soon),
    )
