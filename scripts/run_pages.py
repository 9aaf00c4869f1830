"""Run the commands and the Python of the pages, and write what they print into the pages.

A page takes part if it holds a line ``<!-- files: NAME=PATH, NAME=PATH -->``: the files that lie in
the folder where its commands run. In a ``console`` block, lines that begin with ``$ vbl-detect``
are run one after the other; lines that follow and are no commands are what the last one prints.
With ``--check`` nothing is written; it fails if a page shows anything else.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from typer.testing import CliRunner

from vbl_detect.cli import app

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
_FILES = re.compile(r"^<!-- files:\s*(.*?)\s*-->$", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"(?<=^```)(?P<language>console|python)\n(?P<text>.*?)(?=^```$)", re.M | re.S)
_PROMPT, _PROGRAM = "$ ", "vbl-detect "
#: Wide enough for code frames, narrow enough for a page.
WIDTH = 88


def main() -> None:
    """Write the pages anew, or check them."""
    stale = []
    for path in pages():
        text = path.read_text("utf-8")
        made = run(text)
        if made == text:
            continue
        stale.append(path.name)
        if "--check" not in sys.argv[1:]:
            path.write_text(made, "utf-8", newline="\n")
    if stale and "--check" in sys.argv[1:]:
        names = ", ".join(stale)
        sys.exit(f"{names}: the output shown is out of date; run make pages ({__file__})")
    print(f"{len(stale)} pages changed{': ' if stale else ''}{', '.join(stale)}")


def pages() -> list[Path]:
    """Return the pages that take part."""
    return [path for path in sorted(DOCS.glob("*.md")) if _FILES.search(path.read_text("utf-8"))]


def run(page: str) -> str:
    """Return a page with what its commands print now.

    Parameters
    ----------
    page : str
        The page, in Markdown.

    Raises
    ------
    SystemExit
        If a command ends otherwise than the reader would expect: `check` may find something.
    """
    names: dict[str, object] = {}
    with _folder(page):
        return _BLOCK.sub(lambda block: block["language"] + "\n" + _ran(block, names), page)


@contextlib.contextmanager
def _folder(page: str) -> Iterator[None]:
    """Work in a folder of its own, which holds the page's files."""
    listed = _FILES.search(page)
    pairs = [one.strip().split("=") for one in (listed[1] if listed else "").split(",") if one]
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        for wanted, source in pairs:
            Path(wanted).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, wanted)
        yield


def _ran(block: re.Match[str], names: dict[str, object]) -> str:
    if block["language"] == "python":
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(block["text"], "page", "exec"), names)  # noqa: S102 - our own pages
        return block["text"]
    lines, shown, written = block["text"].splitlines(), [], False
    while lines:
        line = lines.pop(0)
        if not line.startswith(_PROMPT):
            continue
        command = [line]
        while command[-1].endswith("\\"):
            command.append(lines.pop(0))
        shown += command
        printed = _printed(" ".join(part.rstrip("\\") for part in command).removeprefix(_PROMPT))
        if lines and not lines[0].startswith(_PROMPT):
            shown += printed.rstrip("\n").splitlines()
            written = True
    return "\n".join(shown) + "\n" if written or shown else block["text"]


def _printed(command: str) -> str:
    if not command.startswith(_PROGRAM):
        return ""
    words = shlex.split(command)[1:]
    os.environ["COLUMNS"] = str(WIDTH)
    result = CliRunner().invoke(app, words)
    if result.exit_code not in ({0, 1} if words[0] == "check" else {0}):
        sys.exit(f"{command}: exit code {result.exit_code}\n{result.output}")
    return "\n".join(line.rstrip() for line in result.output.splitlines())


if __name__ == "__main__":
    main()
