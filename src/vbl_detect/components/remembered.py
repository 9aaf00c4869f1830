"""What a component knows of words, asked once for each: notes hold the same ones all the time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from spacy.strings import StringStore

_Known = TypeVar("_Known")

#: Words that are remembered; beyond it they are forgotten, so that memory stays flat.
MOST_REMEMBERED = 20_000


class Remembered(dict[int, _Known], Generic[_Known]):
    """What is known of lower-case words, by their hashes.

    Parameters
    ----------
    tell : callable
        Returns what is known of a word.
    """

    def __init__(self, tell: Callable[[str], _Known]) -> None:
        super().__init__()
        self._tell = tell
        self._strings = StringStore()

    def __missing__(self, key: int) -> _Known:
        """Remember what is known of a word that turns up for the first time."""
        known = self[key] = self._tell(self._strings[key])
        return known

    def of(self, hashes: Iterable[int], strings: StringStore) -> list[_Known]:
        """Return what is known of each word of a note.

        Parameters
        ----------
        hashes : iterable of int
            The words' hashes.
        strings : StringStore
            What gives a word by its hash.
        """
        if len(self) > MOST_REMEMBERED:
            self.clear()
        self._strings = strings
        return list(map(self.__getitem__, hashes))
