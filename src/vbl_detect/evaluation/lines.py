"""The headline figures of the chosen model, in words."""

from __future__ import annotations

from vbl_detect.evaluation.curve import NAMED_RECALL, Point
from vbl_detect.evaluation.density import CLEAN_NOTES, ORDINARY_SENTENCES
from vbl_detect.evaluation.summary import Evaluation


def headline(figures: Evaluation) -> list[tuple[str, str]]:
    """Return the chosen model's main figures, each as a name and a text.

    Parameters
    ----------
    figures : Evaluation
        The figures.
    """
    _, chosen = figures.chosen
    shifted, clean = figures.at_prevalence, figures.clean_notes
    return [
        ("counts from a score of", f"{figures.threshold:.2f}"),
        ("category right", str(chosen.category_accuracy)),
        ("uncounted spans silent", str(chosen.uncounted_spans_silent)),
        ("average precision", str(figures.curve.average_precision)),
        (
            f"precision at recall {NAMED_RECALL:.2f}",
            _point(figures.curve.at_named_recall, "recall is not reached"),
        ),
        (
            f"for a precision of {figures.wish.precision:.2f}",
            _point(figures.wish.point, "no threshold gives it"),
        ),
        (
            f"if {shifted.prevalence:.1%} of sentences blame".replace("%", " %"),
            f"precision {shifted.precision}",
        ),
        (
            "calibration error",
            f"{figures.calibration.error:.3f} ({figures.calibration.n} findings)",
        ),
        (
            f"findings in {CLEAN_NOTES} clean notes",
            f"{clean.rate} ({clean.findings} in {clean.texts})" if clean.texts else "none given",
        ),
        *(
            (
                name,
                f"{found.rate} in {ORDINARY_SENTENCES} sentences "
                f"({found.findings} in {found.sentences})",
            )
            for name, found in figures.ordinary.items()
        ),
    ]


def _point(point: Point | None, otherwise: str) -> str:
    if point is None:
        return otherwise
    return f"precision {point.precision:.2f}, recall {point.recall:.2f} from {point.threshold:.2f}"
