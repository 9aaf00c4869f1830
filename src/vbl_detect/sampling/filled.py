"""Reading the workbook back: every row's answer, and what stands in the way of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from vbl_detect.errors import ReaderError, UsageError
from vbl_detect.files import unreadable
from vbl_detect.sampling.sheet import ANSWER, ANSWERS, DESIGN, NOTES, NUMBER, REFERENCE
from vbl_detect.sampling.strata import Answers, Design, loads
from vbl_detect.writers.cells import cell_text

_SHORT = {"y": "yes", "n": "no", "?": "unsure", "not sure": "unsure"}
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A filled-in workbook: its file, its design, and the answers by number."""

    path: str
    design: Design
    answers: Mapping[int, str]


def read_filled(path: Path) -> Filled:
    """Return what stands in a filled-in workbook.

    Parameters
    ----------
    path : Path
        What ``sample draw`` wrote and somebody has filled in, wholly or in part.

    Raises
    ------
    ReaderError
        If it cannot be read, or is no longer what was drawn; every faulty row is named.
    """
    name = str(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        message = (
            "this is not a workbook; give the one that 'vbl-detect sample draw' wrote, with the "
            "readers' answers, saved as .xlsx"
        )
        raise ReaderError(message, path=name) from error
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        missing = [sheet for sheet in (NOTES, DESIGN) if sheet not in book.sheetnames]
        if missing:
            message = (
                f'the sheet "{missing[0]}" is not there; give the workbook that sample draw wrote, '
                "with the answers in it, rather than a copy of its rows"
            )
            raise ReaderError(message, path=name)
        design = _design(book[DESIGN], name)
        return Filled(path=name, design=design, answers=_answers(book[NOTES], design, name))
    finally:
        book.close()


def _design(sheet: Any, path: str) -> Design:  # noqa: ANN401
    cells = [str(row[0]) for row in sheet.iter_rows(values_only=True) if row and row[0] is not None]
    try:
        design = loads("".join(cells[1:]))
    except ValueError as error:
        message = "what tells how the sample was drawn is damaged; go back to the workbook as drawn"
        raise ReaderError(message, path=path, sheet=DESIGN) from error
    if cells[0] != design.sample_id:
        message = (
            "what tells how the sample was drawn was changed; go back to the workbook as drawn"
        )
        raise ReaderError(message, path=path, sheet=DESIGN)
    return design


def _answers(sheet: Any, design: Design, path: str) -> dict[int, str]:  # noqa: ANN401
    rows = sheet.iter_rows(values_only=True)
    headings = [_text(cell) for cell in next(rows, ())]
    places = {}
    for heading in (NUMBER, REFERENCE, ANSWER):
        if headings.count(heading) != 1:
            found = "stands there twice" if heading in headings else "is not there"
            message = f'the heading "{heading}" {found}; put the headings back as they were'
            raise ReaderError(message, path=path, sheet=NOTES, row=1)
        places[heading] = headings.index(heading)
    faults: list[ReaderError] = []
    answers: dict[int, str] = {}
    for row, cells in enumerate(rows, start=2):
        if not any(_text(cell) for cell in cells):
            continue
        number, reference, answer = (
            cells[place] if place < len(cells) else None for place in places.values()
        )
        try:
            answers.update([_row(number, reference, answer, design, answers)])
        except ValueError as error:
            faults.append(ReaderError(str(error), path=path, sheet=NOTES, row=row))
    lost = [number for number in range(1, len(design.items) + 1) if number not in answers]
    if lost and not faults:
        faults.append(ReaderError(_lost(lost), path=path, sheet=NOTES))
    if faults:
        raise _joined(faults)
    return answers


def _row(
    number: object, reference: object, answer: object, design: Design, before: Mapping[int, str]
) -> tuple[int, str]:
    text = _text(number)
    known = text.removesuffix(".0")
    place = int(known) if known.isdecimal() else 0
    if not 1 <= place <= len(design.items):
        raise ValueError(
            f'the number "{text[:20]}" is not of this sample, which has 1 to {len(design.items)}; '
            "take the row out or put its number back"
        )
    if place in before:
        raise ValueError(f"number {place} stands there twice; keep one of the rows")
    if _folded(_text(reference)) != _folded(cell_text(design.items[place - 1][1])):
        raise ValueError(
            f"the reference does not belong to number {place}: one column may have been sorted "
            "without the others; undo that, or go back to the workbook as drawn"
        )
    given = _text(answer).casefold().rstrip(".!")
    given = _SHORT.get(given, given)
    if given and given not in ANSWERS:
        raise ValueError(f'the answer "{given[:20]}" is none of {", ".join(ANSWERS)}; choose one')
    return place, given


def _lost(numbers: Sequence[int]) -> str:
    named = ", ".join(map(str, numbers[:_MOST_NAMED]))
    more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
    rows = "row" if len(numbers) == 1 else "rows"
    return (
        f"{len(numbers)} {rows} of the sample are missing (No. {named}{more}); put them back, "
        "with an empty answer if there is none"
    )


def _joined(faults: Sequence[ReaderError]) -> ReaderError:
    if len(faults) == 1:
        return faults[0]
    first = faults[0]
    others = "\n".join(str(fault) for fault in faults[1 : 4 * _MOST_NAMED])
    left = len(faults) - 4 * _MOST_NAMED
    message = str(first).removeprefix(f"{first.path}: ") + "\n" + others
    return ReaderError(message + (f"\nand {left} more" if left > 0 else ""), path=str(first.path))


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _folded(text: str) -> str:
    """Return a reference as it compares: a spreadsheet may have taken it for a number."""
    return "".join(text.split()).casefold().removesuffix(".0")


def combine(filled: Sequence[Filled]) -> tuple[Design, list[Answers], list[str]]:
    """Return the answers of all readers by stratum, and what to tell of where they differ.

    Readers who answer a note differently leave it unsure.

    Parameters
    ----------
    filled : sequence of Filled
        Copies of one workbook; at least one.

    Raises
    ------
    UsageError
        If they are of different samples.
    """
    design = filled[0].design
    for other in filled[1:]:
        if other.design != design:
            raise UsageError(
                f"{other.path}: this is another sample than {filled[0].path}; estimate each alone"
            )
    counts: list[Counter[str]] = [Counter() for _ in design.strata]
    shared, differing = 0, []
    for number, (stratum, _) in enumerate(design.items, start=1):
        given = [answer for one in filled if (answer := one.answers[number])]
        shared += len(given) > 1
        if len(set(given)) > 1:
            differing.append(number)
        settled = "unsure" if len(set(given)) > 1 else given[0] if given else "blank"
        counts[stratum][settled] += 1
    answers = [Answers(**{name: c[name] for name in (*ANSWERS, "blank")}) for c in counts]
    return design, answers, list(_differences(len(filled), shared, differing))


def _differences(readers: int, shared: int, differing: Sequence[int]) -> Iterator[str]:
    if readers == 1:
        return
    if not shared:
        yield f"{readers} workbooks; no note was answered in more than one."
        return
    same = shared - len(differing)
    told = f"{shared:,} notes were answered in more than one workbook, {same:,} of them alike."
    if differing:
        numbers = ", ".join(map(str, differing[: 4 * _MOST_NAMED]))
        more = " and others" if len(differing) > 4 * _MOST_NAMED else ""
        told += f" The others count as unsure until they are settled: No. {numbers}{more}."
    yield told
