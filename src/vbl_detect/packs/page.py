"""A pack as one page to work on, by mouse or by keyboard."""

from __future__ import annotations

from pathlib import Path

from vbl_detect.packs.pack import CONTEXT_TITLES, Pack, note_type_title
from vbl_detect.packs.words import pieces, shown_text
from vbl_detect.web.page import read_static, render_page
from vbl_detect.writers.visible import visible, without_surrogates

_HERE = Path(__file__).parent


def as_page(pack: Pack) -> str:
    """Return the pack as a page that needs nothing else and asks for nothing.

    In an assessment the page holds no answer in any form.

    Parameters
    ----------
    pack : Pack
        The exercises.
    """
    page = render_page(
        _HERE / "templates",
        "pack.html",
        style=read_static(_HERE / "static", "pack.css"),
        script=read_static(_HERE / "static", "pack.js"),
        pack=pack,
        tasks={"mark" if exercise.rewrite is None else "rewrite" for exercise in pack.exercises},
        practice=pack.mode == "practice",
        contexts=CONTEXT_TITLES,
        note_type_title=note_type_title,
        pieces=pieces,
        shown_text=shown_text,
        visible=visible,
    )
    return without_surrogates(page)
