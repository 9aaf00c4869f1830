"""What docs/serve.md says of limits and keys is what the page has."""

from pathlib import Path

from vbl_detect.serving.documents import LONGEST_READ, MAX_BYTES
from vbl_detect.serving.limits import MAX_CHARACTERS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "serve.md").read_text("utf-8")
STATIC = ROOT / "src" / "vbl_detect" / "serving"


def test_the_limits_are_told():
    assert f"{MAX_CHARACTERS:,} characters" in PAGE
    assert f"{MAX_BYTES // 1_000_000} MB" in PAGE
    assert f"after {LONGEST_READ:.0f} seconds" in PAGE


def test_the_keys_are_those_that_the_page_hears_and_shows():
    script = (STATIC / "static" / "serve.js").read_text("utf-8")
    shown = (STATIC / "templates" / "serve.html").read_text("utf-8")

    for key, name in (("F8", "F8"), ("Escape", "Esc")):
        assert f'event.key === "{key}"' in script
        assert f"<kbd>{name}</kbd>" in shown
        assert name in PAGE


def test_nothing_of_the_page_comes_from_elsewhere():
    for path in STATIC.rglob("*.*"):
        if path.suffix in {".html", ".css", ".js"}:
            text = path.read_text("utf-8")
            assert not any(mark in text for mark in ("//cdn", "https:", "http:", "@import", "url("))
