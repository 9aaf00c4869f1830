"""Which codes are asked for: ``--select`` and ``--ignore``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from vbl_detect.closest import did_you_mean
from vbl_detect.errors import UsageError
from vbl_detect.lexicon import Lexicon, Term
from vbl_detect.records import SEVERITIES


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

    @classmethod
    def extended(
        cls,
        select: Iterable[str],
        more: Iterable[str],
        ignore: Iterable[str],
        others: Iterable[str],
        places: Mapping[str, str],
    ) -> Selection:
        """Return a selection with names added to it.

        Parameters
        ----------
        select, more : iterable of str
            What to report, and what to add; nothing in `select` is everything, to which nothing
            can be added.
        ignore, others : iterable of str
            What to leave out, and what to add.
        places : mapping of str to str
            As of `Selection`.
        """
        chosen = tuple(select)
        return cls((*chosen, *more) if chosen else (), (*ignore, *others), places)

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
        everything = frozenset(lexicon.reportable)
        wanted = _fitting(self.select, lexicon, self.places) if self.select else everything
        return wanted - _fitting(self.ignore, lexicon, self.places)


def _fitting(names: Iterable[str], lexicon: Lexicon, places: Mapping[str, str]) -> frozenset[str]:
    fitting: set[str] = set()
    reportable = lexicon.reportable
    for name in names:
        test = _test(name, reportable)
        codes = {code for code, term in reportable.items() if test(term)}
        known_category = name.lower() in lexicon.categories
        if not codes and name.lower() not in SEVERITIES and not known_category:
            known = (*lexicon.categories, *SEVERITIES, *lexicon.terms)
            place = f"{places[name]}: " if name in places else ""
            raise UsageError(
                f"{place}{name!r} is no code, beginning of a code, category or severity"
                f"{did_you_mean(name, known)}; see 'vbl-detect lexicon list'"
            )
        fitting |= codes
    return frozenset(fitting)


def _test(name: str, terms: Mapping[str, Term]) -> Callable[[Term], bool]:
    if name.upper() in terms:
        return lambda term: term.code == name.upper()
    if name.lower() in SEVERITIES:
        return lambda term: term.severity == name.lower()
    return lambda term: term.category == name.lower() or term.code.startswith(name.upper())
