"""Agreement of people who labelled the same notes, where they differ, and their agreed answer."""

from pathlib import Path

#: Of the page that ``agree --format html`` writes.
TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
