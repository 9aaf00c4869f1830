"""The marks as one HTML page that asks for nothing from anywhere."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from vbl_detect.report.words import category_name
from vbl_detect.results.charts import draw_categories, draw_changes
from vbl_detect.results.course import Course
from vbl_detect.results.marks import MEASURES, OF_CATEGORY
from vbl_detect.results.words import HOW_TO_READ, HOW_TO_READ_CHANGE, rewriting_in_words
from vbl_detect.rewriting_checks import LIMIT
from vbl_detect.web.page import css_string, read_static, render_page
from vbl_detect.writers.visible import visible, without_surrogates

_HERE = Path(__file__).parent
#: Wordings listed; the data formats hold all.
MOST_WORDINGS = 20


def as_page(course: Course, *, title: str, people: bool = True, marking: str = "") -> str:
    """Return the marks as a page.

    Parameters
    ----------
    course : Course
        What the answers come to.
    title : str
        The heading.
    people : bool
        Whether single people are told.
    marking : str
        The protective marking on every page printed; empty: none.
    """
    style = read_static(_HERE / "static", "results.css")
    if marking:
        box = f"content: {css_string(visible(marking))}; font-size: 8pt; font-weight: 600"
        style += f"@page {{ @top-center {{ {box} }} @bottom-center {{ {box} }} }}\n"
    page = render_page(
        _HERE / "templates",
        "results.html",
        style=style,
        script="",
        title=visible(title),
        marking=visible(marking),
        course=course,
        people=people,
        measures=MEASURES,
        of_category=OF_CATEGORY,
        # An SVG that matplotlib and lxml made: every text in it is escaped.
        charts={
            "categories": Markup(draw_categories(course.last.categories)),  # noqa: S704
            "changes": Markup(draw_changes(course.changes)),  # noqa: S704
        },
        most=MOST_WORDINGS,
        how_to_read=HOW_TO_READ,
        how_to_read_change=HOW_TO_READ_CHANGE,
        limit=LIMIT,
        rewriting_in_words=rewriting_in_words,
        category_name=category_name,
        visible=visible,
    )
    return without_surrogates(page)
