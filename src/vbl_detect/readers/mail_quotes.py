"""What a message repeats of earlier ones: lines after ``>``, and what follows their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbl_detect.records import Part

#: "On Mon, 3 May 2026 at 10:14, A. Hale <a@b.example> wrote:", on one line or broken over three.
_WROTE = (
    r"^[ \t]*On\b(?=[^\n]*\d)[^\n]{5,200}(?:\n(?![ \t]*\n)[^\n]{1,200}){0,2}?"
    r"\b(?:wrote|writes):[ \t]*$"
)
_RULED = (
    r"^[ \t]*-{2,}[ \t]*(?:Original (?:Message|Appointment)|Forwarded [Mm]essage)[ \t]*-{2,}[ \t]*$"
)
_BEGINS = r"^[ \t]*Begin forwarded message:[ \t]*$"
#: Outlook's heading: From, then Sent or Date, with or without a rule above it.
_FIELDS = (
    r"^[ \t*]*From:[^\n]{1,300}\n(?:[ \t]*\n)?"
    r"(?:[ \t*]*(?:To|Cc|Reply-To):[^\n]*\n(?:[ \t]*\n)?){0,3}"
    r"[ \t*]*(?:Sent|Date):[^\n]*$"
)
_HEADING = re.compile("|".join((_WROTE, _RULED, _BEGINS, _FIELDS)), re.MULTILINE)
_QUOTED_LINES = re.compile(r"^[ \t]*>[^\n]*(?:\n(?:[ \t]*\n)*[ \t]*>[^\n]*)*", re.MULTILINE)
_LONGEST_CUE = 120


def parts_of(text: str, *, time: str | None = None, author: str | None = None) -> tuple[Part, ...]:
    r"""Return the parts of a message, those that repeat another one marked as quoted.

    From Outlook's heading on, or from "On … wrote:" without ``>`` below it, all that follows is
    quoted; lines after ``>`` are wherever they stand.

    Parameters
    ----------
    text : str
        The message, its lines ended by ``"\n"``.
    time, author : str, optional
        Of the message itself.
    """
    parts: list[Part] = []
    end = 0
    for start, stop, cue in _quotations(text):
        if text[end:start].strip():
            parts.append(Part(start=end, end=start, time=time, author=author))
        parts.append(Part(start=start, end=stop, quoted=cue))
        end = stop
    if text[end:].strip():
        parts.append(Part(start=end, end=len(text), time=time, author=author))
    return tuple(parts)


def _quotations(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and what tells of it, of each quotation."""
    position = 0
    while True:
        heading = _HEADING.search(text, position)
        lines = _QUOTED_LINES.search(text, position)
        if heading is not None and (lines is None or heading.start() <= lines.start()):
            introduced = lines is not None and not text[heading.end() : lines.start()].strip()
            cue = _cue(heading[0])
            if lines is None or not introduced:
                yield heading.start(), len(text), cue
                return
            yield heading.start(), lines.end(), cue
        elif lines is not None:
            yield lines.start(), lines.end(), ">"
        else:
            return
        position = lines.end()


def _cue(heading: str) -> str:
    cue = " ".join(heading.split())
    return cue if len(cue) <= _LONGEST_CUE else cue[: _LONGEST_CUE - 1] + "…"
