"""Charts for pages, drawn by matplotlib; the page's style gives the colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from vbl_detect.web.svg import inline_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH = 7.6
_ROW = 0.3
# Stand-ins that no other part of the drawing has; the page's style knows the classes.
INK, MUTED, GRID = "#010101", "#020202", "#030303"
#: Three shades of bar, the strongest first.
BARS = ("#010203", "#010204", "#010205")
_CLASSES = {
    INK: "ink", MUTED: "muted-ink", GRID: "grid",
    BARS[0]: "bar-1", BARS[1]: "bar-2", BARS[2]: "bar-3",
}  # fmt: skip
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "font.size": 10,
    "text.parse_math": False,  # a group may be called "$10$"
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
}


def draw(name: str, alternative: str, plot: Callable[[Axes], None], *, rows: int) -> str:
    """Return a chart as an ``<svg>`` element.

    Parameters
    ----------
    name : str
        Unique on the page.
    alternative : str
        What it shows, for readers who do not see it.
    plot : callable
        Draws on the axes, in the colours of this module.
    rows : int
        How high it is, in rows of bars.
    """
    from matplotlib import rc_context  # noqa: PLC0415 - takes half a second; a workbook needs none
    from matplotlib.figure import Figure  # noqa: PLC0415

    with rc_context({**_SETTINGS, "svg.hashsalt": name}), _no_word_of_glyphs():
        figure = Figure(figsize=(_WIDTH, 0.7 + _ROW * rows), layout="constrained")
        figure.patch.set_visible(False)
        axes = figure.add_subplot()
        axes.patch.set_visible(False)
        plot(axes)
        return inline_svg(figure, name, alternative, classes=_CLASSES)


@contextmanager
def _no_word_of_glyphs() -> Iterator[None]:
    """Keep quiet about characters that matplotlib's font lacks: the browser's fonts draw them."""
    with catch_warnings():
        simplefilter("ignore", UserWarning)
        yield
