"""What a person is told of a row, a category or a context rule, whatever it is written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vbl_detect import resources
from vbl_detect.lexicon import Category, ContextRule, Lexicon, Term, read_lexicon
from vbl_detect.reference.lookup import Rule, code_of
from vbl_detect.reference.precision import (
    FEWEST,
    MEASURED_FILE,
    NONE,
    Measured,
    Share,
    read_measured,
)
from vbl_detect.reference.words import WHEN, effect_in_words, reach_in_words, source_in_words

ABOUT_CONTEXT = "context rule: tells whose words they are, and about whom"
NOT_MEASURED = "not measured: a row of your own lexicon"
_PATTERN_KEYS = ("patterns", "unless", "path", "line")


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule as it is shown.

    Attributes
    ----------
    code, title : str
        Its code and its headword, or what stands for one.
    about : str
        One line: category, severity, when it counts.
    parts : tuple of (str, tuple of str)
        What is told of it, each part a name and its sentences.
    terms : tuple of Term
        The rows of a category.
    """

    code: str
    title: str
    about: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A lexicon, and what was measured of the built-in one."""

    lexicon: Lexicon
    measured: Measured

    def entry(self, rule: Rule) -> Entry:
        """Return what a person is told of a rule."""
        match rule:
            case Term():
                return self._term(rule)
            case Category():
                return self._category(rule)
            case ContextRule():
                return _context_rule(rule)

    def terms(self, category: Category) -> list[Term]:
        """Return a category's rows, by code."""
        return [term for term in self.lexicon.terms.values() if term.category == category.slug]

    def share(self, term: Term) -> Share | None:
        """Return how often a row is right, or None for a row of one's own."""
        if Path(term.path).parent != Path(self.lexicon.folders[0]):
            return None
        return self.measured.precision.get(term.code, NONE)

    def category_share(self, category: Category) -> Share:
        """Return how often findings of a category are right."""
        return self.measured.category_precision.get(category.slug, NONE)

    def as_dict(self, rule: Rule) -> dict[str, Any]:
        """Return a rule as values that JSON can hold; patterns stay in the lexicon."""
        cells = {name: value for name, value in asdict(rule).items() if name not in _PATTERN_KEYS}
        figures: dict[str, Any] = {}
        match rule:
            case Term():
                share = self.share(rule)
                figures = {
                    "precision": None if share is None else share.as_dict(),
                    "category_precision": self._category_figures(rule.category),
                }
            case Category():
                unlisted = self.measured.precision.get(code_of(rule), NONE)
                figures = {
                    "precision": self.category_share(rule).as_dict(),
                    "recall": self.measured.recall.get(rule.slug, NONE).as_dict(),
                    "unlisted_precision": unlisted.as_dict(),
                    "terms": [term.code for term in self.terms(rule)],
                }
        kind = {Term: "term", Category: "category", ContextRule: "context"}[type(rule)]
        return {"code": code_of(rule), "kind": kind, **cells, **figures}

    def _category_figures(self, slug: str) -> dict[str, Any]:
        return self.category_share(self.lexicon.categories[slug]).as_dict()

    def _term(self, term: Term) -> Entry:
        kind = f"{term.category} ({term.code[:2]}), {term.severity}"
        return Entry(
            code=term.code,
            title=term.term,
            about=f"{kind}; {WHEN[term.context_needed]}",
            parts=(
                ("why it harms", (term.why,)),
                ("write instead", (term.suggestion,)),
                ("flagged", term.flag_examples),
                ("left alone", term.pass_examples),
                ("source", (source_in_words(term.source),)),
                ("measured", tuple(self._term_figures(term))),
            ),
        )

    def _term_figures(self, term: Term) -> Iterator[str]:
        share = self.share(term)
        category = self.lexicon.categories[term.category]
        if share is None:
            yield NOT_MEASURED
        else:
            yield self._precision(share)
        if share is None or not share.enough:
            yield f"its category: {self._precision(self.category_share(category))}"

    def _category(self, category: Category) -> Entry:
        terms = self.terms(category)
        recall = self.measured.recall.get(category.slug, NONE)
        figures = [self._precision(self.category_share(category))]
        if recall.enough:
            found = f"finds {recall.right} of {recall.of} passages that careful readers marked"
            figures.append(f"{found}: {_interval(recall)}")
        unlisted = self._precision(self.measured.precision.get(code_of(category), NONE))
        return Entry(
            code=category.letters,
            title=category.title,
            about=f"{category.slug}, {len(terms)} rows",
            parts=(
                ("why it harms", (category.why,)),
                ("write instead", (category.suggestion,)),
                ("source", (source_in_words(category.source),)),
                ("measured", tuple(figures)),
                (
                    code_of(category),
                    (f"wording in no row, heard by the classifier; {unlisted}",),
                ),
            ),
            terms=tuple(terms),
        )

    def _precision(self, share: Share) -> str:
        where = f"in {self.measured.notes:,} labelled notes"
        if not share.of:
            return f"no finding {where}"
        found = f"{share.right} of {share.of} finding{'s' if share.of > 1 else ''} right {where}"
        if not share.enough:
            return f"{found}; too few to tell (under {FEWEST})"
        return f"{found}: {_interval(share)}"


def read_reference(folders: Iterable[Path] = ()) -> Reference:
    """Read the lexicon and the measured figures.

    Parameters
    ----------
    folders : iterable of Path
        Your own lexicon folders, laid over the built-in one.

    Raises
    ------
    LexiconError
        If a lexicon has faults.
    IntegrityError
        If the measured figures cannot be read.
    """
    lexicon = read_lexicon([resources.lexicon_dir(), *folders])
    return Reference(lexicon, read_measured(resources.model_dir() / MEASURED_FILE))


def _context_rule(rule: ContextRule) -> Entry:
    parts: Sequence[tuple[str, tuple[str, ...]]] = (
        ("cue", (rule.note,)),
        ("decides over", (f"words {reach_in_words(rule)}",)),
        ("speakers", (", ".join(rule.speakers),) if rule.speakers else ()),
        ("decides", rule.fires),
        ("leaves alone", rule.silent),
    )
    return Entry(
        code=rule.code,
        title=effect_in_words(rule),
        about=ABOUT_CONTEXT,
        parts=tuple((name, texts) for name, texts in parts if texts),
    )


def _interval(share: Share) -> str:
    return f"{share.right / share.of:.2f} (95 % interval {share.low:.2f}-{share.high:.2f})"
