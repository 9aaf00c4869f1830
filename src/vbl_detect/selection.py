"""Which codes are asked for: ``--select`` and ``--ignore``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from vbl_detect.closest import did_you_mean
from vbl_detect.errors import UsageError
from vbl_detect.lexicon import Lexicon
from vbl_detect.records import SEVERITIES


class Coded(Protocol):
    """What can be chosen: a term, or a finding."""

    @property
    def code(self) -> str:
        """The lexicon row's code."""

    @property
    def category(self) -> str:
        """The category's slug."""

    @property
    def severity(self) -> str:
        """The severity."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The codes to report.

    Attributes
    ----------
    select, ignore : tuple of str
        Codes (``RC012``; ``RC000`` is what only the classifier hears), beginnings of codes
        (``RC``), categories or severities; nothing in `select` means everything, and `ignore`
        wins.
    places : mapping of str to str
        ``file:line`` of the names that stand in a settings file, for messages.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict, compare=False)

    def keeps(self, one: Coded) -> bool:
        """Tell whether a term or a finding is asked for.

        Parameters
        ----------
        one : Coded
            The term, or the finding.
        """
        wanted = not self.select or any(_fits(name, one) for name in self.select)
        return wanted and not any(_fits(name, one) for name in self.ignore)

    def codes(self, lexicon: Lexicon) -> frozenset[str]:
        """Return the codes of `lexicon` that are asked for.

        Parameters
        ----------
        lexicon : Lexicon
            The terms in force.

        Raises
        ------
        UsageError
            If a name fits no code, category or severity.
        """
        self.check(lexicon)
        return frozenset(term.code for term in lexicon.reportable.values() if self.keeps(term))

    def check(self, lexicon: Lexicon, found: Iterable[Coded] = ()) -> None:
        """Refuse a name that stands for nothing.

        Parameters
        ----------
        lexicon : Lexicon
            The terms in force.
        found : iterable of Coded
            What else may be named: findings of another lexicon.

        Raises
        ------
        UsageError
            If a name fits no code, category or severity.
        """
        there = {(one.code, one.category): one for one in (*lexicon.reportable.values(), *found)}
        for name in (*self.select, *self.ignore):
            if name.lower() in (*SEVERITIES, *lexicon.categories):
                continue
            if not any(_fits(name, one) for one in there.values()):
                known = (*lexicon.categories, *SEVERITIES, *lexicon.terms)
                place = f"{self.places[name]}: " if name in self.places else ""
                raise UsageError(
                    f"{place}{name!r} is no code, beginning of a code, category or severity; see "
                    f"'vbl-detect lexicon list'{did_you_mean(name, known)}"
                )


def _fits(name: str, one: Coded) -> bool:
    return name.lower() in (one.severity, one.category) or one.code.startswith(name.upper())
