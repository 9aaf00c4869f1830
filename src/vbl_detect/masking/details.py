"""A personal detail in a text, and what becomes of details that overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, get_args

Kind = Literal[
    "name",
    "initials",
    "birth-date",
    "address",
    "postcode",
    "phone",
    "email",
    "username",
    "vehicle",
    "nhs",
    "ni",
    "reference",
]
#: Every kind of detail.
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, order=True)
class Detail:
    """A stretch of text that leads to a person.

    Attributes
    ----------
    start, end : int
        Half-open offsets in code points.
    kind : str
        One of `KINDS`.
    """

    start: int
    end: int
    kind: Kind


def settle(details: Iterable[Detail], length: int) -> list[Detail]:
    """Return details that do not overlap and cover all that the given ones cover, in order.

    Where two overlap, the words stay with the one given first.

    Parameters
    ----------
    details : iterable of Detail
        In any order.
    length : int
        Of the text, in code points.
    """
    given = list(details)
    owners = [-1] * length
    for number, detail in enumerate(given):
        for at in range(detail.start, detail.end):
            if owners[at] < 0:
                owners[at] = number
    settled, at = [], 0
    for owner, run in groupby(owners):
        end = at + sum(1 for _ in run)
        if owner >= 0:
            settled.append(Detail(at, end, given[owner].kind))
        at = end
    return settled
