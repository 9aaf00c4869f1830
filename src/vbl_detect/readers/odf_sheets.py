"""OpenDocument spreadsheets as streams of rows, repeated rows and cells written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from zipfile import ZipFile

from lxml import etree
from openpyxl.worksheet.cell_range import CellRange

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import Source
from vbl_detect.readers.bounded_xml import MOST_BETWEEN, BoundedXml
from vbl_detect.readers.header import NumberedRow
from vbl_detect.readers.odf_text import Asides, paragraphs_of
from vbl_detect.readers.sheets import Extras, NoValue
from vbl_detect.readers.word_text import Element, attribute, local_name

_CONTENT = "content.xml"
_TABLE = "{*}table"
_ROW = "{*}table-row"
_CELLS = {"table-cell", "covered-table-cell"}
_NUMBERS = {"float", "percentage", "currency"}
#: Sheets in which LibreOffice keeps what it last saw of other files.
_CACHE = "'file:"
#: As many rows and columns as a spreadsheet has. Source: LibreOffice and Excel specifications.
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14
#: Filled cells that a sheet may hold by repetition alone; files that say more are made to harm.
MOST_REPEATED = 5_000_000


class Spreadsheet:
    """A spreadsheet open for reading.

    Parameters
    ----------
    package : ZipFile
        The file's package.
    source : Source
        The file.

    Attributes
    ----------
    sheets : dict of str to Extras
        The sheets by name, in the order of their tabs, hidden ones included.
    """

    def __init__(self, package: ZipFile, source: Source) -> None:
        self._package = package
        self._source = source
        self.sheets: dict[str, Extras] = {}
        for name, number, row in self._rows(None):
            extras = self.sheets.setdefault(name, Extras([], {}))
            if row is not None:
                _add_extras(extras, number, row)

    def extras(self, name: str) -> Extras:
        """Return merged cells and formulas without a result of a sheet."""
        return self.sheets[name]

    def rows(self, name: str, progress: Callable[[float], None]) -> Iterator[NumberedRow]:
        """Yield the rows of a sheet that hold anything, up to their last filled cell.

        Numbers without a fraction come as int, dates as such, formulas as their saved value.

        Parameters
        ----------
        name : str
            The sheet.
        progress : callable
            Hears when the sheet is done.
        """
        repeated = 0
        for _, number, row in self._rows(name):
            if row is None:
                continue
            values: list[object] = []
            for column, count, cell in _cells(row):
                value = _value(cell)
                if value is not None and value != "":
                    values += [None] * (column - len(values))
                    values += [value] * count
                    repeated += count - 1
            times = min(_count(row, "number-rows-repeated"), _MOST_ROWS - number + 1)
            repeated += (times - 1) * len(values)
            if repeated > MOST_REPEATED:
                msg = "the sheet repeats its cells millions of times; save it again without them"
                raise ReaderError(msg, path=self._source.name, sheet=name, row=number)
            if values:
                for more in range(times):
                    yield number + more, values
        progress(1.0)

    def _rows(self, wanted: str | None) -> Iterator[tuple[str, int, Element | None]]:
        """Yield sheet, number and element of each row, of one sheet or all; None starts a sheet."""
        number = 1
        name = ""

        def fault(*_: object) -> ReaderError:
            return ReaderError(
                f"the row takes more than {MOST_BETWEEN >> 20} MB, which is no note; find its long "
                "cell in LibreOffice, shorten it and save the file again",
                path=self._source.name,
                sheet=name or None,
                row=number,
            )

        with self._package.open(_CONTENT) as stream:
            events = etree.iterparse(
                BoundedXml(stream, lambda name, _: name == "table-row", fault),
                events=("start", "end"),
                tag=(_TABLE, _ROW),
                resolve_entities=False,
                no_network=True,
                remove_comments=True,
                huge_tree=True,
            )
            for event, element in events:
                kind = local_name(element)
                if kind == "table" and event == "start":
                    parent = element.getparent()
                    if parent is None or local_name(parent) != "spreadsheet":
                        continue  # a table within a drawing or a cell
                    name, number = attribute(element, "name") or "", 1
                    if not name.startswith(_CACHE):
                        yield name, 0, None
                elif kind == "table-row" and event == "end" and number <= _MOST_ROWS:
                    if wanted in (None, name) and not name.startswith(_CACHE):
                        yield name, number, element
                    number += _count(element, "number-rows-repeated")
                    _forget(element)


def _forget(element: Element) -> None:
    """Drop a row that is done, so that memory does not grow."""
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def _add_extras(extras: Extras, number: int, row: Element) -> None:
    for column, _, cell in _cells(row):
        rows = _count(cell, "number-rows-spanned")
        if rows > 1 and local_name(cell) == "table-cell":
            last = min(column + _count(cell, "number-columns-spanned"), _MOST_COLUMNS)
            bottom = min(number + rows - 1, _MOST_ROWS)
            extras.merged.append(CellRange(None, column + 1, number, last, bottom))
        if attribute(cell, "formula") and not attribute(cell, "value-type"):
            count, first = extras.unsaved.get(column, (0, number))
            extras.unsaved[column] = (count + 1, first)


def _cells(row: Element) -> Iterator[tuple[int, int, Element]]:
    """Yield column, from 0, number of repetitions and element of each cell."""
    column = 0
    for cell in row:
        if local_name(cell) in _CELLS and column < _MOST_COLUMNS:
            count = min(_count(cell, "number-columns-repeated"), _MOST_COLUMNS - column)
            yield column, count, cell
            column += count


def _count(element: Element, name: str) -> int:
    """Return what an attribute counts; 1 where it is not there or no number."""
    value = attribute(element, name) or "1"
    return max(int(value[:9]), 1) if value.isascii() and value.isdecimal() else 1


def _value(cell: Element) -> object:
    if local_name(cell) == "covered-table-cell" or not (len(cell) or cell.attrib):
        return None
    types = [str(v) for k, v in cell.attrib.items() if str(k).endswith("}value-type")]
    text = "\n".join(paragraphs_of(cell, Asides()))
    if "error" in types:
        return NoValue(text or "an error")
    kind = types[0] if types else ""
    value = attribute(cell, f"{kind}-value") or attribute(cell, "value") or ""
    if kind == "boolean":
        return value == "true"
    read = _number if kind in _NUMBERS else _date if kind == "date" else None
    return (text or value) if read is None else read(value, text)


def _number(value: str, text: str) -> object:
    try:
        number = float(value)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _date(value: str, text: str) -> object:
    try:
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except ValueError:
        return text
