"""The records of a dip sample: its strata, its design, and what was answered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: Version of the design as a workbook keeps it.
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """Notes that are drawn from together.

    Attributes
    ----------
    flagged : bool, optional
        Whether the tool found something that counts in them; None where that is not known.
    values : tuple of str
        The values of the columns the draw is by.
    notes : int
        How many notes there are in it.
    drawn : int
        How many of them are in the sample.
    """

    flagged: bool | None
    values: tuple[str, ...] = ()
    notes: int
    drawn: int = 0

    @property
    def name(self) -> str:
        """What people call it: ``North, flagged``."""
        verdict = {True: "flagged", False: "not flagged", None: ""}[self.flagged]
        return ", ".join(part for part in (*self.values, verdict) if part) or "all notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How a sample was drawn: all that its estimates need besides the answers.

    Attributes
    ----------
    strata : sequence of Stratum
        All strata, also those of which nothing was drawn.
    items : sequence of (int, str)
        Of each note in the sample, in the order of its number, the stratum's index and what the
        workbook shows as its reference.
    by : tuple of str
        The columns the strata are by.
    seed : int
        What decided the draw.
    inputs : sequence of (str, str)
        Each file that was drawn from, and its SHA-256.
    findings : tuple of (str, str), optional
        The findings file that tells flagged notes, and its SHA-256.
    """

    strata: Sequence[Stratum]
    items: Sequence[tuple[int, str]]
    by: tuple[str, ...] = ()
    seed: int = 1
    inputs: Sequence[tuple[str, str]] = ()
    findings: tuple[str, str] | None = None

    @property
    def sample_id(self) -> str:
        """12 hex digits that tell this draw from every other."""
        return hashlib.sha256(_content(self).encode("ascii")).hexdigest()[:12]

    @property
    def notes(self) -> int:
        """How many notes were drawn from."""
        return sum(stratum.notes for stratum in self.strata)

    def dumps(self) -> str:
        """Return the design as text in ASCII, from which `loads` makes it again."""
        return _content(self)


def _content(design: Design) -> str:
    content = {
        "by": design.by,
        "findings": design.findings,
        "format": FORMAT,
        "inputs": design.inputs,
        "items": design.items,
        "seed": design.seed,
        "strata": [[s.flagged, s.values, s.notes, s.drawn] for s in design.strata],
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def loads(text: str) -> Design:
    """Return the design in a text that `Design.dumps` made.

    Parameters
    ----------
    text : str
        The text.

    Raises
    ------
    ValueError
        If it holds no design of this format.
    """
    content: dict[str, Any] = json.loads(text)
    try:
        if content["format"] != FORMAT:
            raise ValueError("another format")
        findings = content["findings"]
        return Design(
            strata=[
                Stratum(flagged=flagged, values=tuple(values), notes=int(notes), drawn=int(drawn))
                for flagged, values, notes, drawn in content["strata"]
            ],
            items=[(int(stratum), str(reference)) for stratum, reference in content["items"]],
            by=tuple(content["by"]),
            seed=int(content["seed"]),
            inputs=[(str(path), str(digest)) for path, digest in content["inputs"]],
            findings=None if findings is None else (str(findings[0]), str(findings[1])),
        )
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("no design") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What readers said of a stratum's drawn notes: how many of each answer, and none."""

    yes: int = 0
    no: int = 0
    unsure: int = 0
    blank: int = 0

    @property
    def decided(self) -> int:
        """How many were answered yes or no."""
        return self.yes + self.no
