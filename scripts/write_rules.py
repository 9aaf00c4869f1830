"""Write ``docs/rules/`` from the lexicon and ``models/precision.json``.

With ``--check`` nothing is written; it fails if a page is not what it would be written as.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from vbl_detect.reference import read_reference
from vbl_detect.reference.markdown import pages

FOLDER = Path(__file__).parents[1] / "docs" / "rules"


def main() -> None:
    """Write the pages, or check them."""
    made = pages(read_reference())
    differing = stale(FOLDER, made)
    if "--check" in sys.argv[1:]:
        if differing:
            sys.exit(f"{FOLDER}: {', '.join(differing)} out of date; run make rules")
        return
    FOLDER.mkdir(exist_ok=True)
    for name in differing:
        path = FOLDER / name
        if name in made:
            path.write_text(made[name], "utf-8", newline="\n")
        else:
            path.unlink()
    print(f"wrote {FOLDER}: {len(made)} pages, {len(differing)} of them changed")


def stale(folder: Path, made: Mapping[str, str]) -> list[str]:
    """Return the names of pages that are missing, out of date, or of no category any more.

    Parameters
    ----------
    folder : Path
        Where the pages lie.
    made : mapping of str to str
        What each page should hold, by file name.
    """
    lying = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in {*lying, *made} if lying.get(name) != made.get(name))


if __name__ == "__main__":
    main()
