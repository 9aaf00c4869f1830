"""What a person is told when a scan ends before its time: what is kept, and how to go on."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from vbl_detect.cli.group import tell
from vbl_detect.cli.settings import GIVEN
from vbl_detect.errors import ExitCode, ReaderError, UsageError
from vbl_detect.journal import UnfinishedError, kept_notes


@contextmanager
def telling_how_to_go_on(ctx: typer.Context, output: Path | None) -> Iterator[None]:
    """Tell the command that goes on, if the block ends early and something is kept.

    Parameters
    ----------
    ctx : typer.Context
        The context of a `SettingsCommand`.
    output : Path, optional
        The file that the scan writes; None: nothing is kept.
    """
    try:
        yield
    except KeyboardInterrupt as error:
        kept = 0 if output is None else kept_notes(output)
        if not kept:
            raise
        tell(f"interrupted; {_hint(ctx, kept)}")
        raise typer.Exit(ExitCode.INTERRUPTED) from error
    except (UnfinishedError, ReaderError):
        raise
    except (UsageError, OSError):
        # The output cannot be written: the disk is full, or the workbook is open in Excel.
        if output is not None and (kept := kept_notes(output)):
            tell(_hint(ctx, kept))
        raise


def _hint(ctx: typer.Context, kept: int) -> str:
    noun = "note is" if kept == 1 else "notes are"
    given = [one for one in ctx.meta[GIVEN] if one not in ("--resume", "--no-resume")]
    words = ["vbl-detect", "scan", "--resume", *given]
    typed = subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
    return f"{kept:,} {noun} judged and kept; go on with: {typed}"
