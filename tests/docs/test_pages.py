"""Every page's commands and Python run, what it shows is what is printed, and it is up to date."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from vbl_detect.cli.commands import COMMANDS

sys.path.append(str(Path(__file__).parents[2] / "scripts"))

import run_pages
import write_pages

ROOT = Path(__file__).parents[2]
PAGES = run_pages.pages()


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_a_page_shows_is_what_is_printed(path):
    page = path.read_text("utf-8")

    assert run_pages.run(page) == page, "run make pages (python scripts/run_pages.py)"


def test_each_reader_s_page_takes_part():
    wanted = {"analyst", "supervisor", "lexicon-editor", "data-engineer", "developer"}

    assert wanted <= {path.stem for path in PAGES}


def test_pages_made_from_the_program_are_up_to_date():
    assert write_pages.stale(ROOT) == [], "run make pages (python scripts/write_pages.py)"


def test_a_changed_and_a_missing_page_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(write_pages, "PAGES", {name: lambda: "new" for name in "abc"})
    (tmp_path / "a").write_text("new", "utf-8")
    (tmp_path / "b").write_text("old", "utf-8")

    assert write_pages.stale(tmp_path) == ["b", "c"]


def test_output_is_filled_in_and_what_stood_there_is_replaced():
    page = "<!-- files: -->\n\n```console\n$ vbl-detect --version\nold\n```\n"

    assert re.search(r"```console\n\$ vbl-detect --version\nvbl-detect \d", run_pages.run(page))
    assert "old" not in run_pages.run(page)


def test_a_command_shown_without_output_is_left_alone_and_a_failing_one_is_told():
    page = "<!-- files: -->\n\n```console\n$ vbl-detect --version\n```\n"

    assert run_pages.run(page) == page
    with pytest.raises(SystemExit, match="--no-such-option: exit code 2"):
        run_pages.run(page.replace("--version", "--no-such-option"))


def test_every_command_is_on_the_page_of_commands():
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")

    assert re.findall(r"^## vbl-detect (\S+)$", page, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize(
    "page", [*sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md"], ids=lambda p: p.stem
)
def test_commands_named_on_pages_exist(page):
    lines = re.findall(r"^(?:    |\$ )(vbl-detect .*)$", page.read_text("utf-8"), re.MULTILINE)
    words = [shlex.split(line.rstrip("\\"))[1] for line in lines]

    assert {word for word in words if not word.startswith("-")} <= COMMANDS.keys()
