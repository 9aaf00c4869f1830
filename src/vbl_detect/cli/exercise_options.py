"""The options that tell which exercises a pack or a quiz takes."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from vbl_detect.exercises import CLEAN

Categories: TypeAlias = Annotated[
    list[str],
    typer.Option(
        "--category",
        metavar="NAME",
        help=f"Teach this category: its letters (RC) or name, or {CLEAN!r} for notes with "
        "nothing to mark; repeatable. (default: all, evenly)",
        default_factory=list,
        show_default=False,
    ),
]
Difficulties: TypeAlias = Annotated[
    list[int],
    typer.Option(
        "--difficulty",
        min=1,
        max=3,
        help="1 plain, 2 indirect, 3 hard; repeatable. (default: all)",
        default_factory=list,
        show_default=False,
    ),
]
NoteTypes: TypeAlias = Annotated[
    list[str],
    typer.Option(
        "--note-type",
        metavar="TYPE",
        help="Notes of this type, such as missing-review; repeatable. (default: all)",
        default_factory=list,
        show_default=False,
    ),
]
