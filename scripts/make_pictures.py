"""Make the pictures of ``docs/pictures/``: a real run on the screen, and the page of a report.

``check.svg`` is what `vbl-detect check` printed, drawn by rich; ``report.png`` is the page that
`vbl-detect report` wrote, seen by Debian's chromium, which is left out where there is none.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
COLUMNS = 100
CHROMIUM = shutil.which("chromium")
#: rich's drawing asks a network for its font; the reader's own will do.
OFFLINE_FORMAT = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono"
)


def main() -> None:
    """Make every picture."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "examples" / "exploitation-review.docx", folder / "review.docx")
        shutil.copy(ROOT / "examples" / "records-export.xlsx", folder / "export.xlsx")
        _draw(["check", "review.docx", "--select", "high"], folder, FOLDER / "check.svg")
        _run(
            [
                "scan",
                "export.xlsx",
                "--sheet",
                "Log entries",
                "--keep-columns",
                "Entry type,Entry time",
                "-o",
                "findings.jsonl",
            ],
            folder,
        )
        _run(["report", "findings.jsonl", "-o", "report.html"], folder)
        if CHROMIUM is None:
            print("no chromium: report.png is left as it is")
        else:
            _look_at(folder / "report.html", FOLDER / "report.png")
    print(f"wrote {FOLDER}")


def _run(words: Sequence[str], folder: Path) -> str:
    result = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "vbl_detect", *words],
        cwd=folder,
        env={**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if result.returncode not in {0, 1}:
        sys.exit(result.stdout)
    return result.stdout


def _draw(words: Sequence[str], folder: Path, path: Path) -> None:
    command = f"vbl-detect {' '.join(words)}"
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    console.print(Text.assemble(("$ ", "dim"), command))
    console.print(Text.from_ansi(_run(words, folder)))
    drawn = console.export_svg(
        title=command, theme=MONOKAI, code_format=OFFLINE_FORMAT, unique_id="run"
    )
    path.write_text(drawn, "utf-8", newline="\n")


def _look_at(page: Path, path: Path) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where chromium is

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 1000, "height": 820})
        view.goto(page.as_uri())
        view.screenshot(path=path)
        browser.close()


if __name__ == "__main__":
    main()
