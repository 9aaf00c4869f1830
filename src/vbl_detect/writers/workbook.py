"""The format `xlsx`: a workbook with the sheets Summary, Findings, In context, About this run."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from vbl_detect.records import Finding
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.cells import SheetCells
from vbl_detect.writers.values import Plain, flat_row
from vbl_detect.writers.workbook_pages import PAGE_WIDTHS, Row, about_rows, summary_rows

#: Rows of findings a sheet takes below its header. Source: Excel specifications and limits.
ROWS_PER_SHEET = 1_048_575

# Earliest time a zip archive can hold: the same findings always give the same bytes, and the time
# of the run stands in its manifest.
_EPOCH = (1980, 1, 1, 0, 0, 0)

_WIDTHS = {
    "schema_version": 9, "finding_id": 19, "code": 8, "term": 26, "category": 22, "severity": 10,
    "score": 8, "detector": 11, "context": 13, "cue": 16, "counted": 9, "path": 30, "sheet": 14,
    "row": 8, "record_id": 16, "column": 16, "paragraph": 11, "start": 8, "end": 8, "line": 7,
    "col": 7, "phrase": 34, "sentence": 70, "why": 50, "suggestion": 50, "source": 34,
    "suppressed": 24,
}  # fmt: skip
_KEPT_WIDTH = 18


def write(findings: Iterable[Finding], path: Path, run: RunInfo) -> None:
    """Write the workbook; findings that count on one sheet, all others on the next.

    Rows go to temporary files, readable by their owner only, as they come; memory stays flat.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    path : Path
        The file to write, in place.
    run : RunInfo
        The kept columns, the counts, and what stands on "About this run".
    """
    book = Workbook(write_only=True)
    try:
        summary = book.create_sheet("Summary")
        counted = FindingRows(book, "Findings", run.columns)
        in_context = FindingRows(book, "In context", run.columns)
        about = book.create_sheet("About this run")
        for finding in findings:
            rows = counted if finding.counted else in_context
            rows.append(flat_row(finding, run))
        counted.finish()
        in_context.finish()
        _write_page(summary, summary_rows(run))
        _write_page(about, about_rows(run))
        save(book, path)
    except BaseException:
        discard(book)
        raise


class FindingRows:
    """Rows of findings on one sheet, and on further ones once it is full.

    Parameters
    ----------
    book : Workbook
        A write-only workbook.
    title : str
        The sheet's name.
    columns : tuple of str
        The columns.
    """

    def __init__(self, book: Workbook, title: str, columns: tuple[str, ...]) -> None:
        self._book = book
        self._title = title
        self._columns = columns
        self._sheets = 0
        self._open_sheet(None)

    def append(self, row: Mapping[str, Plain]) -> None:
        """Write a row."""
        if self._rows == ROWS_PER_SHEET:
            self.finish()
            self._open_sheet(self._book.index(self._sheet) + 1)
        self._sheet.append([self._cells.finding_cell(name, row[name]) for name in self._columns])
        self._rows += 1

    def finish(self) -> None:
        """Let the columns be filtered."""
        last = get_column_letter(len(self._columns))
        self._sheet.auto_filter.ref = f"A1:{last}{self._rows + 1}"

    def _open_sheet(self, position: int | None) -> None:
        self._sheets += 1
        title = self._title if self._sheets == 1 else f"{self._title} ({self._sheets})"
        # The stubs know only sheets that are held in memory.
        self._sheet: Any = self._book.create_sheet(title, position)
        self._sheet.freeze_panes = "A2"
        for index, name in enumerate(self._columns, start=1):
            width = _WIDTHS.get(name, _KEPT_WIDTH)
            self._sheet.column_dimensions[get_column_letter(index)].width = width
        self._cells = SheetCells(self._sheet)
        self._sheet.append([self._cells.cell(name, name, "header") for name in self._columns])
        self._rows = 0


def _write_page(sheet: Any, rows: Iterable[Row]) -> None:  # noqa: ANN401
    for index, width in enumerate(PAGE_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    cells = SheetCells(sheet)
    for style, values in rows:
        sheet.append([cells.cell(str(index), value, style) for index, value in enumerate(values)])


def save(book: Workbook, path: Path) -> None:
    """Write a workbook into a file, the same bytes for the same content.

    Parameters
    ----------
    book : Workbook
        The workbook; it cannot be written to afterwards.
    path : Path
        The file to write, in place.
    """
    book.properties.creator = "vbl-detect"
    book.properties.created = book.properties.modified = datetime(*_EPOCH)
    with _TimelessZip(path, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()


def discard(book: Workbook) -> None:
    """Remove the temporary files of a workbook that is not to be."""
    for sheet in book.worksheets:
        writer = getattr(sheet, "_writer", None)
        if writer is None:  # nothing was written to it, so there is no file
            continue
        with suppress(Exception):  # an interrupted row cannot be closed
            sheet.close()
        with suppress(OSError, ValueError):  # openpyxl tries again when the program ends
            writer.cleanup()


class _TimelessZip(ZipFile):
    """A zip archive whose entries all bear the same time."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,  # noqa: ANN401
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add `data` under a name."""
        entry = _entry(str(zinfo_or_arcname))
        super().writestr(entry, data, compress_type, compresslevel)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """Add a file's content under a name."""
        source = Path(filename)
        entry = _entry(str(arcname))
        entry.file_size = source.stat().st_size  # tells whether the entry needs 64-bit sizes
        with source.open("rb") as content, self.open(entry, "w") as target:
            shutil.copyfileobj(content, target)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry
