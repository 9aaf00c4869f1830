"""What an acceptance needs, given as options or asked for at a terminal."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

import typer

from vbl_detect.cli.group import tell
from vbl_detect.errors import UsageError
from vbl_detect.suppression.acceptance import checked_expiry

Value = TypeVar("Value")


def at_terminal() -> bool:
    """Tell whether there is somebody to ask."""
    return sys.stdin.isatty()


def require(given: Mapping[str, str | None]) -> None:
    """Refuse an acceptance that lacks something, where there is nobody to ask.

    Parameters
    ----------
    given : mapping of str to str or None
        By option, what was given.

    Raises
    ------
    UsageError
        If something was not given.
    """
    missing = [f"--{name}" for name, value in given.items() if value is None]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise UsageError(
            f"{' and '.join(missing)} {verb} missing; every acceptance says why, who accepts it, "
            "and until when"
        )


def checked_future(value: str, today: date) -> date:
    """Return the day on which a new acceptance ends; it may be neither past nor too far off."""
    expires = checked_expiry(value, today)
    if expires < today:
        raise UsageError(f"expires is {expires}, which is past; name a day from today on")
    return expires


def ask(
    question: str, given: str | None, check: Callable[[str], Value], default: str | None = None
) -> Value:
    """Return what was given, checked, or ask for it until it is right."""
    if given is not None:
        return check(given)
    while True:
        try:
            return check(typer.prompt(question, default=default, err=True))
        except UsageError as error:
            tell(str(error))


def author_by_git(draft: Path) -> str | None:
    """Return the name that git knows for the draft's folder, or None."""
    git = shutil.which("git")
    folder = draft.parent
    if git is None or not folder.is_dir():
        return None
    done = subprocess.run(  # noqa: S603 - a fixed command
        [git, "config", "user.name"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.stdout.strip() or None
