"""The lexicon's patterns under a pipeline's tokenizer, compiled once for each lexicon.

Compiling takes seconds, and commands, notebooks and tests load the same lexicon again and again:
a process remembers the latest ones, and those that were read from files are kept in the user's
cache folder as well. Lexicons, tokenizers and code are compared by content.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from vbl_detect import __version__, lexicon, matching
from vbl_detect import cache as kept
from vbl_detect.errors import LexiconError
from vbl_detect.lexicon import (
    Automaton,
    Expander,
    Fault,
    Lexicon,
    NotationError,
    WordForms,
    compile_pattern,
)
from vbl_detect.matching import PatternIndex, build_index, dump_index, load_index

#: What the codes of people begin with in the index that they share with the cues.
PERSON = "@"
#: Indexes that a process remembers, the latest ones.
_MOST_REMEMBERED = 4
_remembered: dict[str, PatternIndex] = {}

#: Code, patterns, and the file and line of a row.
_Row = tuple[str, tuple[str, ...], str, int]


def term_index(lexicon: Lexicon, nlp: Language) -> PatternIndex:
    """Return the index of a lexicon's terms, with their exceptions.

    Parameters
    ----------
    lexicon : Lexicon
        The terms.
    nlp : Language
        Its tokenizer splits the words.

    Raises
    ------
    LexiconError
        If patterns do not follow the notation; the error names every one.
    """
    terms = lexicon.terms.values()
    patterns = [(t.code, t.patterns, t.path, t.line) for t in terms]
    exceptions = [(t.code, t.unless, t.path, t.line) for t in terms if t.unless]
    return _index(patterns, exceptions, lexicon, nlp)


def cue_index(lexicon: Lexicon, nlp: Language) -> PatternIndex:
    """Return the index of a lexicon's cues and words for people; these begin with `PERSON`.

    Parameters
    ----------
    lexicon : Lexicon
        Its context rules and people.
    nlp : Language
        Its tokenizer splits the words.

    Raises
    ------
    LexiconError
        If patterns do not follow the notation; the error names every one.
    """
    rules, people = lexicon.context_rules.values(), lexicon.people.values()
    cues = [(r.code, r.patterns, r.path, r.line) for r in rules]
    words = [(PERSON + p.name, p.patterns, p.path, p.line) for p in people]
    pseudo_cues = [(r.code, r.unless, r.path, r.line) for r in rules]
    return _index([*cues, *words], pseudo_cues, lexicon, nlp)


def _index(
    patterns: list[_Row], exceptions: list[_Row], lexicon: Lexicon, nlp: Language
) -> PatternIndex:
    def build() -> PatternIndex:
        expander = lexicon_expander(lexicon, nlp)
        return build_index(compile_rows(patterns, expander), compile_rows(exceptions, expander))

    if not isinstance(nlp.tokenizer, Tokenizer):  # nothing to compare it by
        return build()
    key = _key(nlp.tokenizer, _fields(patterns, exceptions, lexicon))
    if key not in _remembered:
        while len(_remembered) >= _MOST_REMEMBERED:
            del _remembered[next(iter(_remembered))]
        _remembered[key] = _kept(key, build) if lexicon.sha256 else build()
    return _remembered[key]


def _kept(key: str, build: Callable[[], PatternIndex]) -> PatternIndex:
    name = f"lexicon-{key}.jsonl"
    text = kept.read(name)
    if text is not None:
        return load_index(text)
    index = build()
    kept.write(name, dump_index(index))
    return index


def _fields(
    patterns: Iterable[_Row], exceptions: Iterable[_Row], lexicon: Lexicon
) -> Iterator[tuple[str, ...]]:
    """Yield everything in a lexicon that its index is made from."""
    for rows in (patterns, exceptions):
        yield from ((code, *row) for code, row, _, _ in rows)
        yield ("",)
    for table in (lexicon.word_lists, lexicon.verbs, lexicon.spellings):
        yield from ((name, *words) for name, words in table.items())
        yield ("",)


def _key(tokenizer: Tokenizer, fields: Iterable[tuple[str, ...]]) -> str:
    digest = hashlib.sha256(_code_fingerprint())
    digest.update(tokenizer.to_bytes(exclude=["vocab"]))  # words of notes change nothing
    digest.update("\x1e".join(map("\x1f".join, fields)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


@cache
def _code_fingerprint() -> bytes:
    """Return a hash of the code that compiles, and of what decides how text is split."""
    digest = hashlib.sha256()
    digest.update(f"{__version__} {spacy_version} {unicodedata.unidata_version}".encode())
    for package in (lexicon, matching):
        for path in sorted(Path(str(package.__file__)).parent.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.digest()


def compile_rows(
    rows: Iterable[tuple[str, tuple[str, ...], str, int]], expander: Expander
) -> dict[str, list[Automaton]]:
    """Return the compiled patterns of each row.

    Parameters
    ----------
    rows : iterable of (str, tuple of str, str, int)
        Code, patterns, and the file and line of each row.
    expander : Expander
        Writes out what the notation stands for.

    Raises
    ------
    LexiconError
        If patterns do not follow the notation; the error names every one.
    """
    compiled: dict[str, list[Automaton]] = {}
    faults: list[str] = []
    for code, patterns, path, line in rows:
        compiled[code] = []
        for pattern in patterns:
            try:
                compiled[code] += compile_pattern(pattern, expander)
            except NotationError as error:
                message = f"{code}: pattern {pattern!r}: {error}"
                faults.append(str(Fault(path, line, message)))
    if faults:
        raise LexiconError(*faults)
    return compiled


def lexicon_expander(lexicon: Lexicon, nlp: Language) -> Expander:
    """Return the expander of a lexicon's patterns under a pipeline's tokenizer.

    Parameters
    ----------
    lexicon : Lexicon
        Its word lists, verbs and spellings.
    nlp : Language
        Its tokenizer splits the words.
    """
    special = nlp.tokenizer.rules if isinstance(nlp.tokenizer, Tokenizer) else None

    def tokenize(text: str) -> tuple[str, ...]:
        # Letters alone are one token unless the tokenizer lists them ("wont"); asking it is slow.
        if special is not None and text.isalpha() and text not in special:
            return (text,)
        return tuple(token.text for token in nlp.tokenizer(text) if not token.is_space)

    forms = WordForms(lexicon.verbs, lexicon.spellings)
    return Expander(lexicon.word_lists, forms, tokenize)
