"""Office files for tests that the writing libraries do not make: changed part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import etree

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRINGS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def change_parts(
    source: Path, target: Path, changes: Mapping[str, Callable[[bytes], bytes]]
) -> None:
    """Copy an Office file; `changes` maps the name of a part to what becomes of it."""
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(target, "w") as changed:
        for name in whole.namelist():
            content = whole.read(name)
            changed.writestr(name, changes[name](content) if name in changes else content)


def share_strings(source: Path, target: Path) -> None:
    """Copy a workbook, its strings moved out of the cells as Excel stores them."""
    strings = etree.Element(f"{{{_MAIN}}}sst")
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(target, "w") as changed:
        for name in whole.namelist():
            content = whole.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = _moved(content, strings)
            elif name == "xl/_rels/workbook.xml.rels":
                link = {"Id": "rIdStrings", "Type": _STRINGS, "Target": "sharedStrings.xml"}
                content = _added(content, "Relationship", link)
            elif name == "[Content_Types].xml":
                kind = {"PartName": "/xl/sharedStrings.xml", "ContentType": _STRINGS_TYPE}
                content = _added(content, "Override", kind)
            changed.writestr(name, content)
        changed.writestr("xl/sharedStrings.xml", etree.tostring(strings))


def _added(part: bytes, name: str, attributes: Mapping[str, str]) -> bytes:
    root = etree.fromstring(part)
    etree.SubElement(root, f"{{{etree.QName(root).namespace}}}{name}", attributes)
    return etree.tostring(root)


def _moved(sheet: bytes, strings: etree._Element) -> bytes:
    root = etree.fromstring(sheet)
    for cell in root.iter(f"{{{_MAIN}}}c"):
        if cell.get("t") == "inlineStr":
            (inline,) = cell
            cell.remove(inline)
            inline.tag = f"{{{_MAIN}}}si"
            cell.set("t", "s")
            etree.SubElement(cell, f"{{{_MAIN}}}v").text = str(len(strings))
            strings.append(inline)
    return etree.tostring(root)
