"""Excel workbooks as openpyxl reads them, row by row, and what its streaming leaves out."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from typing import IO, Any, BinaryIO, cast
from zipfile import ZipFile, ZipInfo

from lxml import etree
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import Stylesheet
from openpyxl.utils import coordinate_to_tuple
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.xml.constants import ARC_STYLE, SHARED_STRINGS
from openpyxl.xml.functions import fromstring, iterparse, localname

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import Source
from vbl_detect.readers.bounded_xml import MOST_BETWEEN, BoundedXml
from vbl_detect.readers.header import NumberedRow
from vbl_detect.readers.sheets import Extras, NoValue

# The built-in date formats of East Asian Excel, which openpyxl does not list.
_FURTHER_DATES = {*range(27, 37), *range(50, 59)}
# How Excel writes a character that XML cannot hold. Source: ECMA-376, ST_Xstring.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ROWS_PER_REPORT = 1_000
#: How deep rows stand in a sheet, and strings in the table of those that cells share.
_ROWS, _STRINGS = 3, 2


class Package(ZipFile):
    """The package of a workbook; a row or a shared string of it that fills the memory is refused.

    Parameters
    ----------
    stream : binary file
        The file.
    name : str
        What messages call it.

    Attributes
    ----------
    titles : dict of str to str
        The name of the sheet that is in a part.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        super().__init__(stream)
        self._name = name
        self.titles: dict[str, str] = {}

    def open(
        self,
        name: str | ZipInfo,
        mode: Any = "r",  # noqa: ANN401 - the base class's type
        pwd: bytes | None = None,
        *,
        force_zip64: bool = False,
    ) -> IO[bytes]:
        """Open a part, in which rows and what stands beside them are bounded."""
        part = name.filename if isinstance(name, ZipInfo) else name
        stream = super().open(name, mode, pwd, force_zip64=force_zip64)

        def fault(row: str | None, cell: str | None, _: int) -> ReaderError:
            number = int(row) if row and row.isdecimal() else None
            what = f"cell {cell}" if cell else "a row" if number else "what is no row"
            return ReaderError(
                f"{what} takes more than {MOST_BETWEEN >> 20} MB, which is no note; find it in "
                "Excel, shorten it and save the file again",
                path=self._name,
                sheet=self.titles.get(part),
                row=number,
            )

        return cast(IO[bytes], BoundedXml(stream, lambda _, depth: depth <= _ROWS, fault))

    def open_strings(self, part: str) -> IO[bytes]:
        """Open the strings that cells share.

        Parameters
        ----------
        part : str
            Where they are.
        """

        def fault(_: str | None, __: str | None, count: int) -> ReaderError:
            return ReaderError(
                f"a cell takes more than {MOST_BETWEEN >> 20} MB, which is no note; it holds text "
                f"{count + 1:,} of those that cells share; find it in Excel, shorten it and save "
                "the file again",
                path=self._name,
            )

        stream = super().open(part)
        return cast(IO[bytes], BoundedXml(stream, lambda _, depth: depth <= _STRINGS, fault))


class Workbook(ExcelReader):
    """A workbook open for reading.

    Of all that openpyxl reads, only what bears on cells is: a theme, a name or a chart that it
    cannot make sense of is no reason to lose the notes.

    Parameters
    ----------
    stream : binary file
        The file.
    source : Source
        What it is called.

    Attributes
    ----------
    sheets : dict of str to sheet
        The sheets of cells by name, in the order of their tabs, hidden ones included.
    """

    def __init__(self, stream: BinaryIO, source: Source) -> None:
        super().__init__(stream, read_only=True, data_only=True, keep_links=False)
        self.archive: Package = Package(stream, source.name)
        with warnings.catch_warnings():
            # openpyxl tells what it would lose if it wrote the workbook again; it only reads here.
            warnings.simplefilter("ignore", UserWarning)
            self.read_manifest()
            self.read_strings()
            self.read_workbook()
            self._read_date_styles()
            self._parts = {sheet.name: link.target for sheet, link in self.parser.find_sheets()}
            self.archive.titles = {part: name for name, part in self._parts.items()}
            self.read_worksheets()
        self.sheets: dict[str, Any] = {sheet.title: sheet for sheet in self.wb.worksheets}

    def read_strings(self) -> None:
        """Read the strings that cells share, their escapes left as they are.

        openpyxl's own method takes out half of an escaped escape, ``_x005F_``.
        """
        package: Any = self.package
        part = package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open_strings(part.PartName[1:]) as stream:
                for _, element in iterparse(stream):
                    if localname(element) == "si":
                        string: Any = Text.from_tree(element)
                        self.shared_strings.append(string.content)
                        element.clear()

    def read_chartsheet(self, *_: object) -> None:
        """Leave out a sheet that is a chart."""

    def _read_date_styles(self) -> None:
        if ARC_STYLE not in self.valid_files:
            return
        root: Any = fromstring(self.archive.read(ARC_STYLE))
        for child in list(root):
            if localname(child) not in {"numFmts", "cellXfs"}:
                root.remove(child)
        styles: Any = Stylesheet.from_tree(root)
        further = {i for i, xf in enumerate(styles.cell_styles) if xf.numFmtId in _FURTHER_DATES}
        workbook: Any = self.wb
        workbook._date_formats = styles.date_formats | further
        workbook._timedelta_formats = styles.timedelta_formats

    def rows(self, name: str, progress: Callable[[float], None]) -> Iterator[NumberedRow]:
        """Yield the rows of a sheet that hold anything, up to their last filled cell.

        Numbers without a fraction come as int, dates and times as such, formulas as their saved
        value.

        Parameters
        ----------
        name : str
            The sheet.
        progress : callable
            Hears now and then how much of the sheet has been read, from 0 to 1, where the sheet
            says how long it is.
        """
        sheet = self.sheets[name]
        last = sheet.max_row
        # What a sheet says of its size may be wrong, and a row is as wide as its last cell.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if last and number % _ROWS_PER_REPORT == 0:
                progress(min(number / last, 1.0))
            values = [_value(cell) for cell in row]
            while values and values[-1] is None:
                values.pop()
            if values:
                yield number, values

    def extras(self, name: str) -> Extras:
        """Return merged cells and unsaved formulas of a sheet, which openpyxl does not stream.

        Parameters
        ----------
        name : str
            The sheet.
        """
        extras = Extras([], {})
        with self.archive.open(self._parts[name]) as stream:
            tags = ("{*}row", "{*}mergeCell")
            for _, element in etree.iterparse(
                stream, tag=tags, resolve_entities=False, huge_tree=True
            ):
                if localname(element) == "mergeCell":
                    extras.merged.append(CellRange(element.get("ref")))
                    continue
                for formula in element.iter("{*}f"):
                    cell = formula.getparent()
                    if cell.get("r") and not cell.findtext("{*}v"):
                        row, column = coordinate_to_tuple(cell.get("r"))
                        count, first = extras.unsaved.get(column - 1, (0, row))
                        extras.unsaved[column - 1] = (count + 1, first)
                element.clear()
                # The rows before are still there, though empty.
                while (before := element.getprevious()) is not None:
                    before.getparent().remove(before)
        extras.merged.sort(key=lambda area: (area.min_row, area.min_col))
        return extras


def _value(cell: Any) -> object:  # noqa: ANN401 - openpyxl types none of its cells alike
    value: object = cell.value
    if cell.data_type == "e":
        return NoValue(str(value))
    if isinstance(value, str):
        if "_x" in value:
            value = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    return value
