"""``vbl-detect doctor``: whether the installation is whole and works."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Literal

import typer

from vbl_detect.cli import options
from vbl_detect.cli.group import set_verbosity
from vbl_detect.diagnosis import Check, diagnose
from vbl_detect.errors import ExitCode
from vbl_detect.writers.terminal import encoding_of
from vbl_detect.writers.visible import encodable, visible

DoctorFormat = Literal["text", "json"]
_MARKS = {"ok": "ok", "missing": "--", "fault": "FAULT"}


def doctor_command(
    output_format: Annotated[
        DoctorFormat, typer.Option("--format", help="Lines for a person, or JSON.")
    ] = "text",
    verbose: options.Verbose = False,
) -> None:
    """Tell versions and hashes, and try the installation without a network.

    What it prints holds no note and no name of yours, and can go into a report of a fault. Exit
    code 2 tells of a fault, 4 of a lexicon or a model that is not as it was installed.
    """
    set_verbosity(quiet=False, verbose=verbose)
    found: list[Check] = []
    for check in diagnose():
        found.append(check)
        if output_format == "text":
            line = f"{_MARKS[check.state]:6}{check.name}: {visible(check.told)}"
            typer.echo(encodable(line, encoding_of(sys.stdout)))
    if output_format == "json":
        rows = [{"name": one.name, "state": one.state, "told": one.told} for one in found]
        typer.echo(json.dumps(rows, indent=2))
    faults = [check for check in found if check.state == "fault"]
    if faults:
        hash_fault = any(check.integrity for check in faults)
        raise typer.Exit(ExitCode.HASH_MISMATCH if hash_fault else ExitCode.USAGE)
