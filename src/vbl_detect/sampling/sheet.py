"""The workbook that readers fill in: how it is laid out."""

from __future__ import annotations

#: The sheets; the last is not shown, and holds what the estimates need.
HOW_TO, NOTES, DESIGN = "Read me first", "Notes", "Design"

NUMBER, REFERENCE, PLACE, TEXT = "No.", "Reference", "Where", "Note"
FOUND = "The tool found"
ANSWER = "Does it hold victim-blaming language?"
WORDS = "Which words?"
INITIALS = "Your initials"

#: What can be answered, in the order of the list in each cell.
ANSWERS = ("yes", "no", "unsure")

#: Characters of the design in one cell.
CHUNK = 30_000
