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

#: A pattern that needs more sequences than this, or more tokens in all of them, is several
#: patterns in one.
MOST_SEQUENCES = 4_000
MOST_TOKENS = 200_000

_TOO_MANY = (
    f"it stands for more than {MOST_SEQUENCES:,} token sequences, or for very long ones; write it "
    "as several patterns"
)

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
        self._tokenize = tokenize
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
            begin or end in a gap, or stands for more than `MOST_SEQUENCES` sequences or
            `MOST_TOKENS` tokens.
        """
        node = parse(pattern)
        self.refuse_unanchored(node)
        return tuple(sorted(self.sequences(node), key=_sort_key))

    def refuse_unanchored(self, node: Node) -> None:
        """Refuse a pattern that can be empty, or begin or end in a gap.

        Parameters
        ----------
        node : Node
            The parsed pattern.

        Raises
        ------
        NotationError
            If it is such a pattern.
        """
        if self._may_be_empty(node):
            raise NotationError("every part of it is optional; one word must be required")
        if self._gap_at_edge(node, 1) or self._gap_at_edge(node, -1):
            raise NotationError("a gap (..) cannot stand first or last; put a word beyond it")

    def _may_be_empty(self, node: Node) -> bool:
        match node:
            case Maybe() | Gap():
                return True
            case Choice():
                return any(map(self._may_be_empty, node.nodes))
            case InTurn():
                return all(map(self._may_be_empty, node.nodes))
            case Word() | WordList():
                return False

    def _gap_at_edge(self, node: Node, step: int) -> bool:
        """Tell whether a gap can come first (`step` 1) or last (`step` -1)."""
        match node:
            case Gap():
                return True
            case Maybe():
                return self._gap_at_edge(node.node, step)
            case Choice():
                return any(self._gap_at_edge(option, step) for option in node.nodes)
            case InTurn():
                for part in node.nodes[::step]:
                    if self._gap_at_edge(part, step):
                        return True
                    if not self._may_be_empty(part):
                        return False
        return False

    def sequences(self, node: Node) -> frozenset[TokenSequence]:
        """Return the token sequences that a parsed pattern, or a part of one, stands for.

        Parameters
        ----------
        node : Node
            The parsed pattern.
        """
        match node:
            case Word():
                return self._word(node)
            case WordList():
                return self._list(node.name)
            case Gap():
                return frozenset({(node,)})
            case Maybe():
                return self.sequences(node.node) | {()}
            case Choice():
                return merge(
                    sequence
                    for alternative in node.nodes
                    for sequence in self.sequences(alternative)
                )
            case InTurn():
                return self._expand_in_turn(node)

    def _expand_in_turn(self, node: InTurn) -> frozenset[TokenSequence]:
        parts = [self.sequences(part) for part in node.nodes]
        size = tokens = 1
        for part in parts:
            longest = max(map(len, part), default=0)
            size, tokens = size * len(part), tokens + longest
            if size > MOST_SEQUENCES or size * tokens > MOST_TOKENS:
                raise NotationError(_TOO_MANY)
        # Its parts are merged already; merging what they make takes three times as long as all else
        # and joins one sequence in ten.
        return frozenset(sum(pieces, ()) for pieces in product(*parts))

    def _expand_list(self, name: str) -> frozenset[TokenSequence]:
        if name not in self._lists:
            raise NotationError(f"there is no list <{name}> in _lists.csv; add it or mend the name")
        if name in self._open:
            raise NotationError(f"the list <{name}> contains itself; break the circle")
        self._open.append(name)
        try:
            return merge(
                sequence for entry in self._lists[name] for sequence in self.sequences(parse(entry))
            )
        finally:
            self._open.pop()

    def _expand_word(self, word: Word) -> frozenset[TokenSequence]:
        forms = self._forms.inflections if word.inflected else self._forms.spellings
        written = set(forms(word.text))
        if word.ending:
            written |= forms(word.text + word.ending)
        tokens = {
            tuple(token.lower() for token in self._tokenize(cased))
            for form in written
            for spaced in _hyphen_and_apostrophe_forms(form)
            for cased in (spaced, spaced.capitalize(), spaced.upper())
        }
        return merge(tuple(frozenset({token}) for token in row) for row in tokens)


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

    Raises
    ------
    NotationError
        If there are more than `MOST_SEQUENCES` of them, or more than `MOST_TOKENS` in them.
    """
    merged: set[TokenSequence] = set()
    tokens = 0
    for sequence in sequences:
        merged.add(sequence)
        tokens += len(sequence)
        if len(merged) > MOST_SEQUENCES or tokens > MOST_TOKENS:
            raise NotationError(_TOO_MANY)
    if len(merged) == 1:
        return frozenset(merged)
    words = [s[0] for s in merged if len(s) == 1 and isinstance(s[0], frozenset)]
    if len(words) == len(merged):  # the common case: nothing but single words
        return frozenset({(frozenset[str]().union(*words),)})
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
