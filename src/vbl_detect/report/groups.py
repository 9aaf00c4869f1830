"""Counts by group, none of them so small that it singles somebody out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: The name of findings whose column is empty.
NOT_GIVEN = "not given"
#: What stands for the name of a group that is hidden.
SMALLER_GROUP = "smaller groups together"


@dataclass(frozen=True, slots=True)
class Group:
    """Notes with findings that count, and those findings, of one group."""

    name: str
    notes: int
    findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """What was found by the values of one column, or by month.

    Attributes
    ----------
    title : str
        The column's name.
    shown : sequence of Group
        The groups large enough to be shown.
    hidden : frozenset of str
        The names of the others; months may be named, a column's values are not.
    others : Group, optional
        The hidden ones together; None where none is hidden.
    """

    title: str
    shown: Sequence[Group]
    hidden: frozenset[str] = frozenset()
    others: Group | None = None


def group(
    title: str, notes: Mapping[str, int], findings: Mapping[str, int], *, min_n: int
) -> Grouping:
    """Return a grouping, the largest group first.

    Parameters
    ----------
    title : str
        What it is by.
    notes, findings : mapping of str to int
        Notes with findings that count, and these findings, by group.
    min_n : int
        Groups with fewer notes are hidden.
    """
    hidden = too_small(notes, min_n)
    shown = sorted(
        (Group(name, notes[name], findings[name]) for name in notes if name not in hidden),
        key=lambda of: (-of.findings, -of.notes, of.name),
    )
    others = None
    if hidden:
        others = Group(
            f"{len(hidden)} smaller group{'s' * (len(hidden) > 1)} together",
            sum(notes[name] for name in hidden),
            sum(findings[name] for name in hidden),
        )
    return Grouping(title=title, shown=shown, hidden=hidden, others=others)


def too_small(sizes: Mapping[str, int], min_n: int) -> frozenset[str]:
    """Return the groups to hide.

    Those smaller than `min_n`; and, since the total is known and what is missing from it could be
    reckoned, the next smallest too, until at least two are hidden that hold `min_n` together.

    Parameters
    ----------
    sizes : mapping of str to int
        The size of each group; empty ones say nothing of anybody.
    min_n : int
        The smallest size that is shown.
    """
    ordered = sorted((size, name) for name, size in sizes.items() if size > 0)
    hidden = [(size, name) for size, name in ordered if size < min_n]
    if not hidden:
        return frozenset()
    rest = iter(ordered[len(hidden) :])
    while len(hidden) < 2 or sum(size for size, _ in hidden) < min_n:  # noqa: PLR2004
        following = next(rest, None)
        if following is None:
            break
        hidden.append(following)
    return frozenset(name for _, name in hidden)
