"""The site of the documentation: `make docs`, which fails on any broken link.

The source folder is the project's root, so that a link works on the site as it does in the files.
The menu is made of the links in docs/index.md, under its headings; a page that it forgets stands at
the end of the menu.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).parents[1]

project = "vbl-detect"
author = "the vbl-detect maintainers"
copyright = "the vbl-detect maintainers, MIT licence"  # noqa: A001 - Sphinx calls it so
language = "en_GB"
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "THREATS.md",
    "data/**.md",
    "docs/**.md",
    "examples/README.md",
    "models/**.md",
    "src/vbl_detect/masking/lists/README.md",
]
exclude_patterns = [".*", "out", "dist", "build", "tests", "benchmarks", "scripts"]
html_theme = "furo"
html_title = "vbl-detect"
html_copy_source = False
html_show_sphinx = False
html_static_path: list[str] = []
myst_heading_anchors = 4
# A folder, or a file of the program, is no page; what such a link names, a test looks for.
suppress_warnings = ["myst.header"]

_LINK = re.compile(r"^[-|*].*?\]\((?P<page>[^)#:]+\.md)\)", re.MULTILINE)
_ANCHOR = re.compile(r'^<a id="([\w-]+)"></a>$', re.MULTILINE)


def setup(app: Sphinx) -> None:
    """Change pages as they are read."""
    app.connect("source-read", _read)


def _read(app: Sphinx, page: str, source: list[str]) -> None:
    source[0] = _ANCHOR.sub(r"(\1)=", source[0])
    folder = Path(page).parent
    if page == root_doc:
        source[0] += _menus(source[0], folder, app.project.docnames)
    elif page == "docs/rules/README":
        source[0] += _menu("Rules", [f"/{folder}/*"], glob=True)


def _menus(text: str, folder: Path, pages: set[str]) -> str:
    menus, told = [], {root_doc}
    for section in text.split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        linked = [
            (ROOT / folder / link["page"]).resolve().relative_to(ROOT).with_suffix("").as_posix()
            for link in _LINK.finditer(body)
        ]
        menus.append(_menu(heading, [f"/{name}" for name in linked if name not in told]))
        told.update(linked)
    rest = sorted(
        name
        for name in pages - told
        if not (name.startswith("docs/rules/") and name != "docs/rules/README")
    )
    return "".join(menus) + (_menu("More", [f"/{name}" for name in rest]) if rest else "")


def _menu(heading: str, pages: list[str], *, glob: bool = False) -> str:
    options = [":hidden:", f":caption: {heading}", *([":glob:"] if glob else [])]
    return "\n".join(["\n\n```{toctree}", *options, "", *pages, "```", ""])
