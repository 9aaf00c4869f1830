"""The charts of the page of marks: shares as points, with their intervals as lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vbl_detect.report.words import category_name
from vbl_detect.results.change import Change
from vbl_detect.results.marks import MEASURES, Marks
from vbl_detect.web.drawing import BARS, INK, draw

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_categories(categories: Sequence[Marks]) -> str:
    """Return the chart of phrases found by category as an ``<svg>``; empty: nothing to draw.

    Parameters
    ----------
    categories : sequence of Marks
        The categories.
    """
    shown = [
        (category_name(marks.name), share)
        for marks in categories
        if (share := marks.parts["found"].share) is not None
    ]
    if not shown:
        return ""

    def plot(axes: Axes) -> None:
        for place, (_, share) in enumerate(shown):
            limits = [100 * share.low, 100 * share.high]
            axes.plot(limits, [place, place], color=INK, linewidth=2, solid_capstyle="round")
            axes.plot([100 * share.value], [place], "o", color=BARS[0], markersize=7)
        _finish(axes, [name for name, _ in shown])
        axes.set_xlabel("Agreed phrases found, per cent, with 95 % interval")

    least = min(shown, key=lambda one: one[1].value)
    alternative = (
        f"Chart of agreed phrases found by category; fewest in {least[0]} "
        f"({100 * least[1].value:.0f} %); all figures are in the table."
    )
    return draw("categories", alternative, plot, rows=len(shown) + 1)


def draw_changes(changes: Sequence[Change]) -> str:
    """Return the chart of means before and after as an ``<svg>``; empty: nothing to draw.

    Parameters
    ----------
    changes : sequence of Change
        The changes.
    """
    shown = [change for change in changes if not change.category]
    if not shown:
        return ""

    def plot(axes: Axes) -> None:
        for place, change in enumerate(shown):
            axes.plot(
                [100 * change.before, 100 * change.after], [place, place], color=INK, linewidth=2
            )
        for values, marker, label in (
            ([100 * change.before for change in shown], "D", "before"),
            ([100 * change.after for change in shown], "o", "after"),
        ):
            colour = BARS[label == "before"]
            axes.plot(values, range(len(shown)), marker, color=colour, markersize=7, label=label)
        _finish(axes, [MEASURES[change.measure] for change in shown])
        axes.set_xlabel("Mean of people, per cent")
        axes.legend(
            frameon=False, ncols=2, loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0
        )

    first = shown[0]
    alternative = (
        f"Chart of means before and after; {MEASURES[first.measure]}: {100 * first.before:.0f} % "
        f"before, {100 * first.after:.0f} % after; all figures are in the table."
    )
    return draw("changes", alternative, plot, rows=len(shown) + 2)


def _finish(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(-2, 102)
    axes.grid(axis="x")
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)
