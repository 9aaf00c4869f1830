"""What makes a lexicon sound: the faults of its files, and every row tried on text.

`check` reads the files and reports each fault as ``file:line``; `try_rows` runs each row's
examples and each of its patterns in four positions of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc

from vbl_detect.components.compiled import lexicon_expander
from vbl_detect.components.lexicon_matcher import LexiconMatcher
from vbl_detect.lexicon import (
    ContextRule,
    Fault,
    Gap,
    Lexicon,
    NotationError,
    Term,
    TokenSequence,
    read_with_faults,
)

#: The four positions in which every pattern must be found.
POSITIONS: Mapping[str, str] = {
    "alone": "{}",
    "at the start": "{} according to entry 12.",
    "in the middle": "Entry 12 / {} / see entry 13.",
    "at the end": "Entry 12 lists {}.",
}

#: Of a pattern that stands for many token sequences, about this many are written out and tried.
MOST_RENDERED = 6


@dataclass(frozen=True, slots=True)
class Trial:
    """One text tried against one row.

    Attributes
    ----------
    row : Term or ContextRule
        The row.
    what : str
        What was tried: an example, or a pattern in a position.
    text : str
        The text.
    passed : bool
        Whether the row behaved as it should.
    remark : str
        What happened instead, empty if it passed.
    """

    row: Term | ContextRule
    what: str
    text: str
    passed: bool
    remark: str = ""

    def as_fault(self) -> Fault:
        """Return the failed trial as a fault of the row's line."""
        message = f"{self.row.code}: {self.what}: {self.remark}"
        return Fault(self.row.path, self.row.line, message)


def check(folders: Iterable[Path], nlp: Language) -> tuple[Lexicon, list[Fault]]:
    """Report every fault of a lexicon.

    Parameters
    ----------
    folders : iterable of Path
        The built-in folder, then the user's own.
    nlp : Language
        Its tokenizer splits patterns and examples.

    Returns
    -------
    tuple of Lexicon and list of Fault
        The sound rows, and the faults in the order of file and line.
    """
    lexicon, faults = read_with_faults(folders)
    patterns, notation_faults = _expand_each(lexicon, nlp)
    faults += notation_faults
    sound = replace(lexicon, terms={code: lexicon.terms[code] for code in patterns})
    matcher = LexiconMatcher(nlp, sound)
    faults += _repeated_patterns(sound.terms.values())
    for code, sequences in patterns.items():
        faults += _pattern_faults(sound.terms[code], sequences, matcher, nlp)
    faults += [trial.as_fault() for trial in try_examples(matcher, nlp) if not trial.passed]
    return sound, sorted(set(faults))


def try_rows(lexicon: Lexicon, nlp: Language) -> Iterator[Trial]:
    """Try every row on its examples, and each of its patterns in four positions.

    Parameters
    ----------
    lexicon : Lexicon
        A lexicon without notation faults.
    nlp : Language
        Its tokenizer splits patterns and examples.
    """
    matcher = LexiconMatcher(nlp, lexicon)
    yield from try_examples(matcher, nlp)
    expander = lexicon_expander(lexicon, nlp)
    for term in lexicon.terms.values():
        for pattern in term.patterns:
            phrase = _plain_phrase(expander.expand(pattern), term.code, matcher, nlp)
            for position, frame in POSITIONS.items():
                text = frame.format(phrase)
                found = _codes_at(matcher, nlp(text), frame.index("{"), len(phrase))
                passed = term.code in found
                remark = "" if passed else f"not found in {text!r}"
                yield Trial(term, f"pattern {pattern!r} {position}", text, passed, remark)


def _plain_phrase(
    sequences: Sequence[TokenSequence], code: str, matcher: LexiconMatcher, nlp: Language
) -> str:
    """Write out a pattern's first token sequence whose last word the tokenizer parts from a stop.

    It keeps "a." whole, say, so that a pattern ending in "class A" is not found there.
    """
    for sequence in sequences:
        for phrase in renderings(sequence):
            if code in _codes_at(matcher, nlp(f"{phrase}."), 0, len(phrase)):
                return phrase
    return renderings(sequences[0])[0]


