"""Who is named, and where."""

from __future__ import annotations

from typing import NamedTuple

from vbl_detect.lexicon import Gender, Number, Role


class Mention(NamedTuple):
    """People named at ``words[start:end]``."""

    start: int
    end: int
    role: Role
    gender: Gender
    number: Number
