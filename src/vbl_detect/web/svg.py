"""A matplotlib figure as an SVG element inside a page: no style, no script, no address.

What matplotlib writes as style becomes attributes, so that a page with a strict content policy
shows it; ids get a prefix, so that several figures share a page.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"


def inline_svg(
    figure: Figure, name: str, alternative: str, *, classes: Mapping[str, str] | None = None
) -> str:
    """Return a figure as an ``<svg>`` element.

    Parameters
    ----------
    figure : Figure
        What is drawn; text is written as `svg.fonttype` says.
    name : str
        Unique on the page.
    alternative : str
        What it shows, for readers who do not see it.
    classes : mapping of str to str, optional
        Colours, ``"#rrggbb"`` in lower case, that the page's style decides: they become classes,
        with ``-line`` added where a line has the colour.
    """
    drawn = io.BytesIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None})
    root = etree.fromstring(drawn.getvalue())
    etree.strip_elements(root, f"{_SVG}metadata", f"{_SVG}style", with_tail=False)
    for element in root.iter(etree.Element):
        attributes: Any = element.attrib
        _style_as_attributes(attributes)
        if classes:
            _colours_as_classes(attributes, classes)
        if "id" in attributes:
            attributes["id"] = f"{name}-{attributes['id']}"
        if _HREF in attributes:
            attributes["href"] = attributes.pop(_HREF).replace("#", f"#{name}-")
        for key, value in attributes.items():
            if value.startswith("url(#"):
                attributes[key] = value.replace("url(#", f"url(#{name}-")
        element.tag = etree.QName(element).localname
    for key in ("width", "height", "version"):
        if key in root.attrib:
            del root.attrib[key]
    root.attrib.update({"role": "img", "aria-label": alternative, "stroke-linejoin": "round"})
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _style_as_attributes(attributes: Any) -> None:  # noqa: ANN401 - lxml's attributes
    style = attributes.pop("style") if "style" in attributes else ""
    for declaration in style.split(";"):
        key, _, value = declaration.partition(":")
        if value and key.strip() == "font":
            # The short form is no attribute: "10px 'DejaVu Sans'", weight and style before it.
            words = value.split()
            attributes["font-size"] = next(word for word in words if word.endswith("px"))
        elif value and key.strip() != "font-family":  # the page has its own
            attributes[key.strip()] = value.strip()


def _colours_as_classes(attributes: Any, classes: Mapping[str, str]) -> None:  # noqa: ANN401
    found = [
        f"{classes[attributes[key].lower()]}{suffix}"
        for key, suffix in (("fill", ""), ("stroke", "-line"))
        if attributes.get(key, "").lower() in classes
    ]
    if found:
        attributes["class"] = " ".join(found)
