"""The manifest of a run: what it read, used, set and found, kept beside its output."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from vbl_detect import __version__, files
from vbl_detect.counts import RunCounts, summary
from vbl_detect.records import SCHEMA_VERSION

__all__ = [
    "InputFile",
    "LexiconUsed",
    "Manifest",
    "RunCounts",
    "library_versions",
    "manifest_path",
    "now",
    "summary",
    "write_manifest",
]

_LIBRARIES = (
    "spacy", "numpy", "onnxruntime", "regex", "tokenizers", "openpyxl", "pandas", "pyarrow",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """One file that was read: its path as the user named it, SHA-256 and size in bytes."""

    path: str
    sha256: str | None = None
    bytes: int | None = None

    @classmethod
    def of(cls, path: Path) -> InputFile:
        """Describe the file at `path`, reading it once for its hash, if it can be read."""
        try:
            return cls(path=str(path), sha256=files.sha256(path), bytes=path.stat().st_size)
        except OSError:  # told as a problem when it was to be read
            return cls(path=str(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconUsed:
    """The lexicon of a run: its name or path, version, SHA-256 and number of rows."""

    name: str
    version: str | None = None
    sha256: str
    rows: int


def library_versions() -> dict[str, str]:
    """Return the installed versions of the libraries that shape the output."""
    versions = {}
    for library in _LIBRARIES:
        try:
            versions[library] = version(library)
        except PackageNotFoundError:  # an optional one is left out
            continue
    return versions


def now() -> str:
    """Return the present time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything needed to tell what a run did and to repeat it.

    It is made when a run starts and serves while it goes on: `counts` and `problems` may be the
    objects the run still adds to. At the end, `dataclasses.replace` fills in `finished`.

    Attributes
    ----------
    inputs : sequence of InputFile
        What was read.
    lexicon : LexiconUsed
        The lexicon; None where the run needed none.
    model : mapping, optional
        The classifier's name, version and hashes; None where the run had none.
    settings : mapping
        The settings in force, values that JSON can hold.
    counts : RunCounts
        The totals.
    problems : sequence of str
        What could not be read, one message each.
    started, finished : str, optional
        ISO 8601 times.
    tool_version, python_version, library_versions, platform, schema_version
        What the run ran on.
    """

    inputs: Sequence[InputFile] = ()
    lexicon: LexiconUsed | None = None
    model: Mapping[str, Any] | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    counts: RunCounts = field(default_factory=RunCounts)
    problems: Sequence[str] = ()
    started: str | None = None
    finished: str | None = None
    tool_version: str = __version__
    python_version: str = field(default_factory=platform.python_version)
    library_versions: Mapping[str, str] = field(default_factory=library_versions)
    platform: str = field(default_factory=platform.platform)
    schema_version: str = SCHEMA_VERSION

    def as_dict(self) -> dict[str, Any]:
        """Return the manifest as values that JSON can hold."""
        return {
            "counts": self.counts.as_dict(),
            "finished": self.finished,
            "inputs": [_fields(file) for file in self.inputs],
            "lexicon": None if self.lexicon is None else _fields(self.lexicon),
            "library_versions": dict(self.library_versions),
            "model": None if self.model is None else dict(self.model),
            "platform": self.platform,
            "problems": list(self.problems),
            "python_version": self.python_version,
            "schema_version": self.schema_version,
            "settings": dict(self.settings),
            "started": self.started,
            "tool_version": self.tool_version,
        }


def _fields(record: InputFile | LexiconUsed) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def manifest_path(output: Path) -> Path:
    """Return where the manifest of ``findings.xlsx`` goes: ``findings.xlsx.manifest.json``.

    Parameters
    ----------
    output : Path
        The file the findings are written to.
    """
    return output.with_name(f"{output.name}{files.MANIFEST_ENDING}")


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write the manifest as JSON with sorted keys, whole or not at all.

    Parameters
    ----------
    manifest : Manifest
        What to write.
    path : Path
        Where, see `manifest_path`.
    """
    # A setting such as a Path is written as its text rather than refused at the end of a long run.
    text = json.dumps(manifest.as_dict(), ensure_ascii=False, indent=2, sort_keys=True, default=str)
    with files.replacing(path) as temporary:
        temporary.write_bytes(text.encode("utf-8", errors="replace") + b"\n")
