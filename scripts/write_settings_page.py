"""Write docs/settings.md from the table of settings."""

from __future__ import annotations

from pathlib import Path

from vbl_detect.settings.pages import page

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"

if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
    print(f"wrote {PAGE}")
