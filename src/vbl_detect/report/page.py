"""The report as one HTML page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vbl_detect.report.charts import MOST_BARS, draw_categories, draw_groups, draw_months
from vbl_detect.report.listing import gravest, listing
from vbl_detect.report.months import month_name
from vbl_detect.report.runs import inputs_of
from vbl_detect.report.tally import Report
from vbl_detect.report.words import category_name, number
from vbl_detect.web.page import css_string, read_static, render_page
from vbl_detect.writers.visible import visible, without_surrogates

_HERE = Path(__file__).parent
_MOST_PROBLEMS = 100


def as_page(report: Report, *, title: str, marking: str = "", max_findings: int = 2_000) -> str:
    """Return the report as a page that needs nothing else and asks for nothing.

    Parameters
    ----------
    report : Report
        What it tells.
    title : str
        Its heading.
    marking : str
        The protective marking on every page printed; empty: none.
    max_findings : int
        Findings listed of those that count, and of those that do not; figures are of all.
    """
    style = read_static(_HERE / "static", "report.css")
    if marking:
        box = f"content: {css_string(visible(marking))}; font-size: 8pt; font-weight: 600"
        style += f"@page {{ @top-center {{ {box} }} @bottom-center {{ {box} }} }}\n"
    page = render_page(
        _HERE / "templates",
        "report.html",
        style=style,
        script=read_static(_HERE / "static", "report.js"),
        title=visible(title),
        marking=visible(marking),
        report=report,
        charts=_charts(report),
        most_bars=MOST_BARS,
        sections=listing(gravest(report.counted, max_findings), report.groupings),
        uncounted=listing(gravest(report.uncounted, max_findings), report.groupings),
        suppressed=listing(gravest(report.suppressed, max_findings), report.groupings),
        max_findings=max_findings,
        runs=[_run(file) for file in report.files],
        category_name=category_name,
        month_name=month_name,
        number=number,
        visible=visible,
    )
    return without_surrogates(page)


def _charts(report: Report) -> dict[str, Any]:
    from markupsafe import Markup  # noqa: PLC0415

    months = report.months
    drawn: dict[str, Any] = {
        "categories": draw_categories("categories", report.categories) if report.categories else "",
        "months": draw_months("months", months) if months and months.shown else "",
        "groups": [
            draw_groups(f"groups-{index}", grouping) if grouping.shown else ""
            for index, grouping in enumerate(report.groupings, start=1)
        ],
    }
    # An SVG that matplotlib and lxml made: every text in it is escaped.
    return {
        name: [Markup(svg) for svg in value] if isinstance(value, list) else Markup(value)  # noqa: S704
        for name, value in drawn.items()
    }


def _run(file: Any) -> dict[str, Any]:  # noqa: ANN401
    manifest = file.manifest or {}
    rows = [
        ("Findings", visible(file.path)),
        ("Findings' SHA-256", file.sha256),
        *(
            (label, _told(manifest[key]))
            for key, label in _TOLD.items()
            if manifest.get(key) is not None
        ),
    ]
    problems = manifest.get("problems")
    problems = [visible(str(item)) for item in problems] if isinstance(problems, list) else []
    return {
        "name": visible(file.path),
        "rows": rows,
        "known": file.manifest is not None,
        "parts": [
            (label, [(visible(str(k)), _told(v)) for k, v in manifest[key].items()])
            for key, label in _PARTS.items()
            if isinstance(manifest.get(key), dict)
        ],
        "inputs": [
            tuple(_told(item.get(key)) for key in ("path", "sha256", "bytes"))
            for item in inputs_of(file)
        ],
        "problems": problems[:_MOST_PROBLEMS],
        "more_problems": max(len(problems) - _MOST_PROBLEMS, 0),
    }


_TOLD = {
    "started": "Scan started",
    "finished": "Scan finished",
    "tool_version": "vbl-detect version",
    "python_version": "Python version",
    "platform": "Platform",
    "schema_version": "Version of the columns",
}
_PARTS = {
    "counts": "Counts",
    "lexicon": "Lexicon",
    "model": "Model",
    "settings": "Settings",
    "library_versions": "Libraries",
}


def _told(value: Any) -> str:  # noqa: ANN401
    if value is None or value in ([], {}, ""):
        return "-"
    if isinstance(value, dict):
        return ", ".join(f"{visible(str(key))} {_told(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_told(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return visible(value if isinstance(value, str) else json.dumps(value))
