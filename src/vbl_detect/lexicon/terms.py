"""The records of the lexicon: `Term`, `Category` and the `Lexicon` that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from vbl_detect.lexicon.context_tables import ContextRule, Person
from vbl_detect.records import Severity

ContextNeeded = Literal["always", "only-of-victim", "depends-on-context"]

#: What must hold for a match to count: nothing more; that it is said of a victim or child; or a
#: person's judgement. Source: domain guidance, section 1, rule 5.
CONTEXTS_NEEDED: tuple[ContextNeeded, ...] = get_args(ContextNeeded)

#: The number of wording that only the classifier hears, and its severity: no row says how grave
#: it is, and a person should look.
UNLISTED = "000"
#: Numbers from here on are left free for a user's own rows.
FIRST_OWN = "900"
UNLISTED_SEVERITY: Severity = "medium"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One of the categories of victim-blaming language, a row of ``_categories.csv``.

    Attributes
    ----------
    slug, letters : str
        Its name in findings and the two letters its codes begin with.
    title, why, suggestion, source : str
        Its heading, why such wording harms, what to write instead, and who says so.
    """

    slug: str
    letters: str
    title: str
    why: str
    suggestion: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One row of a category's file.

    Attributes
    ----------
    code : str
        Two letters of the category and three digits.
    term : str
        The headword, as a person would say it.
    category : str
        The category's slug.
    patterns : tuple of str
        What is looked for, in the notation of `vbl_detect.lexicon.notation`.
    unless : tuple of str
        Fixed phrases in which the words mean something else: a match that overlaps one is none.
    severity : {"high", "medium", "low"}
        How grave the wording is.
    context_needed : {"always", "only-of-victim", "depends-on-context"}
        What must hold for a match to count.
    why, suggestion, source : str
        Why it harms, what to write instead, and who says so.
    flag_examples, pass_examples : tuple of str
        Sentences in which the row must match, and sentences in which it must not.
    path, line : str, int
        Where the row stands.
    """

    code: str
    term: str
    category: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...]
    severity: Severity
    context_needed: ContextNeeded
    why: str
    suggestion: str
    source: str
    flag_examples: tuple[str, ...]
    pass_examples: tuple[str, ...]
    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Every term in force, with the tables its patterns draw on.

    Attributes
    ----------
    terms : mapping of str to Term
        By code, in the order of the codes.
    categories : mapping of str to Category
        By slug.
    word_lists, verbs, spellings : mapping of str to tuple of str
        The tables ``_lists.csv``, ``_verbs.csv`` and ``_spellings.csv``.
    context_rules : mapping of str to ContextRule
        By code, in the order of the codes.
    people : mapping of str to Person
        By name, in the order of the table.
    folders : tuple of str
        Where it was read from, the built-in one first.
    sha256 : str
        Hash over the names and contents of all its files.
    """

    terms: Mapping[str, Term]
    categories: Mapping[str, Category]
    word_lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    verbs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    context_rules: Mapping[str, ContextRule] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    sha256: str = ""

    @property
    def reportable(self) -> Mapping[str, Term]:
        """Everything a finding can name, by code.

        The terms, and for what only the classifier hears one row a category, ``RC000``, without
        patterns.
        """
        return {**{row.code: row for row in map(_unlisted, self.categories.values())}, **self.terms}


def _unlisted(category: Category) -> Term:
    """Return the row that stands for a category's wording in no list."""
    return Term(
        code=f"{category.letters}{UNLISTED}",
        term="",
        category=category.slug,
        patterns=(),
        unless=(),
        severity=UNLISTED_SEVERITY,
        context_needed="only-of-victim",
        why=category.why,
        suggestion=category.suggestion,
        source=category.source,
        flag_examples=(),
        pass_examples=(),
        path="",
        line=0,
    )
