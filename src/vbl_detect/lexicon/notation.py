r"""The pattern notation of the lexicon: what a person writes in a spreadsheet cell, parsed.

==================  =========================================================================
``word``            the word in any case, with its listed misspellings and American spelling
``~word``           every inflection of a verb: ``~put`` is put, puts, putting
``choice(s)``       an optional ending, written on to the word
``(very)``          an optional word or words, set apart; ``(so/too)`` an optional choice
``[poor/bad]``      one of several; each may be more than one word
``~[put/place]``    one of several verbs, every inflection of each
``risk-taking``     with a hyphen, with a space, or as one word
``won't``           with a straight, a curly or no apostrophe
``b\/f``            a slash that belongs to the word
``<self>``          a word list of ``_lists.csv``
``..``              a gap of up to three words; ``..5`` up to five
==================  =========================================================================

`parse` turns one pattern into a tree of `Word`, `WordList`, `Gap`, `Maybe`, `Choice` and
`InTurn`; `vbl_detect.lexicon.expansion` turns the tree into token sequences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

#: Words a gap may hold when no number is given, and the most it may hold at all: beyond that the
#: two ends of a pattern no longer belong to one clause.
DEFAULT_GAP = 3
LARGEST_GAP = 8
#: Characters of a pattern, and brackets within brackets.
LONGEST = 4_000
DEEPEST = 40

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})
_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<gap>\.\.(?P<limit>\d*))
  | (?P<list><(?P<name>[a-z][a-z0-9-]*)>)
  | (?P<mark>[~\[\]()/])
  | (?P<word>'?[^\W_]+(?:(?:['-]|\\/)[^\W_]+)*'?)
    """,
    re.VERBOSE,
)
_ENDING = re.compile(r"\(('?[^\W_]+)\)")


class NotationError(ValueError):
    """A pattern that does not follow the notation; the message says what and at which character."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, all its inflections if `inflected`, with an optional `ending`."""

    text: str
    inflected: bool = False
    ending: str = ""


@dataclass(frozen=True, slots=True)
class WordList:
    """A named list of ``_lists.csv``."""

    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `limit` words of any kind, within the sentence."""

    limit: int


@dataclass(frozen=True, slots=True)
class Maybe:
    """Something that may be left out."""

    node: Node


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class InTurn:
    """One after the other."""

    nodes: tuple[Node, ...]


Node: TypeAlias = Word | WordList | Gap | Maybe | Choice | InTurn


def split_cell(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several values, written apart by ``|`` or on lines of their own.

    Parameters
    ----------
    cell : str
        The cell's text.

    Returns
    -------
    tuple of str
        The values, trimmed, without empty ones.
    """
    return tuple(part for piece in re.split(r"[|\n]", cell) if (part := piece.strip()))


def parse(pattern: str) -> Node:
    """Parse one pattern.

    Parameters
    ----------
    pattern : str
        A pattern in the notation of this module.

    Returns
    -------
    Node
        The tree.

    Raises
    ------
    NotationError
        If the pattern does not follow the notation.
    """
    if len(pattern) > LONGEST:
        raise NotationError(
            f"it is {len(pattern):,} characters long, more than {LONGEST:,}; write it as several "
            "patterns"
        )
    depth = deepest = 0
    for character in pattern:
        depth += (character in "([") - (character in ")]")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise NotationError(f"brackets stand within each other more than {DEEPEST} deep")
    parser = _Parser(pattern.translate(_APOSTROPHES).lower())
    return parser.sequence(closing="")


class _Parser:
    """Recursive descent over one pattern; `position` points at the next unread character."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.position = 0

    def sequence(self, closing: str) -> Node:
        nodes: list[Node] = []
        while (match := self._peek()) is not None:
            mark = match["mark"]
            if mark and mark in closing:
                break
            if match["space"]:
                self.position = match.end()
            else:
                nodes.append(self._element(match))
        if not nodes:
            raise self._error("there is nothing to match here; write a word")
        return nodes[0] if len(nodes) == 1 else InTurn(tuple(nodes))

    def _element(self, match: re.Match[str]) -> Node:
        self.position = match.end()
        if match["gap"]:
            limit = int(match["limit"] or DEFAULT_GAP)
            if not 1 <= limit <= LARGEST_GAP:
                raise self._error(f"a gap may hold 1 to {LARGEST_GAP} words, not {limit}")
            return Gap(limit)
        if match["list"]:
            return WordList(match["name"])
        if match["word"]:
            return Word(match["word"].replace("\\/", "/"), ending=self._ending())
        return self._marked(match["mark"])

    def _marked(self, mark: str) -> Node:
        if mark == "[":
            return self._choice("]")
        if mark == "(":
            return Maybe(self._choice(")"))
        if mark == "~":
            match = self._peek()
            if match is not None and match["word"]:
                self.position = match.end()
                return Word(match["word"], inflected=True)
            if match is not None and match["mark"] == "[":
                self.position = match.end()
                return _inflected(self._choice("]"))
            raise self._error("~ stands directly before a verb or a [choice] of verbs")
        raise self._error(f"{mark!r} has no opening bracket; write [one/two] for a choice")

    def _choice(self, closing: str) -> Choice:
        nodes = [self.sequence(closing="/" + closing)]
        while self._take("/"):
            nodes.append(self.sequence(closing="/" + closing))
        self._expect(closing)
        return Choice(tuple(nodes))

    def _ending(self) -> str:
        """Read an optional ending written on to the word just read, as in ``choice(s)``."""
        if not self.pattern.startswith("(", self.position):
            return ""
        match = _ENDING.match(self.pattern, self.position)
        if match is None:
            return ""
        self.position = match.end()
        return match[1]

    def _peek(self) -> re.Match[str] | None:
        if self.position == len(self.pattern):
            return None
        match = _TOKEN.match(self.pattern, self.position)
        if match is None:
            character = self.pattern[self.position]
            raise self._error(f"{character!r} has no meaning in the notation; leave it out")
        return match

    def _take(self, mark: str) -> bool:
        taken = self.pattern.startswith(mark, self.position)
        self.position += taken
        return taken

    def _expect(self, mark: str) -> None:
        if not self._take(mark):
            raise self._error(f"a closing {mark!r} is missing")

    def _error(self, message: str) -> NotationError:
        return NotationError(f"character {self.position + 1} of {self.pattern!r}: {message}")


def _inflected(choice: Choice) -> Choice:
    """Mark the first word of each alternative as inflected."""
    return Choice(tuple(_inflect_first(node) for node in choice.nodes))


def _inflect_first(node: Node) -> Node:
    match node:
        case Word():
            return Word(node.text, inflected=True, ending=node.ending)
        case InTurn():
            return InTurn((_inflect_first(node.nodes[0]), *node.nodes[1:]))
        case Choice():
            return _inflected(node)
    raise NotationError("~ before a [choice] needs every alternative to begin with a verb")
