"""Write the pages that are made from the program: commands, man page, settings, figures, card.

With ``--check`` nothing is written; it fails if a page is not what it would be written as.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from pages import architecture, commands, evaluation, findings, model_card

from vbl_detect import resources
from vbl_detect.settings import pages as settings

ROOT = Path(__file__).parents[1]

#: Each page, and the function that returns its content.
PAGES: Mapping[str, Callable[[], str]] = {
    "README.md": evaluation.readme,
    "docs/architecture.md": architecture.page,
    "docs/commands.md": commands.page,
    "docs/evaluation.md": evaluation.page,
    "docs/finding.schema.json": findings.schema,
    "docs/man/vbl-detect.1": commands.man_page,
    "docs/pictures/architecture.svg": architecture.picture,
    "docs/settings.md": settings.page,
    f"models/{resources.MODEL}/README.md": model_card.page,
}


def main() -> None:
    """Write the pages, or check them."""
    differing = stale(ROOT)
    if "--check" in sys.argv[1:]:
        if differing:
            sys.exit(
                f"{', '.join(differing)}: out of date; run make pages (scripts/write_pages.py)"
            )
        return
    for name in differing:
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGES[name](), "utf-8", newline="\n")
    print(f"{len(PAGES)} pages, {len(differing)} of them written: {', '.join(differing) or 'none'}")


def stale(root: Path) -> list[str]:
    """Return the names of pages that are missing or out of date.

    Parameters
    ----------
    root : Path
        The folder to which the pages' names belong.
    """
    return [name for name, made in PAGES.items() if _lying(root / name) != made()]


def _lying(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


if __name__ == "__main__":
    main()
