"""The figures as rows, and as the data formats hold them: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

from vbl_detect.results.course import Course, Round
from vbl_detect.results.marks import OF_CATEGORY, Marks, Part, by_category
from vbl_detect.results.wordings import Wording
from vbl_detect.writers.values import looks_like_formula, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure.

    Attributes
    ----------
    round : str
        ``before``, ``after`` or empty.
    of : str
        ``everyone``, ``person``, ``group``, ``wording missed``, ``wording over-flagged`` or
        ``change``.
    name : str
        The person, the group, or the exercise of a wording.
    category : str
        The category; empty: all.
    measure : str
        What is measured; for a wording its words.
    part, whole : int or None
        How many of how many; a change has none, and what was marked beyond the answer no whole.
    value, low, high : float or None
        The share and its 95 % interval, from 0 to 1; of a change, the difference of shares.
    """

    round: str = ""
    of: str
    name: str = ""
    category: str = ""
    measure: str
    part: int | None = None
    whole: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None


#: The columns, in order.
COLUMNS = tuple(field.name for field in fields(Figure))


def figures(course: Course, *, people: bool = True) -> Iterator[Figure]:
    """Yield all figures: of everyone, people by name, groups, wordings, changes.

    Parameters
    ----------
    course : Course
        What the answers come to.
    people : bool
        Whether single people are told.
    """
    for round_ in course.rounds:
        yield from _of(round_, "everyone", "", round_.everyone, round_.categories)
        for one in round_.marked if people else ():
            yield from _of(round_, "person", one.person.name, one.marks(), by_category([one]))
    for group in (*course.groups, *([course.hidden] if course.hidden else [])):
        yield from _of(course.last, "group", group.name, group.marks, [])
    for of, wordings in (("wording missed", course.missed), ("wording over-flagged", course.over)):
        for wording in wordings:
            yield _of_wording(course.last, of, wording)
    for change in course.changes:
        yield Figure(
            of="change",
            category=change.category,
            measure=change.measure,
            whole=change.people,
            value=change.change,
            low=change.low,
            high=change.high,
        )


def as_csv(course: Course, *, people: bool = True) -> str:
    """Return the figures as CSV, one a line; no cell runs in a spreadsheet.

    Parameters
    ----------
    course, people
        As for `figures`.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for figure in figures(course, people=people):
        rows.writerow([_cell(getattr(figure, name)) for name in COLUMNS])
    return out.getvalue()


def as_json(course: Course, *, people: bool = True) -> str:
    """Return figures, rewritings and remarks as one JSON object.

    Parameters
    ----------
    course, people
        As for `figures`.
    """
    content: dict[str, Any] = {
        "schema_version": "1",
        "figures": [_rounded(asdict(figure)) for figure in figures(course, people=people)],
        "changes": [
            _rounded({**asdict(change), "change": change.change}) for change in course.changes
        ],
        "rewritings": [
            {
                "exercise": one.exercise.id,
                "person": one.person if people else "",
                "rewriting": one.check.words,
                "findings": [
                    {
                        "phrase": f.phrase,
                        "category": f.category,
                        "why": f.why,
                        "suggestion": f.suggestion,
                    }
                    for f in one.check.findings
                ],
                "kept": list(one.check.kept),
                "model_answer": one.exercise.better,
            }
            for one in course.rewritten
        ],
        "remarks": list(course.remarks),
    }
    return json.dumps(content, indent=1) + "\n"


def _of(
    round_: Round, of: str, name: str, marks: Marks, categories: list[Marks]
) -> Iterator[Figure]:
    for category, told, measures in (
        ("", marks, tuple(marks.parts)),
        *((made.name, made, OF_CATEGORY) for made in categories),
    ):
        for measure in measures:
            if told.parts[measure].whole:
                yield _of_part(round_, of, name, category, measure, told.parts[measure])
        yield Figure(
            round=round_.name,
            of=of,
            name=name,
            category=category,
            measure="marked beyond the answer",
            part=told.extra,
        )


def _of_part(round_: Round, of: str, name: str, category: str, measure: str, part: Part) -> Figure:
    share = part.share
    return Figure(
        round=round_.name,
        of=of,
        name=name,
        category=category,
        measure=measure,
        part=part.part,
        whole=part.whole,
        value=None if share is None else share.value,
        low=None if share is None else share.low,
        high=None if share is None else share.high,
    )


def _of_wording(round_: Round, of: str, wording: Wording) -> Figure:
    return _of_part(round_, of, wording.exercise, wording.category, wording.phrase, wording.people)


def _cell(value: Any) -> Any:  # noqa: ANN401
    value = plain(round(value, 4) if isinstance(value, float) else value)
    if isinstance(value, str) and looks_like_formula(value):
        return f"'{value}"
    return "" if value is None else value


def _rounded(record: dict[str, Any]) -> dict[str, Any]:
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in record.items()}
