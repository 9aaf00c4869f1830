"""The report as a workbook with charts of Excel's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from vbl_detect.records import SEVERITIES, Finding
from vbl_detect.report.groups import SMALLER_GROUP, Grouping
from vbl_detect.report.months import month_name
from vbl_detect.report.runs import inputs_of
from vbl_detect.report.shares import Share
from vbl_detect.report.tally import Report, Tally, group_of
from vbl_detect.report.words import category_name
from vbl_detect.writers import RunInfo
from vbl_detect.writers.cells import SheetCells
from vbl_detect.writers.values import Plain, flat_row, plain
from vbl_detect.writers.workbook import FindingRows, discard, save

#: A style of `vbl_detect.writers.cells`, and the values of a row.
_Row = tuple[str, Sequence[Plain]]

_HIDDEN = "hidden"
_SHARE = ("Share of notes", "from (95 %)", "to (95 %)")
_EMPTY: _Row = ("plain", ())
_CHART_WIDTH, _CHART_HEIGHT, _BAR_HEIGHT = 20, 7, 0.75
_A4 = 9  # Source: ECMA-376, ST_PaperSize
_COLOURS = {"high": "163B6D", "medium": "5583BD", "low": "AAC3E0"}


def write_workbook(report: Report, path: Path, *, title: str, marking: str = "") -> None:
    """Write the report into the file at `path`, in place.

    Parameters
    ----------
    report : Report
        What it tells.
    path : Path
        The file.
    title : str
        The heading.
    marking : str
        The protective marking at head and foot of every page printed; empty: none.
    """
    book = Workbook(write_only=True)
    try:
        _write(_sheet(book, "Summary", (52, 16, 16, 16)), _summary(report, title))
        if report.categories:
            _category_sheet(book, report)
        if report.months is not None:
            _group_sheet(book, "By month", "Month", _months(report.months))
        for number, grouping in enumerate(report.groupings, start=1):
            name = "By column" if len(report.groupings) == 1 else f"By column {number}"
            _group_sheet(book, name, grouping.title, _groups(grouping))
        _write(_sheet(book, "Wordings", (44, 24, 12, 12, 14, 12, 12)), _wordings(report))
        _finding_sheets(book, report)
        _write(_sheet(book, "About", (34, 70, 16)), _about(report))
        for sheet in book.worksheets:
            _set_up_page(sheet, marking)
        save(book, path)
    except BaseException:
        discard(book)
        raise


def _summary(report: Report, title: str) -> Iterable[_Row]:
    word = report.finding_word
    yield "title", [title]
    yield _EMPTY
    if report.chosen:
        yield "header", ["This report is of chosen findings"]
        for sentence in report.chosen:
            yield "wrapped", [sentence]
        yield _EMPTY
    yield "header", ["In brief", "Number", *_SHARE[1:]]
    yield "plain", ["Notes read", "not known" if report.notes_read is None else report.notes_read]
    yield "plain", [f"Notes with {word}s that count", report.notes_with_findings]
    if report.share is not None:
        yield "share", [f"Share of notes with {word}s that count", *_share(report.share)]
    yield "plain", [f"{word.capitalize()}s that count", len(report.counted)]
    for severity, count in report.severities.items():
        yield severity, [severity, count]
    yield _EMPTY
    yield "header", ["Found, and not counted", "Number"]
    for name, count in report.contexts.items():
        yield "plain", [name, count]
    yield "plain", ["accepted by a reader (suppressed)", len(report.suppressed)]
    yield _EMPTY
    yield "header", ["How to read this"]
    for line in _HOW_TO_READ:
        yield "wrapped", [line.format(min_n=report.min_n)]
    if report.remarks:
        yield _EMPTY
        yield "header", ["Remarks"]
        for remark in report.remarks:
            yield "wrapped", [remark]


_HOW_TO_READ = (
    "A program found this wording; it makes mistakes, and misses some. Each finding is for a "
    "person to read in its note before anything rests on it.",
    "It must not be used to judge or rank the people who wrote the notes.",
    "Intervals are 95 % Wilson intervals over notes; they do not cover the program's own mistakes.",
    "Groups with fewer than {min_n} notes with findings are hidden, with the next smallest where a "
    "figure could otherwise be reckoned from the total.",
    "By month and by column these are counts: how many notes were read in each group is not known.",
)


def _category_sheet(book: Workbook, report: Report) -> None:
    header = ["Category", *SEVERITIES, "All", "Notes", *_SHARE]
    sheet = _sheet(book, "By category", (28, 10, 10, 10, 10, 10, 14, 12, 12))
    rows: list[list[Plain]] = [
        [category_name(t.name), *t.severities.values(), t.findings, t.notes]
        for t in report.categories
    ]
    cells = SheetCells(sheet)
    sheet.append(_cells(cells, "header", header))
    for tally, row in zip(report.categories, rows, strict=True):
        sheet.append(_cells(cells, "plain", row) + _share_cells(cells, tally, len(row)))
    chart = _chart(sheet, "Findings that count, by category", len(rows), columns=range(2, 5))
    chart.grouping, chart.overlap = "stacked", 100
    for series, severity in zip(chart.series, SEVERITIES, strict=True):
        series.graphicalProperties.solidFill = _COLOURS[severity]
    sheet.add_chart(chart, f"A{len(rows) + 4}")


def _months(months: Grouping) -> list[list[Plain]]:
    return [
        [month_name(month.name), _HIDDEN, _HIDDEN]
        if month.name in months.hidden
        else [month_name(month.name), month.findings, month.notes]
        for month in months.shown
    ]


def _groups(grouping: Grouping) -> list[list[Plain]]:
    groups = [*grouping.shown, *([grouping.others] if grouping.others else [])]
    return [[group.name, group.findings, group.notes] for group in groups]


def _group_sheet(book: Workbook, name: str, title: str, rows: list[list[Plain]]) -> None:
    sheet = _sheet(book, name, (34, 12, 20))
    _write(sheet, [("header", [title, "Findings", "Notes with findings"])])
    _write(sheet, [("plain", row) for row in rows])
    if not rows:
        return
    chart = _chart(sheet, f"Findings that count, by {title}", len(rows), columns=range(2, 3))
    chart.legend = None
    chart.series[0].graphicalProperties.solidFill = _COLOURS["high"]
    if name == "By month":
        chart.type = "col"
        chart.x_axis.scaling.orientation = "minMax"
        chart.height = _CHART_HEIGHT
    sheet.add_chart(chart, "E2")


def _chart(sheet: Any, title: str, rows: int, *, columns: range) -> BarChart:  # noqa: ANN401
    chart = BarChart()
    chart.type = "bar"
    chart.title = title
    chart.style = 10
    data = Reference(
        sheet, min_col=columns.start, max_col=columns.stop - 1, min_row=1, max_row=rows + 1
    )
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=rows + 1))
    chart.x_axis.scaling.orientation = "maxMin"  # the first row on top, as in the table
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.title = "Findings"
    chart.y_axis.numFmt = "0"
    chart.gapWidth = 50
    chart.width, chart.height = _CHART_WIDTH, max(_CHART_HEIGHT, _BAR_HEIGHT * (rows + 4))
    return chart


def _wordings(report: Report) -> Iterable[_Row]:
    yield "header", ["Wording", "Category", "Findings", "Notes", *_SHARE]
    for tally in report.wordings:
        category = category_name(tally.category)
        row: list[Plain] = [tally.name, category, tally.findings, tally.notes]
        yield "shares", [*row, *([] if tally.share is None else _share(tally.share))]


def _finding_sheets(book: Workbook, report: Report) -> None:
    run = RunInfo(keep_columns=tuple(grouping.title for grouping in report.groupings))
    for title, findings in (
        ("Findings", report.counted),
        ("Not counted", report.uncounted),
        ("Accepted by a reader", report.suppressed),
    ):
        rows = FindingRows(book, title, run.columns)
        for finding in findings:
            rows.append(flat_row(_without_small_groups(finding, report.groupings), run))
        rows.finish()


def _without_small_groups(finding: Finding, groupings: Sequence[Grouping]) -> Finding:
    """Return a finding that tells no more of its groups than the tables do."""
    meta = {}
    for grouping in groupings:
        name = group_of(finding, grouping.title)
        shown = any(name == group.name for group in grouping.shown)
        meta[grouping.title] = name if shown else SMALLER_GROUP
    return replace(finding, meta=meta)


def _about(report: Report) -> Iterable[_Row]:
    yield "title", ["About this report"]
    for file in report.files:
        yield _EMPTY
        yield "header", ["Findings", file.path]
        yield "plain", ["SHA-256", file.sha256]
        if file.manifest is None:
            yield "plain", ["Manifest", "not there: inputs and settings are not known"]
            continue
        for name, value in sorted(file.manifest.items()):
            if isinstance(value, dict):
                for key, item in sorted(value.items()):
                    yield "wrapped", [f"{name} {key}".replace("_", " "), plain(item)]
            elif name not in {"inputs", "problems"}:
                yield "wrapped", [name.replace("_", " "), plain(value)]
        for item in inputs_of(file):
            yield "wrapped", ["scanned", plain(item.get("path")), plain(item.get("bytes"))]
            yield "wrapped", ["its SHA-256", plain(item.get("sha256"))]
        problems = file.manifest.get("problems")
        for problem in problems if isinstance(problems, list) else []:
            yield "wrapped", ["could not be read", plain(problem)]


def _share(share: Share) -> list[Plain]:
    return [share.value, share.low, share.high]


def _share_cells(cells: SheetCells, tally: Tally, before: int) -> list[Any]:
    if tally.share is None:
        return []
    return [
        cells.cell(f"share {before + place}", value, "share")
        for place, value in enumerate(_share(tally.share))
    ]


def _sheet(book: Workbook, title: str, widths: Sequence[int]) -> Any:  # noqa: ANN401
    sheet: Any = book.create_sheet(title)
    # Such a sheet writes this with its first row.
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    return sheet


def _write(sheet: Any, rows: Iterable[_Row]) -> None:  # noqa: ANN401
    cells = SheetCells(sheet)
    for style, values in rows:
        sheet.append(_cells(cells, style, values))


def _cells(cells: SheetCells, style: str, values: Sequence[Plain]) -> list[Any]:
    """Return the cells of a row; in a row of ``shares``, what is no whole number is one."""
    return [
        cells.cell(
            str(place),
            value,
            style if style != "shares" else "share" if isinstance(value, float) else "plain",
        )
        for place, value in enumerate(values)
    ]


def _set_up_page(sheet: Any, marking: str) -> None:  # noqa: ANN401
    header = sheet.HeaderFooter
    for part in (header.oddHeader, header.oddFooter):
        # "&" begins a code there; doubled it is itself.
        part.center.text = marking.replace("&", "&&") or None
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
