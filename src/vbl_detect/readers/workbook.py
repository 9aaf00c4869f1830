"""What the sheets of an Excel workbook share: their names, its strings, which styles are dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from vbl_detect.readers.office_package import Element, Package, attribute, is_on, local_name

# The built-in date formats of East Asian Excel, which openpyxl does not list.
_FURTHER_DATES = {*range(27, 37), *range(50, 59)}
# How Excel writes a character that XML cannot hold. Source: ECMA-376, ST_Xstring.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of cells.

    Attributes
    ----------
    name : str
        As its tab shows it; hidden sheets have one too.
    part : str
        The part of the package that holds it.
    """

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """An open workbook.

    Attributes
    ----------
    package : Package
        The file.
    sheets : tuple of Sheet
        In the order of their tabs, hidden ones included, charts left out.
    strings : list of str
        The strings that cells point to by number; held in memory, as the format asks.
    dates, durations : frozenset of int
        The styles under which a number is a date or time, or a length of time.
    epoch : datetime
        The day from which dates are counted.
    """

    package: Package
    sheets: tuple[Sheet, ...]
    strings: list[str]
    dates: frozenset[int]
    durations: frozenset[int]
    epoch: datetime


def open_workbook(package: Package) -> Workbook:
    """Read all of a workbook but its cells.

    Parameters
    ----------
    package : Package
        The file.
    """
    main = package.main_part()
    root, relations = package.tree(main), package.relations(main)
    sheets = []
    epoch = WINDOWS_EPOCH
    for element in root.iter():
        name = local_name(element)
        if name == "workbookPr" and is_on(element, "date1904"):
            epoch = MAC_EPOCH
        elif name == "sheet":
            relation = relations.get(attribute(element, "id") or "")
            if relation and relation.kind == "worksheet" and package.has(relation.part):
                sheets.append(Sheet(attribute(element, "name") or "", relation.part))
    strings: list[str] = []
    dates: set[int] = set()
    durations: set[int] = set()
    for relation in relations.values():
        if relation.kind == "sharedStrings" and package.has(relation.part):
            strings = [string_of(item) for item in package.elements(relation.part, "si")]
        elif relation.kind == "styles" and package.has(relation.part):
            dates, durations = _date_styles(package.tree(relation.part))
    return Workbook(package, tuple(sheets), strings, frozenset(dates), frozenset(durations), epoch)


def string_of(element: Element) -> str:
    """Return the text of a string item, all its differently formatted runs joined.

    Parameters
    ----------
    element : Element
        A shared string or a string within a cell.
    """
    parts = []
    for child in element:
        name = local_name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.extend(piece.text or "" for piece in child if local_name(piece) == "t")
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """Return a text with the characters that Excel writes as ``_x000D_`` put back.

    Parameters
    ----------
    text : str
        The text as the file holds it.
    """
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _date_styles(root: Element) -> tuple[set[int], set[int]]:
    formats = dict(BUILTIN_FORMATS)
    for element in root.iter("{*}numFmt"):
        formats[int(attribute(element, "numFmtId") or 0)] = attribute(element, "formatCode") or ""
    dates, durations = set(), set()
    for cell_formats in root.iter("{*}cellXfs"):
        for style, element in enumerate(cell_formats.iter("{*}xf")):
            number = int(attribute(element, "numFmtId") or 0)
            code = formats.get(number)
            if code is not None and is_timedelta_format(code):
                durations.add(style)
            elif is_date_format(code) or number in _FURTHER_DATES:
                dates.add(style)
    return dates, durations
