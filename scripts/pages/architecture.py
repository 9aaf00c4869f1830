"""The architecture, drawn from the imports."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "vbl_detect"
sys.path.insert(0, str(ROOT))

from tests.unit.test_imports import LAYERS, imported  # noqa: E402 - the path is set above

_ROW, _BOX, _GAP, _MARGIN, _WIDTH = 58, 26, 16, 16, 980
_LETTER = 7.6
_PAGE = """\
# Architecture

<!-- Made by `make pages` from the imports in src/vbl_detect/ and tests/unit/test_imports.py. -->

Each box is a module or a package of `vbl_detect`; a line leads from it to what it imports, unless
it reaches that through another. Imports go only downwards: `tests/unit/test_imports.py` holds the
rows, from the ground up, and the suite fails on an import that climbs.

![Modules in rows, each importing only from rows below](pictures/architecture.svg)

How a note becomes a finding is told, with one note followed from file to finding, in [how detection
works](how-it-works.md).

## Modules

From the commands down to the ground.

| module | what it is | imports |
| --- | --- | --- |
{rows}
"""
_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"
 font-family="system-ui, sans-serif" font-size="13">
<title>The modules of vbl_detect, and what each imports</title>
<rect width="{width}" height="{height}" fill="#ffffff"/>
<g fill="none" stroke="#6b7280" stroke-width="1" stroke-opacity="0.55">
{lines}
</g>
{boxes}
</svg>
"""


def page() -> str:
    """Return the page, in Markdown."""
    rows = [
        f"| `{room}` | {_summary(room)} | {_list(uses()[room])} |"
        for layer in reversed(_rows())
        for room in layer
    ]
    return _PAGE.format(rows="\n".join(rows))


def picture() -> str:
    """Return the drawing, in SVG."""
    places = _places()
    lines, boxes = [], []
    for room, (x, y, width) in places.items():
        boxes.append(
            f'<g><title>{escape(_summary(room))}</title><rect x="{x:.0f}" y="{y}" '
            f'width="{width:.0f}" height="{_BOX}" rx="4" fill="#eef2ff" stroke="#1d4f91"/>'
            f'<text x="{x + width / 2:.0f}" y="{y + 17}" text-anchor="middle" fill="#111827">'
            f"{room}</text></g>"
        )
        for used in sorted(_reduced(room)):
            left, top, wide = places[used]
            start, end = (x + width / 2, y + _BOX), (left + wide / 2, top)
            if top == y:
                continue
            bend = (end[1] - start[1]) / 2
            lines.append(
                f'<path d="M{start[0]:.0f} {start[1]} C{start[0]:.0f} {start[1] + bend:.0f} '
                f'{end[0]:.0f} {end[1] - bend:.0f} {end[0]:.0f} {end[1]}"/>'
            )
    height = max(y for _, y, _ in places.values()) + _BOX + _MARGIN
    return _SVG.format(width=_WIDTH, height=height, lines="\n".join(lines), boxes="\n".join(boxes))


@cache
def uses() -> Mapping[str, frozenset[str]]:
    """Return what each module or package imports of the others."""
    rooms = {room for layer in _rows() for room in layer}
    found: dict[str, set[str]] = {room: set() for room in rooms}
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).with_suffix("").parts[0]
        if room in found:
            own = (name.split(".") for name in imported(path))
            named = {name[1] for name in own if name[0] == "vbl_detect" and len(name) > 1}
            found[room] |= named & rooms - {room}
    return {room: frozenset(used) for room, used in found.items()}


def _rows() -> list[list[str]]:
    return [sorted(layer - {"", "__main__"}) for layer in LAYERS if layer - {"", "__main__"}]


def _reduced(room: str) -> set[str]:
    """Return what a room imports and reaches through nothing else that it imports."""
    direct = uses()[room]
    return {one for one in direct if not any(one in _reach(other) for other in direct - {one})}


@cache
def _reach(room: str) -> frozenset[str]:
    return uses()[room].union(*(_reach(one) for one in uses()[room] if _below(one, room)))


def _below(one: str, other: str) -> bool:
    rows = _rows()
    levels = {room: number for number, layer in enumerate(rows) for room in layer}
    return levels[one] < levels[other]


def _places() -> dict[str, tuple[float, int, float]]:
    """Return left, top and width of every box."""
    places = {}
    for number, layer in enumerate(reversed(_rows())):
        widths = [len(room) * _LETTER + 18 for room in layer]
        x = (_WIDTH - sum(widths) - _GAP * (len(layer) - 1)) / 2
        for room, width in zip(layer, widths, strict=True):
            places[room] = (x, _MARGIN + number * _ROW, width)
            x += width + _GAP
    return places


def _summary(room: str) -> str:
    path = PACKAGE / room / "__init__.py"
    tree = ast.parse((path if path.exists() else PACKAGE / f"{room}.py").read_text("utf-8"))
    first = (ast.get_docstring(tree) or "").split("\n\n")[0]
    return " ".join(first.split()).replace("|", "\\|")


def _list(rooms: Iterable[str]) -> str:
    return ", ".join(f"`{room}`" for room in sorted(rooms)) or "nothing"
