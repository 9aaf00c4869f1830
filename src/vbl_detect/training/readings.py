"""What the tagger reads in fitting: notes as wordpieces with labels, plain and exchanged.

Readings can be written to a file, so that the tagger is fitted where there is a graphics card and
nothing else of the pipeline (``scripts/fit_tagger.py``).
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from vbl_detect.gold import GoldNote
from vbl_detect.training.genders import exchanged
from vbl_detect.training.gluing import in_groups
from vbl_detect.training.windows import Window, cut, encoder_tokenizer, joined, tokens_of

_KINDS = ("plain", "exchanged")


@dataclass(frozen=True, slots=True)
class Readings:
    """Notes as the tagger reads them.

    Attributes
    ----------
    plain, exchanged : list of Window
        Each note whole: as it is written, and with its women and men exchanged.
    categories : tuple of str
        The slugs, in the order of the labels.
    """

    plain: list[Window]
    exchanged: list[Window]
    categories: tuple[str, ...]

    @classmethod
    def of(cls, notes: Sequence[GoldNote], categories: Sequence[str]) -> Readings:
        """Return the readings of labelled notes."""
        tokenizer = encoder_tokenizer()
        plain = [tokens_of(note, categories, tokenizer) for note in notes]
        other = [tokens_of(exchanged(note), categories, tokenizer) for note in notes]
        return cls(plain, other, tuple(categories))

    def save(self, path: Path) -> None:
        """Write the readings to a file (``.npz``)."""
        arrays = {"categories": np.array(self.categories)}
        for kind, notes in zip(_KINDS, (self.plain, self.exchanged), strict=True):
            arrays[kind] = np.array([len(note.ids) for note in notes])
            for name, part in joined(notes)._asdict().items():
                arrays[f"{kind}_{name}"] = part
        np.savez_compressed(path, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: Path) -> Readings:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            plain, other = (_windows(stored, kind) for kind in _KINDS)
            return cls(plain, other, tuple(stored["categories"].tolist()))

    def one_pass(
        self, exchanged_share: float, long_share: float, chance: random.Random
    ) -> list[Window]:
        """Return the windows of one pass over the notes.

        Parameters
        ----------
        exchanged_share : float
            How likely a note is read with its women and men exchanged.
        long_share : float
            How likely a note is read inside a long text of several.
        chance : random.Random
            Chooses.
        """
        pairs = list(zip(self.plain, self.exchanged, strict=True))
        chance.shuffle(pairs)
        read = [pair[chance.random() < exchanged_share] for pair in pairs]
        in_long = [chance.random() < long_share for _ in read]
        alone = [note for note, taken in zip(read, in_long, strict=True) if not taken]
        together = [note for note, taken in zip(read, in_long, strict=True) if taken]
        long = map(joined, in_groups(together, chance))
        return [window for text in (*alone, *long) for window in cut(text)]


def _windows(stored: Mapping[str, npt.NDArray[Any]], kind: str) -> list[Window]:
    """Return the notes that `Readings.save` has set one after another."""
    ends = stored[kind].cumsum()[:-1]
    parts = [np.split(stored[f"{kind}_{name}"], ends) for name in Window._fields]
    return [Window(*note) for note in zip(*parts, strict=True)]
