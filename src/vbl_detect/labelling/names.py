"""A span's category, context and borderline as the one label that most tools can hold.

``adultification`` is asserted; ``adultification/quoted`` has another context; a part
``borderline`` may follow either.
"""

from __future__ import annotations

from collections.abc import Iterable

from vbl_detect.gold import GoldSpan
from vbl_detect.records import CONTEXTS

BORDERLINE = "borderline"
_BETWEEN = "/"


def label_of(span: GoldSpan) -> str:
    """Return the label of a span."""
    parts = [span.category.replace("%", "%25").replace(_BETWEEN, "%2F")]
    if span.context != "asserted":
        parts.append(span.context)
    if span.borderline:
        parts.append(BORDERLINE)
    return _BETWEEN.join(parts)


def span_of(label: str, start: int, end: int) -> GoldSpan | None:
    """Return the span that a label marks; None if it is no label of ours.

    Parameters
    ----------
    label : str
        As `label_of` writes it; a category that no lexicon has is taken as it is.
    start, end : int
        Half-open offsets in code points.
    """
    category, *rest = label.strip().split(_BETWEEN)
    marks = [mark.strip() for mark in rest]
    contexts = [context for context in CONTEXTS if context in marks]
    if not category or len(contexts) > 1 or set(marks) - {*contexts, BORDERLINE}:
        return None
    return GoldSpan(
        start=start,
        end=end,
        category=category.replace("%2F", _BETWEEN).replace("%25", "%"),
        context=contexts[0] if contexts else "asserted",
        borderline=BORDERLINE in marks,
    )


def all_labels(categories: Iterable[str]) -> list[str]:
    """Return every label, those used most first: asserted, in another context, borderline."""
    slugs = list(categories)
    return [
        label_of(GoldSpan(start=0, end=1, category=slug, context=context, borderline=borderline))
        for borderline in (False, True)
        for context in CONTEXTS
        for slug in slugs
    ]
