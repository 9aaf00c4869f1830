"""The tables of terms, one CSV a category: their columns, their faults, their rows as terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from vbl_detect.closest import did_you_mean
from vbl_detect.lexicon.notation import split_cell
from vbl_detect.lexicon.tables import OFF, TableRow
from vbl_detect.lexicon.terms import CONTEXTS_NEEDED, Category, Term
from vbl_detect.records import SEVERITIES

TERM_COLUMNS = (
    "code",
    "term",
    "patterns",
    "severity",
    "context_needed",
    "why",
    "suggestion",
    "source",
    "flag_examples",
    "pass_examples",
)
OPTIONAL_TERM_COLUMNS = ("unless",)

_CODE = re.compile(r"[A-Z]{2}\d{3}")


def term_faults(row: TableRow, category: Category) -> Iterator[str]:
    """Yield what is wrong with a row of a category's table."""
    cells = row.cells
    code = cells["code"]
    if not _CODE.fullmatch(code) or code[:2] != category.letters or code.endswith("000"):
        yield (
            f"the code {code!r} does not fit; codes of {category.slug} run from "
            f"{category.letters}001 to {category.letters}999"
        )
    if cells["severity"] == OFF:
        return
    for column in TERM_COLUMNS:
        if not cells[column]:
            yield f"{code}: {column} is empty; fill it in"
    if cells["severity"] and cells["severity"] not in SEVERITIES:
        hint = did_you_mean(cells["severity"], SEVERITIES)
        yield f"{code}: severity {cells['severity']!r} is none of {', '.join(SEVERITIES)}{hint}"
    if cells["context_needed"] and cells["context_needed"] not in CONTEXTS_NEEDED:
        known = ", ".join(CONTEXTS_NEEDED)
        yield f"{code}: context_needed {cells['context_needed']!r} is none of {known}"


def term(row: TableRow, path: str, category: Category) -> Term:
    """Return a sound row of a category's table as a term."""
    cells = row.cells
    return Term(
        code=cells["code"],
        term=cells["term"],
        category=category.slug,
        patterns=split_cell(cells["patterns"]),
        unless=split_cell(cells.get("unless", "")),
        severity=cast("Any", cells["severity"]),
        context_needed=cast("Any", cells["context_needed"]),
        why=cells["why"],
        suggestion=cells["suggestion"],
        source=cells["source"],
        flag_examples=split_cell(cells["flag_examples"]),
        pass_examples=split_cell(cells["pass_examples"]),
        path=path,
        line=row.line,
    )
