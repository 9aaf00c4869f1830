"""An estimate, or a plan, as people and programs read it: text, Markdown, JSON, a sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from vbl_detect.sampling.estimates import Estimate, Figure, Figures
from vbl_detect.sampling.planning import Plan
from vbl_detect.sampling.strata import Answers, Stratum
from vbl_detect.writers.cells import SheetCells
from vbl_detect.writers.markdown import escaped
from vbl_detect.writers.values import Plain
from vbl_detect.writers.visible import visible
from vbl_detect.writers.workbook import discard, save

_MEANINGS = {
    "share": "notes that hold victim-blaming language, of all notes",
    "precision": "precision: of the notes the tool flagged, those that hold it",
    "recall": "recall: of the notes that hold it, those the tool flagged",
}
_HEADINGS = ("stratum", "notes", "drawn", "yes", "no", "unsure", "no answer")
_INTERVAL = (
    "In brackets, 95 % intervals: of 20 samples drawn like this one, about 19 or more hold in "
    "theirs what reading every note would have given. They do not cover readers' mistakes."
)
#: Columns of a narrow screen, within which lines are kept.
_SCREEN = 80
_WIDTHS = (64, 12, 12, 12, 12, 12, 12)

_Row = tuple[str, Sequence[Plain]]


def percent(value: float) -> str:
    """Return a share as ``6.8 %``."""
    return f"{100 * value:.1f} %"


def told(figure: Figure | None) -> str:
    """Return a figure as ``6.8 % (4.9 to 9.7 %)``."""
    if figure is None:
        return "not known"
    return f"{percent(figure.value)} ({100 * figure.low:.1f} to {percent(figure.high)})"


def as_text(made: Estimate) -> str:
    """Return an estimate as lines for the screen.

    Parameters
    ----------
    made : Estimate
        What to tell.
    """
    lines = [_title(made), ""]
    lines.extend(f"  {label}: {value}" for label, value in _told(made))
    lines.extend(["", *_table(made)])
    for remark in (_INTERVAL, *made.remarks):
        lines.extend(["", *wrap(visible(remark), _SCREEN)])
    return "\n".join(lines) + "\n"


def as_markdown(made: Estimate) -> str:
    """Return an estimate as a page in Markdown.

    Parameters
    ----------
    made : Estimate
        What to tell.
    """
    lines = ["# Estimate from a dip sample", "", f"{_title(made)}.", ""]
    lines.extend(["| | estimate |", "| --- | --- |"])
    lines.extend(f"| {label} | {value} |" for label, value in _told(made))
    lines.extend(["", f"| {' | '.join(_HEADINGS)} |", "| --- " + "| ---: " * 6 + "|"])
    for name, *numbers in _counts(made):
        lines.append(f"| {escaped(str(name))} | {' | '.join(f'{n:,}' for n in numbers)} |")
    for remark in (_INTERVAL, *made.remarks):
        lines.extend(["", escaped(remark)])
    return "\n".join(lines) + "\n"


def as_json(made: Estimate) -> str:
    """Return an estimate as one JSON object.

    Parameters
    ----------
    made : Estimate
        What to tell.
    """
    design, total = made.design, made.total
    content: dict[str, Any] = {
        "schema_version": "1",
        "sample_id": design.sample_id,
        "seed": design.seed,
        "by": list(design.by),
        "notes": design.notes,
        "drawn": len(design.items),
        "answers": {n: sum(getattr(a, n) for a in made.answers) for n in Answers.__slots__},
        "confidence": 0.95,
        "total": None if total is None else dict(zip(("value", "low", "high"), total, strict=True)),
        **_figures(made.figures),
        "with_unsure_either_way": None if made.bounds is None else _figures(made.bounds),
        "strata": [
            {
                "flagged": stratum.flagged,
                "values": dict(zip(design.by, stratum.values, strict=True)),
                "notes": stratum.notes,
                "drawn": stratum.drawn,
                **{name: getattr(answers, name) for name in Answers.__slots__},
            }
            for stratum, answers in zip(design.strata, made.answers, strict=True)
        ],
        "inputs": [{"path": path, "sha256": digest} for path, digest in design.inputs],
        "findings": design.findings and {"path": design.findings[0], "sha256": design.findings[1]},
        "remarks": list(made.remarks),
    }
    return json.dumps(content, indent=2) + "\n"


def write_sheet(made: Estimate, path: Path) -> None:
    """Write an estimate as a workbook with one sheet, in place.

    Parameters
    ----------
    made : Estimate
        What to tell.
    path : Path
        The file.
    """
    book = Workbook(write_only=True)
    try:
        sheet: Any = book.create_sheet("Estimate")
        for index, width in enumerate(_WIDTHS, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        cells = SheetCells(sheet)
        for style, values in _sheet_rows(made):
            row = [
                cells.cell(str(place), value, "share" if isinstance(value, float) else style)
                for place, value in enumerate(values)
            ]
            sheet.append(row)
        save(book, path)
    except BaseException:
        discard(book)
        raise


def plans_as_text(plans: Sequence[Plan]) -> str:
    """Return plans, the one asked for first, as lines for the screen.

    Parameters
    ----------
    plans : sequence of Plan
        Of the same notes; at least one.
    """
    first = plans[0]
    lines = [f"{'stratum':<44} {'notes':>9} {'to draw':>9}"]
    lines.extend(
        f"{_short(stratum):<44} {stratum.notes:>9,} {stratum.drawn:>9,}" for stratum in first.strata
    )
    notes = sum(stratum.notes for stratum in first.strata)
    lines.extend([f"{'all':<44} {notes:>9,} {first.drawn:>9,}", ""])
    expected = first.expected
    if any(stratum.flagged for stratum in first.strata):
        lines.append(
            f"If {percent(expected.precision)} of the flagged notes and "
            f"{percent(expected.missed)} of the others hold such language, expect:"
        )
    else:
        lines.append(f"If {percent(expected.missed)} of the notes hold such language, expect:")
    lines.extend(["", f"{'notes read':>10}  {'share of all notes':<24} {'precision':<24} recall"])
    for one in sorted(plans, key=lambda one: one.drawn):
        shown = [
            _or_dash(f) for f in (one.figures.share, one.figures.precision, one.figures.recall)
        ]
        lines.append(f"{one.drawn:>10,}  {shown[0]:<24} {shown[1]:<24} {shown[2]}".rstrip())
    return "\n".join(lines) + "\n"


def _or_dash(figure: Figure | None) -> str:
    return "-" if figure is None else told(figure)


def _title(made: Estimate) -> str:
    answered = sum(len(made.design.items) and a.decided + a.unsure for a in made.answers)
    drawn, notes = len(made.design.items), made.design.notes
    return (
        f"Sample {made.design.sample_id}: {answered:,} of {drawn:,} notes answered, drawn from "
        f"{notes:,}"
    )


def _told(made: Estimate) -> Iterator[tuple[str, str]]:
    total = made.total
    if total is not None:
        yield (
            "how many notes hold victim-blaming language",
            f"about {total[0]:,} ({total[1]:,} to {total[2]:,})",
        )
    for name, meaning in _MEANINGS.items():
        figure = getattr(made.figures, name)
        if name != "share" and figure is None and not _knows_flagged(made):
            continue
        value = told(figure)
        bound = None if made.bounds is None else getattr(made.bounds, name)
        if bound is not None:
            value += (
                f"; {100 * bound.low:.1f} to {percent(bound.high)} whatever the unsure ones are"
            )
        yield meaning, value


def _knows_flagged(made: Estimate) -> bool:
    return any(stratum.flagged is not None for stratum in made.design.strata)


def _table(made: Estimate) -> Iterator[str]:
    """Yield the strata as lines that fit a screen, with as much of their names as there is room."""
    rows = [[visible(str(name)), *map("{:,}".format, numbers)] for name, *numbers in _counts(made)]
    names, *columns = zip(_HEADINGS, *rows, strict=True)
    widths = [max(map(len, column)) for column in columns]
    room = _SCREEN - sum(2 + width for width in (0, *widths))
    longest = min(max(map(len, names)), room)
    for name, *numbers in zip(names, *columns, strict=True):
        right = (f"{number:>{width}}" for number, width in zip(numbers, widths, strict=True))
        yield "  ".join(["", f"{name[:room]:<{longest}}", *right])


def _counts(made: Estimate) -> Iterator[tuple[Any, ...]]:
    for stratum, answers in zip(made.design.strata, made.answers, strict=True):
        yield (
            stratum.name,
            stratum.notes,
            stratum.drawn,
            *(getattr(answers, name) for name in Answers.__slots__),
        )


def _short(stratum: Stratum) -> str:
    return visible(stratum.name)[:44]


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        name: None
        if (figure := getattr(figures, name)) is None
        else {"value": figure.value, "low": figure.low, "high": figure.high}
        for name in _MEANINGS
    }


def _sheet_rows(made: Estimate) -> Iterator[_Row]:
    yield "title", ["Estimate from a dip sample"]
    yield "plain", [_title(made)]
    yield "plain", []
    yield "header", ["", "Estimate", "from (95 %)", "to (95 %)"]
    if made.total is not None:
        yield "plain", ["how many notes hold victim-blaming language", *made.total]
    for suffix, figures in (("", made.figures), (", whatever the unsure ones are", made.bounds)):
        for name, meaning in _MEANINGS.items():
            figure = None if figures is None else getattr(figures, name)
            if figure is not None:
                yield (
                    "wrapped",
                    [meaning + suffix, float(figure.value), float(figure.low), float(figure.high)],
                )
            elif not suffix and (name == "share" or _knows_flagged(made)):
                yield "wrapped", [meaning, "not known"]
    yield "plain", []
    yield "header", [heading.capitalize() for heading in _HEADINGS]
    for row in _counts(made):
        yield "plain", row
    yield "plain", []
    for remark in (_INTERVAL, *made.remarks):
        yield "wrapped", [remark]
