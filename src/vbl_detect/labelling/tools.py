"""The labelling tools: what writes, reads and configures each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from vbl_detect.labelling.doccano import doccano_labels, from_doccano, to_doccano
from vbl_detect.labelling.label_studio import (
    from_label_studio,
    label_studio_config,
    to_label_studio,
)
from vbl_detect.labelling.offsets import Unit
from vbl_detect.labelling.prodigy import from_prodigy, prodigy_labels, to_prodigy
from vbl_detect.labelling.records import Brought, Labelled

ToolName = Literal["doccano", "label-studio", "prodigy"]


class Writes(Protocol):
    """Writes notes in a tool's format."""

    def __call__(self, notes: Iterable[Labelled], *, prelabel: bool, unit: Unit | None) -> str:
        """Return the file's content."""


class Reads(Protocol):
    """Reads what a tool exported."""

    def __call__(self, path: Path, *, unit: Unit | None) -> Brought:
        """Return the labelled notes."""


class Configures(Protocol):
    """Writes a tool's label configuration."""

    def __call__(self, categories: Iterable[str]) -> str:
        """Return the file's content."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A labelling tool.

    Attributes
    ----------
    ending : str
        Of its tasks.
    write, read : callable
        Its tasks, and its export.
    configure : callable
        Its labels.
    config_ending : str
        Of the file with its labels.
    """

    ending: str
    write: Writes
    read: Reads
    configure: Configures
    config_ending: str


TOOLS: Mapping[ToolName, Tool] = {
    "doccano": Tool(".jsonl", to_doccano, from_doccano, doccano_labels, ".labels.json"),
    "label-studio": Tool(
        ".json", to_label_studio, from_label_studio, label_studio_config, ".labels.xml"
    ),
    "prodigy": Tool(".jsonl", to_prodigy, from_prodigy, prodigy_labels, ".labels.txt"),
}
