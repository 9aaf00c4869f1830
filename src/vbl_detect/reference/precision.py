"""How often each row and each category is right, as ``make rules`` measured it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vbl_detect.errors import IntegrityError
from vbl_detect.integrity import read_sealed

MEASURED_FILE = "precision.json"
#: Of fewer findings no share is told.
FEWEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many, with the 95 % interval of the share after Wilson (1927)."""

    right: int
    of: int
    low: float
    high: float

    @property
    def enough(self) -> bool:
        """Whether there are enough to tell a share."""
        return self.of >= FEWEST

    def __str__(self) -> str:
        """Return the share as ``0.86 (0.60-0.96), n 14``, or that there are too few."""
        if not self.enough:
            return f"too few (n {self.of})"
        return f"{self.right / self.of:.2f} ({self.low:.2f}-{self.high:.2f}), n {self.of}"

    def as_dict(self) -> dict[str, Any]:
        """Return the share as values that JSON can hold; null where there are too few."""
        value, low, high = (
            (round(self.right / self.of, 4), self.low, self.high)
            if self.enough
            else (None, None, None)
        )
        return {"right": self.right, "of": self.of, "value": value, "low": low, "high": high}


NONE = Share(right=0, of=0, low=0.0, high=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured on labelled notes that the classifier's screen and tagger never saw.

    Attributes
    ----------
    notes : int
        How many notes.
    precision : mapping of str to Share
        By code: of the findings that count, those that careful readers counted too.
    category_precision, recall : mapping of str to Share
        By category's slug: the same; and of the wording that careful readers counted, what drew
        a finding that counts.
    """

    notes: int
    precision: Mapping[str, Share]
    category_precision: Mapping[str, Share]
    recall: Mapping[str, Share]


def read_measured(path: Path) -> Measured:
    """Read what ``make rules`` measured.

    Parameters
    ----------
    path : Path
        Its `MEASURED_FILE`.

    Raises
    ------
    IntegrityError
        If it cannot be read, or was changed since it was written.
    """
    try:
        content = read_sealed(path)
        return Measured(
            notes=content["notes"],
            precision=_shares(content["by_code"]),
            category_precision=_shares(content["by_category"]),
            recall=_shares(content["recall"]),
        )
    except (KeyError, TypeError) as error:
        message = f"{path}: the measured figures cannot be read; install vbl-detect again"
        raise IntegrityError(message) from error


def _shares(figures: Mapping[str, Mapping[str, Any]]) -> dict[str, Share]:
    return {name: Share(**figure) for name, figure in figures.items()}
