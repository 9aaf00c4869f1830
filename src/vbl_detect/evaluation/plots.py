"""The plots of an evaluation as SVG to stand inside a page; text is drawn as paths."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from vbl_detect.evaluation.summary import Evaluation
from vbl_detect.web.svg import inline_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (6.4, 4.0)
BLUE, GREY = "#1d4f91", "#6b7280"


def draw(name: str, figures: Evaluation, alternative: str) -> str:
    """Return a plot as an ``<svg>`` element.

    Parameters
    ----------
    name : str
        One of `PLOTS`.
    figures : Evaluation
        The figures.
    alternative : str
        What it shows, for readers who do not see it.
    """
    from matplotlib import rc_context  # noqa: PLC0415 - the page alone needs it
    from matplotlib.figure import Figure  # noqa: PLC0415

    with rc_context({"svg.fonttype": "path", "svg.hashsalt": name, "font.size": 9}):
        figure = Figure(figsize=SIZE, layout="constrained")
        axes = figure.add_subplot()
        axes.spines[["top", "right"]].set_visible(False)
        PLOTS[name](axes, figures)
        return inline_svg(figure, name, alternative)


def _systems(axes: Axes, figures: Evaluation) -> None:
    names = list(figures.systems)[::-1]
    found = [figures.systems[name].sentence.f1 for name in names]
    for place, f1 in enumerate(found):
        colour = BLUE if place == len(found) - 1 else GREY
        axes.plot([f1.low, f1.high], [place, place], color=colour, linewidth=2)
        axes.plot([f1.value], [place], "o", color=colour)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlim(0, 1)
    axes.set_xlabel("F1 by sentence, with its 95 % interval")


def _curve(axes: Axes, figures: Evaluation) -> None:
    points = figures.curve.points
    axes.step([p.recall for p in points], [p.precision for p in points], where="post", color=BLUE)
    name, _ = figures.chosen
    for other, system in figures.systems.items():
        at = (system.sentence.recall.value, system.sentence.precision.value)
        axes.plot(*at, "o", color=BLUE if other == name else GREY, markersize=5)
        axes.annotate(other, at, xytext=(4, 4), textcoords="offset points", fontsize=7)
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("Recall by sentence")
    axes.set_ylabel("Precision by sentence")


def _reliability(axes: Axes, figures: Evaluation) -> None:
    bins = [part for part in figures.calibration.bins if part.n]
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1)
    scores = [part.mean_score or 0.0 for part in bins]
    shares = [part.share or 0.0 for part in bins]
    axes.plot(scores, shares, "o-", color=BLUE)
    for part, score, share in zip(bins, scores, shares, strict=True):
        axes.annotate(
            str(part.n), (score, share), xytext=(5, -9), textcoords="offset points", fontsize=7
        )
    axes.set_xlim(0, 1.02)
    axes.set_ylim(-0.02, 1.02)
    axes.set_xlabel("Mean score of findings (their number beside the point)")
    axes.set_ylabel("Share that a careful reader counts")


#: What can be drawn.
PLOTS: dict[str, Callable[[Axes, Evaluation], None]] = {
    "systems": _systems,
    "curve": _curve,
    "reliability": _reliability,
}
