"""The results of one annotation in Label Studio: regions with a category, context, borderline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from vbl_detect.errors import ReaderError
from vbl_detect.gold import GoldSpan
from vbl_detect.labelling.names import BORDERLINE, label_of, span_of
from vbl_detect.labelling.offsets import Ruler, Unit
from vbl_detect.records import CONTEXTS

_TO = "text"
#: White space, and the two characters that the editor writes for a line break.
_SPACE = re.compile(r"\s|\\n")
_TRIED: tuple[Unit, ...] = ("code-points", "utf-16")


@dataclass(slots=True)
class Regions:
    """What an annotation holds.

    Attributes
    ----------
    spans : list of GoldSpan
        Offsets in code points.
    without_context : int
        Regions for which nobody chose a context.
    ids : list of list
        Each region's id, start, end and label in the tool, for the way back.
    others : list of mapping
        Results that are no spans: comments, relations, choices of another name.
    """

    spans: list[GoldSpan] = field(default_factory=list)
    without_context: int = 0
    ids: list[list[Any]] = field(default_factory=list)
    others: list[Mapping[str, Any]] = field(default_factory=list)


def results_of(
    text: str, spans: Iterable[GoldSpan], ruler: Ruler, known: Iterable[Sequence[Any]]
) -> list[dict[str, Any]]:
    """Return the results that show spans.

    Parameters
    ----------
    text : str
        The text shown.
    spans : iterable of GoldSpan
        Offsets in code points.
    ruler : Ruler
        Converts them.
    known : iterable of sequence
        `Regions.ids` of the same annotation, whose ids are used again.
    """
    ids = {(start, end, label): id_ for id_, start, end, label in known}
    numbers = count(1)
    results: list[dict[str, Any]] = []
    for span in spans:
        start, end = ruler.of_tool(span.start, span.end)
        label = label_of(replace(span, context="asserted", borderline=False))
        id_ = ids.pop((start, end, label), None) or f"vbl-{next(numbers)}"
        where = {"start": start, "end": end, "text": text[span.start : span.end]}
        marks = [("context", span.context), *([(BORDERLINE, BORDERLINE)] * span.borderline)]
        results.append(_result(id_, "category", "labels", {**where, "labels": [label]}))
        results += [_result(id_, name, "choices", {**where, "choices": [m]}) for name, m in marks]
    return results


def _result(id_: str, name: str, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": id_, "from_name": name, "to_name": _TO, "type": kind, "value": dict(value)}


def read_regions(
    text: str, results: Sequence[Any], unit: Unit | None, place: tuple[str, int]
) -> Regions:
    """Return the spans of an annotation's results.

    Parameters
    ----------
    text : str
        The task's text.
    results : sequence
        The key ``result``.
    unit : {"code-points", "utf-16", "graphemes"}, optional
        What the offsets count; None: found out.
    place : tuple of (str, int)
        The file and the task's number in it, for messages.

    Raises
    ------
    ReaderError
        If offsets or labels do not fit.
    """
    found = Regions()
    regions: list[Mapping[str, Any]] = []
    marks: dict[object, set[str]] = {}
    for result in results:
        value = result.get("value") if isinstance(result, dict) else None
        if not isinstance(value, dict):
            found.others.append(result)
        elif result.get("type") == "labels":
            regions.append(result)
        elif result.get("type") == "choices" and set(value.get("choices") or [""]) <= {
            *CONTEXTS,
            BORDERLINE,
        }:
            marks.setdefault(result.get("id"), set()).update(value["choices"])
        else:
            found.others.append(result)
    ruler = Ruler(text, unit or _unit_of(text, regions, place))
    for region in regions:
        value = region["value"]
        chosen = marks.get(region.get("id"), set())
        for label in value.get("labels") or []:
            span = _span(value, label, ruler, place)
            contexts = [context for context in CONTEXTS if context in chosen]
            found.without_context += not contexts and span.context == "asserted"
            found.spans.append(
                replace(
                    span,
                    context=contexts[-1] if contexts else span.context,
                    borderline=span.borderline or BORDERLINE in chosen,
                )
            )
            found.ids.append([region.get("id"), value["start"], value["end"], label])
    return found


def _span(
    value: Mapping[str, Any], label: object, ruler: Ruler, place: tuple[str, int]
) -> GoldSpan:
    path, number = place
    start, end = value.get("start"), value.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        message = "a region has no offsets in plain text; label in a Text tag, not in HyperText"
        raise ReaderError(message, path=path, row=number)
    where = ruler.of_text(start, end)
    span = span_of(label, *where) if where and isinstance(label, str) else None
    if where is None:
        message = f"the region {start}-{end} does not fit the text; give --offsets"
        raise ReaderError(message, path=path, row=number)
    if span is None:
        raise ReaderError(f"the label {label!r} is none of ours; mend it", path=path, row=number)
    return span


def _unit_of(text: str, regions: Sequence[Mapping[str, Any]], place: tuple[str, int]) -> Unit:
    """Return the unit in which every region covers the words that stand with it."""
    told = [r["value"] for r in regions if isinstance(r["value"].get("text"), str)]
    for unit in _TRIED:
        ruler = Ruler(text, unit)
        if all(_covers(text, ruler, value) for value in told):
            return unit
    message = (
        "the regions do not cover the words that stand with them: the text was changed after it "
        "was labelled; give --offsets to take the offsets as they are"
    )
    raise ReaderError(message, path=place[0], row=place[1])


def _covers(text: str, ruler: Ruler, value: Mapping[str, Any]) -> bool:
    try:
        where = ruler.of_text(value["start"], value["end"])
    except (KeyError, TypeError):
        return True  # told with the region
    return where is not None and _bare(text[slice(*where)]) == _bare(value["text"])


def _bare(text: str) -> str:
    return _SPACE.sub("", text)
