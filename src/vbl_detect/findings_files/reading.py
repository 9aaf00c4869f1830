"""A findings file whole: its findings, its hash, and the manifest of the run beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vbl_detect import files
from vbl_detect.findings_files.rows import read_rows
from vbl_detect.findings_files.values import as_finding
from vbl_detect.manifest import manifest_path
from vbl_detect.records import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsFile:
    """A file of findings.

    Attributes
    ----------
    path : str
        The file, as the user named it.
    sha256 : str
        Its hash.
    findings : sequence of Finding
        What it holds, in its order.
    manifest : mapping, optional
        The manifest beside it; None where there is none, or none that can be read.
    fault : str, optional
        What is the matter with the manifest; None: nothing.
    held : int, optional
        How many findings the file itself holds, if `findings` are not all of them.
    """

    path: str
    sha256: str
    findings: Sequence[Finding]
    manifest: Mapping[str, Any] | None = None
    fault: str | None = None
    held: int | None = None

    def count(self, name: str) -> int | None:
        """Return a count of the manifest, such as ``notes``; None if it is not there."""
        counts = (self.manifest or {}).get("counts")
        value = counts.get(name) if isinstance(counts, dict) else None
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def size(self) -> int:
        """How many findings the file itself holds."""
        return len(self.findings) if self.held is None else self.held

    def with_findings(self, findings: Sequence[Finding]) -> FindingsFile:
        """Return the same file with other findings in it, or fewer."""
        return replace(self, findings=findings, held=self.size)


def read_findings_file(path: Path) -> FindingsFile:
    """Return the findings of a file in any of the data formats, with its manifest if it is there.

    Parameters
    ----------
    path : Path
        A ``.jsonl``, ``.json``, ``.csv``, ``.xlsx`` or ``.parquet`` that ``scan -o`` wrote.

    Raises
    ------
    UsageError
        If the name's ending is none of these.
    ReaderError
        If the file, or a row of it, cannot be read.
    """
    quoted = path.suffix.lower() == ".csv"
    findings = tuple(
        as_finding(row, path=str(path), sheet=sheet, number=number, quoted=quoted)
        for sheet, number, row in read_rows(path)
    )
    manifest, fault = _manifest(manifest_path(path))
    return FindingsFile(
        path=str(path),
        sha256=files.sha256(path),
        findings=findings,
        manifest=manifest,
        fault=fault,
    )


def _manifest(path: Path) -> tuple[Mapping[str, Any] | None, str | None]:
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return None, f"the manifest {path} is not there"
    except (OSError, ValueError, RecursionError):
        return None, f"the manifest {path} cannot be read"
    if not isinstance(content, dict):
        return None, f"the manifest {path} is no manifest of a scan"
    return content, None
