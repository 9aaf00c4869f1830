"""What is wrong with a lexicon, as ``file:line: message``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in a lexicon file.

    Attributes
    ----------
    path : str
        The file.
    line : int
        The line the row starts on, from 1.
    message : str
        What is wrong and what to do.
    """

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return the fault as ``file:line: message``."""
        return f"{self.path}:{self.line}: {self.message}"
