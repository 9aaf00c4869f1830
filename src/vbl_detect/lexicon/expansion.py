"""Patterns expanded into token sequences, when the lexicon is compiled.

A token sequence is a tuple of slots; a slot is the set of lower-case tokens that may stand there,
or a gap. White space between tokens is no concern of a sequence: the matcher passes over it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import product
from typing import TypeAlias

from vbl_detect.lexicon.notation import (
    Choice,
    Gap,
    InTurn,
    Maybe,
    Node,
    NotationError,
    Word,
    WordList,
    parse,
)
from vbl_detect.lexicon.wordforms import WordForms

Slot: TypeAlias = frozenset[str] | Gap
TokenSequence: TypeAlias = tuple[Slot, ...]
#: Splits a word as the pipeline's tokenizer would.
Tokenize: TypeAlias = Callable[[str], tuple[str, ...]]

#: A pattern that needs more sequences than this is several patterns in one.
MOST_SEQUENCES = 4_000

_APOSTROPHE_FORMS = ("'", "\u2019", "")
_HYPHEN_FORMS = ("-", "\u2013", " ", "")


class Expander:
    """Expands patterns with one lexicon's word lists and spellings.

    Parameters
    ----------
    word_lists : mapping of str to iterable of str
        Each list's entries, in the pattern notation.
    forms : WordForms
        Inflections and spellings.
    tokenize : callable
        The tokenizer that the notes will meet; it decides how ``won't`` is split.
    """

    def __init__(
        self, word_lists: Mapping[str, Iterable[str]], forms: WordForms, tokenize: Tokenize
    ) -> None:
        self._lists = {name: tuple(entries) for name, entries in word_lists.items()}
        self._forms = forms
        self._open: list[str] = []
        self._tokens = cache(lambda text: tuple(token.lower() for token in tokenize(text)))
        self._list = cache(self._expand_list)
        self._word = cache(self._expand_word)

    def expand(self, pattern: str) -> tuple[TokenSequence, ...]:
        """Return the token sequences a pattern stands for, without duplicates, in a fixed order.

        Parameters
        ----------
        pattern : str
            One pattern in the notation of `vbl_detect.lexicon.notation`.

        Raises
        ------
        NotationError
            If the pattern does not follow the notation, names an unknown list, can be empty or
            begin or end in a gap, or stands for more than `MOST_SEQUENCES` sequences.
        """
        sequences = self._expand(parse(pattern))
        if () in sequences:
            raise NotationError("every part of it is optional; one word must be required")
        if any(isinstance(s[0], Gap) or isinstance(s[-1], Gap) for s in sequences):
            raise NotationError("a gap (..) cannot stand first or last; put a word beyond it")
        return tuple(sorted(sequences, key=_sort_key))

    def _expand(self, node: Node) -> frozenset[TokenSequence]:
        match node:
            case Word():
                return self._word(node)
            case WordList():
                return self._list(node.name)
            case Gap():
                return frozenset({(node,)})
            case Maybe():
                return self._expand(node.node) | {()}
            case Choice():
                return merge(
                    sequence for alternative in node.nodes for sequence in self._expand(alternative)
                )
            case InTurn():
                return self._expand_in_turn(node)

    def _expand_in_turn(self, node: InTurn) -> frozenset[TokenSequence]:
        parts = [self._expand(part) for part in node.nodes]
        size = 1
        for part in parts:
            size *= len(part)
        if size > MOST_SEQUENCES:
            raise NotationError(
                f"it stands for {size:,} token sequences, more than {MOST_SEQUENCES:,}; "
                "write it as several patterns"
            )
        return merge(sum(pieces, ()) for pieces in product(*parts))

    def _expand_list(self, name: str) -> frozenset[TokenSequence]:
        if name not in self._lists:
            raise NotationError(f"there is no list <{name}> in _lists.csv; add it or mend the name")
        if name in self._open:
            raise NotationError(f"the list <{name}> contains itself; break the circle")
        self._open.append(name)
        try:
            return merge(
                sequence for entry in self._lists[name] for sequence in self._expand(parse(entry))
            )
        finally:
            self._open.pop()

    def _expand_word(self, word: Word) -> frozenset[TokenSequence]:
        forms = self._forms.inflections if word.inflected else self._forms.spellings
        written = set(forms(word.text))
        if word.ending:
            written |= forms(word.text + word.ending)
        sequences = (
            tuple(frozenset({token}) for token in self._tokens(cased))
            for form in written
            for spaced in _hyphen_and_apostrophe_forms(form)
            for cased in (spaced, spaced.capitalize(), spaced.upper())
        )
        return merge(sequences)


def _hyphen_and_apostrophe_forms(word: str) -> set[str]:
    hyphens = _HYPHEN_FORMS if "-" in word else ("-",)
    apostrophes = _APOSTROPHE_FORMS if "'" in word else ("'",)
    return {word.replace("-", h).replace("'", a) for h in hyphens for a in apostrophes}


def merge(sequences: Iterable[TokenSequence]) -> frozenset[TokenSequence]:
    """Join sequences that differ in one slot only: fewer sequences, the same matches.

    Parameters
    ----------
    sequences : iterable of TokenSequence
        Any sequences.
    """
    merged = set(sequences)
    for position in range(max((len(s) for s in merged), default=0)):
        groups: defaultdict[tuple[TokenSequence, TokenSequence], set[str]] = defaultdict(set)
        rest: set[TokenSequence] = set()
        for sequence in merged:
            slot = sequence[position] if position < len(sequence) else None
            if isinstance(slot, frozenset):
                groups[sequence[:position], sequence[position + 1 :]] |= slot
            else:
                rest.add(sequence)
        merged = rest | {
            (*before, frozenset(words), *after) for (before, after), words in groups.items()
        }
    return frozenset(merged)


def _sort_key(sequence: TokenSequence) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (f"..{slot.limit}",) if isinstance(slot, Gap) else tuple(sorted(slot)) for slot in sequence
    )
