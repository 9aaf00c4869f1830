"""Findings read back from the files that a scan wrote, with the manifests beside them."""

from __future__ import annotations

from vbl_detect.findings_files.reading import FindingsFile, read_findings_file

__all__ = ["FindingsFile", "read_findings_file"]
