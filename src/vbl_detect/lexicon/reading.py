"""A lexicon read from its folder, and a user's own folder laid over it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vbl_detect.errors import LexiconError, UsageError
from vbl_detect.lexicon.context_tables import (
    PEOPLE_COLUMNS,
    RULE_COLUMNS,
    ContextRule,
    Person,
    context_rule,
    person,
    person_faults,
    rule_faults,
)
from vbl_detect.lexicon.faults import Fault
from vbl_detect.lexicon.notation import split_cell
from vbl_detect.lexicon.tables import OFF, TableRow, read_table
from vbl_detect.lexicon.term_tables import (
    OPTIONAL_TERM_COLUMNS,
    TERM_COLUMNS,
    term,
    term_faults,
)
from vbl_detect.lexicon.terms import Category, Lexicon, Term

CATEGORY_COLUMNS = ("category", "letters", "title", "why", "suggestion", "source")


@dataclass(slots=True)
class _Tables:
    """What has been read so far, later folders laid over earlier ones."""

    terms: dict[str, Term] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    word_lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    verbs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    context_rules: dict[str, ContextRule] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    hashed: Any = field(default_factory=hashlib.sha256)


def read_lexicon(folders: Iterable[Path]) -> Lexicon:
    """Read a lexicon.

    Parameters
    ----------
    folders : iterable of Path
        The built-in folder, then the user's own; a row in a later folder replaces the row with
        the same code, and takes it out if its severity is ``off``.

    Raises
    ------
    LexiconError
        If anything in it cannot be used; the error carries every fault found.
    """
    lexicon, faults = read_with_faults(folders)
    if faults:
        raise LexiconError(*map(str, faults))
    return lexicon


def read_with_faults(folders: Iterable[Path]) -> tuple[Lexicon, list[Fault]]:
    """Read as much of a lexicon as can be read.

    Parameters
    ----------
    folders : iterable of Path
        As for `read_lexicon`.

    Returns
    -------
    tuple of Lexicon and list of Fault
        The usable rows, and what was wrong with the others.

    Raises
    ------
    UsageError
        If a folder does not exist or holds no lexicon file.
    """
    tables = _Tables()
    folders = tuple(folders)
    for folder in folders:
        _read_folder(folder, tables)
    return (
        Lexicon(
            terms=dict(sorted(tables.terms.items())),
            categories=tables.categories,
            word_lists=tables.word_lists,
            verbs=tables.verbs,
            spellings=tables.spellings,
            context_rules=dict(sorted(tables.context_rules.items())),
            people=tables.people,
            folders=tuple(map(str, folders)),
            sha256=tables.hashed.hexdigest(),
        ),
        sorted(tables.faults),
    )


def _read_folder(folder: Path, tables: _Tables) -> None:
    if folder.is_file():
        raise UsageError(f"{folder}: this is a file; name the folder it is in: {folder.parent}")
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such lexicon folder; name a folder of CSV files")
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise UsageError(f"{folder}: the folder holds no .csv file; add one CSV per category")
    for path in paths:
        tables.hashed.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    # The tables that categories draw on begin with an underscore and are read first.
    for path in sorted(paths, key=lambda path: (not path.name.startswith("_"), path.name)):
        if read := _TABLES.get(path.name):
            read(path, tables)
        elif path.name.startswith("_"):
            known = ", ".join(sorted(name for name in _TABLES if name.startswith("_")))
            message = f"unknown table; files that begin with _ are {known}"
            tables.faults.append(Fault(str(path), 1, message))
        else:
            _read_terms(path, tables)


def _read_categories(path: Path, tables: _Tables) -> None:
    rows, faults = read_table(path, CATEGORY_COLUMNS)
    tables.faults += faults
    letters = {category.letters: slug for slug, category in tables.categories.items()}
    for row in rows:
        cells = dict(row.cells)
        slug = cells.pop("category")
        empty = [column for column in CATEGORY_COLUMNS if not row.cells[column]]
        if empty:
            tables.faults.append(_fault(path, row, f"{', '.join(empty)} is empty; fill it in"))
        elif letters.setdefault(cells["letters"], slug) != slug:
            message = f"the letters {cells['letters']} are those of {letters[cells['letters']]}"
            tables.faults.append(_fault(path, row, f"{message}; choose two others"))
        else:
            tables.categories[slug] = Category(slug=slug, **cells)


def _word_table(
    key: str, values: str, select: Callable[[_Tables], dict[str, tuple[str, ...]]]
) -> Callable[[Path, _Tables], None]:
    """Return the reader of a two-column table such as ``verb, forms``."""

    def read(path: Path, tables: _Tables) -> None:
        rows, faults = read_table(path, (key, values), ("note",))
        tables.faults += faults
        seen: dict[str, int] = {}
        for row in rows:
            name, words = row.cells[key].lower(), split_cell(row.cells[values].lower())
            if not name or not words:
                column = values if name else key
                tables.faults.append(_fault(path, row, f"{column} is empty; fill it in"))
            elif name in seen:
                message = f"{name!r} stands on line {seen[name]} already; join the two rows"
                tables.faults.append(_fault(path, row, message))
            else:
                seen[name] = row.line
                select(tables)[name] = words

    return read


def _row_table(
    columns: tuple[str, ...],
    row_faults: Callable[[TableRow], Iterable[str]],
    keep: Callable[[_Tables, TableRow, str], None],
) -> Callable[[Path, _Tables], None]:
    """Return the reader of a table whose first column is unique and whose rows can be faulty."""

    def read(path: Path, tables: _Tables) -> None:
        optional = () if "note" in columns else ("note",)
        rows, faults = read_table(path, columns, optional)
        tables.faults += faults
        seen: dict[str, int] = {}
        for row in rows:
            key = row.cells[columns[0]]
            messages = list(row_faults(row))
            if key in seen:
                messages.append(f"{key!r} stands on line {seen[key]} already; take another")
            seen.setdefault(key, row.line)
            tables.faults += [_fault(path, row, message) for message in messages]
            if not messages:
                keep(tables, row, str(path))

    return read


def _keep_rule(tables: _Tables, row: TableRow, path: str) -> None:
    code = row.cells["code"]
    if row.cells["effect"] == OFF:
        tables.context_rules.pop(code, None)
    else:
        tables.context_rules[code] = context_rule(row, path)


def _keep_person(tables: _Tables, row: TableRow, path: str) -> None:
    tables.people[row.cells["person"]] = person(row, path)


_TABLES: dict[str, Callable[[Path, _Tables], None]] = {
    "_categories.csv": _read_categories,
    "_lists.csv": _word_table("list", "words", lambda tables: tables.word_lists),
    "_people.csv": _row_table(PEOPLE_COLUMNS, person_faults, _keep_person),
    "_spellings.csv": _word_table("word", "variants", lambda tables: tables.spellings),
    "_verbs.csv": _word_table("verb", "forms", lambda tables: tables.verbs),
    "context_rules.csv": _row_table(RULE_COLUMNS, rule_faults, _keep_rule),
}


def _read_terms(path: Path, tables: _Tables) -> None:
    rows, faults = read_table(path, TERM_COLUMNS, OPTIONAL_TERM_COLUMNS)
    tables.faults += faults
    category = tables.categories.get(path.stem)
    if category is None:
        known = ", ".join(sorted(tables.categories)) or "none"
        message = f"no category is called {path.stem!r}; add it to _categories.csv (now: {known})"
        tables.faults.append(Fault(str(path), 1, message))
        return
    seen: dict[str, int] = {}
    for row in rows:
        code = row.cells["code"]
        if code in seen:
            message = f"the code {code} stands on line {seen[code]} already; take a free number"
            tables.faults.append(_fault(path, row, message))
            continue
        seen[code] = row.line
        row_faults = list(term_faults(row, category))
        tables.faults += [_fault(path, row, message) for message in row_faults]
        if row.cells["severity"] == OFF:
            tables.terms.pop(code, None)
        elif not row_faults:
            tables.terms[code] = term(row, str(path), category)


def _fault(path: Path, row: TableRow, message: str) -> Fault:
    return Fault(str(path), row.line, message)
