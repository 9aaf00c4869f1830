"""Packs of exercises as files: a page to work on, a hand-out to print, JSON Lines."""

from vbl_detect.packs.pack import CONTEXT_TITLES, Mode, Pack, note_type_title
from vbl_detect.packs.writing import (
    ANSWER_ENDINGS,
    ENDINGS,
    checked_ending,
    write_answers,
    write_pack,
)

__all__ = [
    "ANSWER_ENDINGS",
    "CONTEXT_TITLES",
    "ENDINGS",
    "Mode",
    "Pack",
    "checked_ending",
    "note_type_title",
    "write_answers",
    "write_pack",
]
