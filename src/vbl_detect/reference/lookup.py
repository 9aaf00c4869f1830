"""A row, a category or a context rule, found by what a person calls it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TypeAlias

from vbl_detect.errors import UsageError
from vbl_detect.lexicon import Category, ContextRule, Lexicon, Term
from vbl_detect.lexicon.terms import UNLISTED

#: What the reference explains.
Rule: TypeAlias = Term | Category | ContextRule

_MOST_MEANT = 3
_CLOSE = 0.75
_QUOTES = str.maketrans("\u2018\u2019", "''", '"\u201c\u201d')


def find_rule(name: str, lexicon: Lexicon) -> Rule:
    """Return what a name stands for.

    Parameters
    ----------
    name : str
        In any case: a row's code (``RC012``) or headword, a category's letters (``RC``), code
        (``RC000``), slug or title, or a context rule's code (``CX101``).
    lexicon : Lexicon
        The lexicon in force.

    Raises
    ------
    UsageError
        If it stands for nothing; the message names what may be meant.
    """
    names = _names(lexicon)
    found = names.get(_plain(name))
    if found is None:
        raise UsageError(
            f"{name!r} is no code, category or headword; 'vbl-detect rule --all' lists them, and "
            f"'vbl-detect explain' judges a sentence{_did_you_mean(name, names)}"
        )
    return found


def code_of(rule: Rule) -> str:
    """Return a rule's code; a category's is that of its wording in no list, ``RC000``."""
    return f"{rule.letters}{UNLISTED}" if isinstance(rule, Category) else rule.code


def _names(lexicon: Lexicon) -> dict[str, Rule]:
    """Return everything by each of its names; codes win over headwords."""
    names: dict[str, Rule] = {_plain(term.term): term for term in lexicon.terms.values()}
    for category in lexicon.categories.values():
        for name in (category.title, category.slug, category.letters, code_of(category)):
            names[_plain(name)] = category
    names |= {_plain(rule.code): rule for rule in lexicon.context_rules.values()}
    names |= {_plain(term.code): term for term in lexicon.terms.values()}
    return names


def _plain(name: str) -> str:
    return " ".join(name.translate(_QUOTES).casefold().split())


def _did_you_mean(name: str, names: dict[str, Rule]) -> str:
    plain = _plain(name)
    inside = [known for known in names if plain and f" {plain} " in f" {known} "]
    close = inside or get_close_matches(plain, names, n=_MOST_MEANT, cutoff=_CLOSE)
    meant = dict.fromkeys(map(_called, (names[known] for known in close)))
    return f"; did you mean {' or '.join(list(meant)[:_MOST_MEANT])}?" if meant else ""


def _called(rule: Rule) -> str:
    match rule:
        case Term():
            return f"{rule.code} ({rule.term})"
        case Category():
            return f"{rule.letters} ({rule.slug})"
        case ContextRule():
            return rule.code