def _sample(sequences: Sequence[TokenSequence]) -> Sequence[TokenSequence]:
    return sequences[:: len(sequences) // MOST_RENDERED + 1]


def try_examples(matcher: LexiconMatcher, nlp: Language) -> Iterator[Trial]:
    """Try every row on its own examples.

    Parameters
    ----------
    matcher : LexiconMatcher
        The compiled lexicon.
    nlp : Language
        The pipeline it was compiled for.
    """
    for term in matcher.lexicon.terms.values():
        for text in term.flag_examples:
            codes = {match.code for match in matcher.match(nlp(text))}
            remark = f"{text!r} is not flagged; mend the example or the patterns"
            if codes and term.code not in codes:
                remark = f"{text!r} is flagged by {', '.join(sorted(codes))} instead"
            passed = term.code in codes
            yield Trial(term, "flag_examples", text, passed, "" if passed else remark)
        for text in term.pass_examples:
            passed = all(match.code != term.code for match in matcher.match(nlp(text)))
            remark = "" if passed else f"{text!r} is flagged; narrow the patterns or use unless"
            yield Trial(term, "pass_examples", text, passed, remark)


def renderings(sequence: TokenSequence) -> tuple[str, ...]:
    """Write a token sequence as text, with the shortest and with the longest word of each slot.

    Parameters
    ----------
    sequence : TokenSequence
        One sequence of a pattern; its gaps are left empty.
    """
    slots = [
        sorted(slot, key=lambda word: (len(word), word))
        for slot in sequence
        if not isinstance(slot, Gap)
    ]
    return tuple(_joined([slot[place] for slot in slots]) for place in (0, -1))


def _joined(words: Sequence[str]) -> str:
    text = ""
    for word in words:
        attached = not text or word.startswith(("'", "\u2019", "n't", "n\u2019t"))
        text += word if attached else " " + word
    return text


def _expand_each(
    lexicon: Lexicon, nlp: Language
) -> tuple[dict[str, dict[str, Sequence[TokenSequence]]], list[Fault]]:
    """Expand each row by pattern; a row with a notation fault is left out."""
    expander = lexicon_expander(lexicon, nlp)
    expanded: dict[str, dict[str, Sequence[TokenSequence]]] = {}
    faults: list[Fault] = []
    for code, term in lexicon.terms.items():
        row_faults: list[Fault] = []
        sequences: dict[str, Sequence[TokenSequence]] = {}
        for pattern in (*term.patterns, *term.unless):
            try:
                sequences[pattern] = expander.expand(pattern)
            except NotationError as error:
                message = f"{code}: pattern {pattern!r}: {error}"
                row_faults.append(Fault(term.path, term.line, message))
        if not row_faults:
            expanded[code] = {pattern: sequences[pattern] for pattern in term.patterns}
        faults += row_faults
    return expanded, faults


def _repeated_patterns(terms: Iterable[Term]) -> Iterator[Fault]:
    seen: dict[str, Term] = {}
    for term in terms:
        for pattern in term.patterns:
            key = " ".join(pattern.lower().split())
            if first := seen.get(key):
                where = f"{first.code} ({first.path}:{first.line})"
                message = f"{term.code}: pattern {pattern!r} stands in {where} already; remove one"
                yield Fault(term.path, term.line, message)
            else:
                seen[key] = term


def _pattern_faults(
    term: Term,
    patterns: Mapping[str, Sequence[TokenSequence]],
    matcher: LexiconMatcher,
    nlp: Language,
) -> Iterator[Fault]:
    covering: list[set[str]] = []
    for pattern, sequences in patterns.items():
        if common := _common_word_alone(sequences):
            message = (
                f"{term.code}: pattern {pattern!r} matches the word {common!r} alone, which every "
                "note holds; ( ) makes words optional, [ ] requires one of them"
            )
            yield Fault(term.path, term.line, message)
        found_once = False
        for phrase in chain.from_iterable(map(renderings, _sample(sequences))):
            doc = nlp(phrase)
            everything = matcher.match_all(doc)
            if any(match.code == term.code for match in everything):
                found_once = True
            reported = {match.code for match in matcher.match(doc)}
            covering.append(set() if term.code in reported else reported)
        if not found_once:
            message = f"{term.code}: pattern {pattern!r} can never match; mend it or its unless"
            yield Fault(term.path, term.line, message)
    shadows = set.intersection(*covering) if covering else set()
    if shadows:
        others = ", ".join(
            f"{code} ({matcher.lexicon.terms[code].path}:{matcher.lexicon.terms[code].line})"
            for code in sorted(shadows)
        )
        message = f"{term.code}: everything it matches is matched by {others}; join the rows"
        yield Fault(term.path, term.line, message)
    if all(match.code != term.code for match in matcher.match_all(nlp(term.term))):
        message = f"{term.code}: the term {term.term!r} is not matched by its own patterns"
        yield Fault(term.path, term.line, message)


def _common_word_alone(sequences: Sequence[TokenSequence]) -> str | None:
    """Return a common word that is all a pattern needs, or None."""
    alone = (sequence[0] for sequence in sequences if len(sequence) == 1)
    words = (word for slot in alone if not isinstance(slot, Gap) for word in sorted(slot))
    return next((word for word in words if word in STOP_WORDS), None)


def _codes_at(matcher: LexiconMatcher, doc: Doc, start: int, length: int) -> set[str]:
    return {
        match.code
        for match in matcher.match_all(doc)
        if doc[match.start].idx >= start
        and doc[match.end - 1].idx + len(doc[match.end - 1]) <= start + length
    }
