"""OpenDocument files for tests, written part by part."""

from __future__ import annotations

import zipfile
from pathlib import Path

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "manifest": "manifest",
    }.items()
)
_SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
_SPACES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def xml(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {_SPACES}>{inner}</{root}>'


def write_odt(path: Path, body: str, *, masters: str = "", manifest: str = "") -> None:
    """Write a text; `masters` holds headers and footers."""
    content = f"<office:body><office:text>{body}</office:text></office:body>"
    styles = (
        "<office:master-styles><style:master-page style:name='Standard'>"
        f"{masters}</style:master-page></office:master-styles>"
    )
    _write(path, "text", content, styles, manifest)


def write_ods(path: Path, sheets: dict[str, str], *, manifest: str = "") -> None:
    """Write a spreadsheet from the rows of its sheets."""
    tables = "".join(
        f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items()
    )
    content = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    _write(path, "spreadsheet", content, "", manifest)


def cell(text: str = "", attributes: str = "") -> str:
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) if text else ""
    return (
        f'<table:table-cell office:value-type="string" {attributes}>{paragraphs}</table:table-cell>'
    )


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def _write(path: Path, kind: str, content: str, styles: str, manifest: str) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr("content.xml", xml("office:document-content", content))
        package.writestr("styles.xml", xml("office:document-styles", styles))
        package.writestr("META-INF/manifest.xml", xml("manifest:manifest", manifest))
