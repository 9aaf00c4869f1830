"""The charts of the report's page, drawn by matplotlib; the page's style gives the colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vbl_detect.records import SEVERITIES
from vbl_detect.report.groups import Grouping
from vbl_detect.report.months import month_name
from vbl_detect.report.tally import Tally
from vbl_detect.report.words import category_name
from vbl_detect.web.drawing import BARS, INK, MUTED, draw
from vbl_detect.writers.visible import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Bars of a chart by a column; the table holds all groups.
MOST_BARS = 20
_LONGEST_NAME = 36
_BARS = dict(zip(SEVERITIES, BARS, strict=True))


def draw_categories(name: str, tallies: Sequence[Tally]) -> str:
    """Return the chart of findings by category and severity as an ``<svg>``.

    Parameters
    ----------
    name : str
        Unique on the page.
    tallies : sequence of Tally
        The categories.
    """
    names = [category_name(tally.name) for tally in tallies]
    severities = [
        severity for severity in SEVERITIES if any(t.severities[severity] for t in tallies)
    ]

    def plot(axes: Axes) -> None:
        left = [0] * len(tallies)
        for severity in severities:
            widths = [tally.severities[severity] for tally in tallies]
            places = range(len(tallies))
            axes.barh(places, widths, left=left, color=_BARS[severity], label=severity, height=0.66)
            left = [a + b for a, b in zip(left, widths, strict=True)]
        _finish_rows(axes, names, left)
        if len(severities) > 1:
            axes.legend(
                frameon=False, loc="lower right", ncols=len(severities), title="Severity",
                bbox_to_anchor=(1, 1), borderaxespad=0,
            )  # fmt: skip

    alternative = f"Bar chart of findings by category and severity; {_largest(names, tallies)}"
    return draw(name, alternative, plot, rows=len(tallies) + 2)


def draw_groups(name: str, grouping: Grouping) -> str:
    """Return the chart of findings by the groups of a column as an ``<svg>``.

    Parameters
    ----------
    name : str
        Unique on the page.
    grouping : Grouping
        The groups; those that are hidden are not drawn.
    """
    shown = grouping.shown[:MOST_BARS]
    names = [_short(group.name) for group in shown]

    def plot(axes: Axes) -> None:
        counts = [group.findings for group in shown]
        axes.barh(range(len(shown)), counts, color=_BARS["high"], height=0.66)
        _finish_rows(axes, names, counts)

    title = visible(grouping.title)
    alternative = f"Bar chart of findings by {title}; {_largest(names, shown)}"
    return draw(name, alternative, plot, rows=len(shown) + 1)


def draw_months(name: str, months: Grouping) -> str:
    """Return the chart of findings by month as an ``<svg>``.

    Parameters
    ----------
    name : str
        Unique on the page.
    months : Grouping
        The months in order; those that are hidden have no bar, and a mark says so.
    """
    shown = months.shown

    def plot(axes: Axes) -> None:
        places = range(len(shown))
        heights = [0 if group.name in months.hidden else group.findings for group in shown]
        axes.bar(places, heights, color=_BARS["high"], width=0.7)
        for place, (group, height) in enumerate(zip(shown, heights, strict=True)):
            hidden = group.name in months.hidden
            if hidden or len(shown) <= 24:  # noqa: PLR2004 - more figures would not fit
                axes.annotate(
                    "hidden" if hidden else f"{height:,}", (place, height), xytext=(0, 3),
                    textcoords="offset points", ha="center", va="bottom", fontsize=9,
                    color=MUTED if hidden else INK, rotation=90 if hidden else 0,
                )  # fmt: skip
        step = max(1, -(-len(shown) // 12))
        ticks = range(0, len(shown), step)
        axes.set_xticks(ticks, _month_labels([shown[tick].name for tick in ticks]), fontsize=9)
        from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(axis="y")
        axes.tick_params(length=0)
        axes.set_ylim(0, max([*heights, 1]) * 1.15)
        axes.set_ylabel("Findings that count")

    first, last = month_name(shown[0].name), month_name(shown[-1].name)
    alternative = (
        f"Bar chart of findings by month from {first} to {last}; the figures are in the table."
    )
    return draw(name, alternative, plot, rows=9)


def _largest(names: Sequence[str], counts: Sequence[Tally | object]) -> str:
    if not names:
        return "there are none."
    most = getattr(counts[0], "findings", 0)
    return f"most are in {names[0]} ({most:,}); all figures are in the table."


def _month_labels(months: Sequence[str]) -> list[str]:
    """Return short names of months, with the year below where it begins."""
    labels = []
    year = ""
    for month in months:
        name, _, its_year = month_name(month).partition(" ")
        labels.append(name if its_year == year else f"{name}\n{its_year}")
        year = its_year
    return labels


def _finish_rows(axes: Axes, names: Sequence[str], counts: Sequence[int]) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    for place, count in enumerate(counts):
        axes.annotate(
            f"{count:,}", (count, place), xytext=(4, 0), textcoords="offset points", va="center"
        )
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, max([*counts, 1]) * 1.08)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x")
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel("Findings that count")


def _short(name: str) -> str:
    name = visible(name)
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
