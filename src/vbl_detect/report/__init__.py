"""The report on findings, as a page or a workbook: what an analyst hands to an inspector."""

from __future__ import annotations
