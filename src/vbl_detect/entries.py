"""Entries of a log that stand in one note: where each begins, when and by whom it was written.

A record system's export puts a whole log into one cell, and a printed log is one text. Such a note
is judged entry by entry, as it would be if each had a row of its own; its text stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from vbl_detect.records import Note, Part

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE = r"""
    (?: (?P<iso>\d{4}-\d\d-\d\d)
      | (?P<day>\d{1,2})(?P<sep>[/.-])(?P<month>\d{1,2})(?:(?P=sep)(?P<year>\d{4}|\d\d))?
      | (?P<day2>\d{1,2})(?:st|nd|rd|th)?[\ -]?(?P<name>[A-Za-z]{3})[a-z]{0,6}[\ -]?
        (?P<year2>\d{4}|(?<=[\ -])\d\d(?!\d|[:.]\d\d))?
    )"""
_TIME = r"""
    (?P<hour>[01]?\d|2[0-3])(?: [:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d)(?:[.]\d+)?)?
      | (?<=\d\d)(?P<minute2>[0-5]\d) )
    (?:\ ?(?:hrs?|hours|h)\b)?(?:\ ?(?P<half>[ap])\.?m\b\.?)?
    (?:Z\b|[+-]\d\d:?\d\d(?!\d))?(?![\d/])"""
_BETWEEN = r"(?:[ \t\u00a0]*[,@|][ \t\u00a0]*|[ \t\u00a0]+(?:at[ ]|[-\u2013@|][ ])?|T)"
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?[ ])?"


def _swapped(pattern: str) -> str:
    """Return a pattern with its groups renamed, so that it can stand beside itself."""
    return re.sub(r"\(\?P(<|=)(\w+)", r"(?P\1\2_", pattern)


_RANK = (
    r"(?:[ADT]/|Det[ ]|Actg[ ])?(?:PC|PS|DC|DS|DI|DCI|DSU|DSUPT|SGT|INSP|CI|CINSP|SUPT|PCSO|SPC|SC"
    r"|Sgt|Insp|Supt|DSupt|Ch[ ]Insp|C/Insp|C/INSP|CSO|SW)"
)
_NUMBER = r"[A-Z]{0,2}\d{2,6}[A-Z]?"
#: A heading's other words, which are no one's name.
_NO_NAME = (
    r"(?:INITIAL|UPDATE|REVIEW|SUPERVISOR|SUPERVISION|ENTRY|NOTE|NOTES|RISK|LOG|MISPER|REPORT|CALL"
    r"|ACTION|VISIT|FURTHER|Initial|Update|Review|Supervisor|Entry|Note|Risk|Report)\b"
)
_NAME = rf"(?!{_NO_NAME})[A-Z](?:[A-Za-z'\u2019-]+|\.)"
_ENDS = r"(?=[ ]*\t|[ \t]*(?:[:|)\]>\n]|[-\u2013\u2014][ \t]|\Z))"
_NAMES = rf"{_NAME}(?:[ ,]{{1,3}}{_NAME})?{_ENDS}"
_AUTHOR = rf"""
    (?: \b{_RANK}[ ./]*{_NUMBER}(?:[ ,]+{_NAMES})?
      | \b{_NUMBER}[ ]+{_RANK}\b(?:[ ]+{_NAMES})?
      | \b{_RANK}\.?[ ]+(?:{_NAMES}|{_NAME})
      | {_NUMBER}[ ]+{_NAMES}
      | {_NAME}(?:[ ,]{{1,3}}{_NAME})?[ ,]{{1,3}}\(?{_NUMBER}\)?{_ENDS}
    )"""
#: Whose label tells that what follows is not the police's own words: "SW Jones: ...".
_OTHER_AUTHOR = re.compile(r"(?:SW|CSO)\b")
_NUMBERS = re.compile(r"[0-9]+")
_MOMENT = re.compile(
    rf"(?:{_DATE}{_BETWEEN}{_TIME} | {_swapped(_TIME)}{_BETWEEN}{_swapped(_DATE)}(?!\d))",
    re.VERBOSE,
)
#: What a heading may say before date and time, up to them.
_BEFORE = re.compile(
    rf"""
    (?P<lead>
      (?:[-*\u2022>=#_~|]{{1,12}}[ \t]{{0,4}})?
      (?:(?:Entry|ENTRY|Log|LOG|Update|UPDATE)[ ]?(?:no\.?[ ]?)?\#?\d{{1,5}}
        [ ]?[:.)\]|\u2013-]?[ ]?)?
      (?:Date(?:/Time)?[ ]?:[ ]?|Added[ ](?:by|on)[ ]|On[ ])?
      (?:[\[(]?\#?\d{{1,5}}[.)\]]{{1,2}}[ ]?)?
    )
    (?P<open>[\[(<])?
    (?:(?P<author>{_AUTHOR})[ \t]{{0,4}}(?:on[ ]|[-\u2013,|][ ])?[ \t]{{0,4}})?
    {_WEEKDAY}\Z
    """,
    re.VERBOSE,
)
_WORDS = re.compile(r"(?<!\S)\S|\Z")
_AFTER = re.compile(
    rf"[ \t]*[-\u2013\u2014|,:>]*[ \t]*(?:by[ ])?(?P<author>{_AUTHOR})?", re.VERBOSE
)
#: A digit, a mark and a digit, or a month: without these there is no date.
_HINT = re.compile(
    r"\d[/.-]\d{1,2}(?:\D|$)|\d{4}-\d\d-\d\d|\d[ -]?(?:st|nd|rd|th)?[ -]?[A-Z][A-Za-z]{2}"
)
_LINE_BREAK = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]|<br\s*/?>", re.IGNORECASE)
#: Words before a date that make it one of a sentence, also across a line break.
_DATED = re.compile(
    r"\b(?:on|at|of|since|from|until|till|by|and|to|between|before|after|around|about|the|dated|was"
    r"|is|last|approx|circa)[\s,:]*\Z",
    re.IGNORECASE,
)
_ENDED = re.compile(r"(?:[.!?:;|\])>\"'\u201d\u2019/*=~_\u2013\u2014-]|\A)\s*\Z")
_CLOSED = re.compile(r"[ ]*\t|[ \t]*(?:[:|>\])]|[-\u2013\u2014][ \t])")
_SEPARATORS = " \t\r\n\u00a0-\u2013\u2014|,:>)]=~*"
#: What stands before date and time in a heading is no longer than this.
_LOOK_BACK = 80
#: A bracket is closed at most so far behind what is known of a heading.
_LONGEST_REST = 30
_CENTURY = 2000
_NOON = 12
#: Fewer stamps are a date that a note happens to begin with.
FEWEST = 2


class _Heading(NamedTuple):
    """Where an entry's heading begins, where its text does, and what the heading says."""

    start: int
    text: int
    time: str
    author: str | None


def with_entries(note: Note) -> Note:
    """Return a note with its entries as parts; as it is if it has parts or is one entry.

    Parameters
    ----------
    note : Note
        Any note.
    """
    if note.parts:
        return note
    parts = find_entries(note.text)
    return replace(note, parts=parts) if parts else note


def find_entries(text: str) -> tuple[Part, ...]:
    """Return the entries of a log; none unless two or more begin with date and time.

    A heading is a date and a time, day before month, at the start of a line. Within a line an
    officer's rank or number must stand beside them, with a full stop or the like before them or a
    colon or the like behind, and no word before them that makes them part of a sentence. The
    headings are left out of the parts.

    Parameters
    ----------
    text : str
        A note, exactly as read.
    """
    if not _HINT.search(text):
        return ()
    headings = list(_headings(text))
    if len(headings) < FEWEST:
        return ()
    parts = []
    if text[: headings[0].start].strip():
        parts.append(Part(start=0, end=headings[0].start))
    ends = [*(heading.start for heading in headings[1:]), len(text)]
    for heading, end in zip(headings, ends, strict=True):
        if text[heading.text : end].strip():
            parts.append(
                Part(start=heading.text, end=end, time=heading.time, author=heading.author)
            )
    return tuple(parts)


def _headings(text: str) -> Iterator[_Heading]:
    end = 0
    for number in _NUMBERS.finditer(text):
        if number.start() < end:
            continue
        moment = _MOMENT.match(text, number.start())
        time = None if moment is None else _written(moment)
        if moment is None or time is None:
            continue
        end = moment.end()
        heading = _heading(text, moment, time)
        if heading is not None:
            yield heading


def _heading(text: str, moment: re.Match[str], time: str) -> _Heading | None:
    """Return the heading that a date and time stand in, or None if they stand in a sentence."""
    earlier = text[max(moment.start() - _LOOK_BACK, 0) : moment.start()]
    line = _LINE_BREAK.split(earlier)[-1]
    lead = _lead(line)
    after = _AFTER.match(text, moment.end())
    if lead is None or after is None:
        return None
    start = moment.start() - len(line) + lead.start()
    before = earlier[: len(earlier) - len(line) + lead.start()]
    at_line_start = len(line) < _LOOK_BACK and not line[: lead.start()].strip(" \t\ufeff")
    author = lead["author"] or after["author"]
    glued = author and (_ENDED.search(before) or _is_closed(text, after))
    if _DATED.search(before) or not (at_line_start or glued):
        return None
    return _Heading(start, _text_start(text, lead["open"], after), time, author)


def _is_closed(text: str, after: re.Match[str]) -> bool:
    """Tell whether a mark closes the heading: "PC 1234 Smith:"; no full stop need precede it."""
    return after["author"] is not None and _CLOSED.match(text, after.end()) is not None


def _lead(line: str) -> re.Match[str] | None:
    """Return what of a line up to date and time belongs to the heading, the longest."""
    starts = (word.start() for word in _WORDS.finditer(line))
    leads = (_BEFORE.match(line, start) for start in starts)
    return next(filter(None, leads), None)


def _text_start(text: str, opening: str | None, after: re.Match[str]) -> int:
    """Return where an entry's text begins: behind its heading, or at an author not of the police.

    The heading's words tell nothing of the entry's, and a classifier that hears them hears worse.
    """
    closing = {"[": "]", "(": ")", "<": ">"}.get(opening or "")
    closed = text.find(closing, after.start(), after.end() + _LONGEST_REST) if closing else -1
    if closed >= 0:
        start = closed + 1
    elif after["author"] and _OTHER_AUTHOR.match(after["author"]):
        return after.start("author")
    else:
        start = after.end()
    while start < len(text) and text[start] in _SEPARATORS:
        start += 1
    return start


def _written(found: re.Match[str]) -> str | None:
    """Return date and time as ISO 8601, without a year as written; None if there is no such day."""
    groups = found.groupdict()
    mark = "" if groups["hour"] else "_"
    part = {name: groups[name + mark] for name in _GROUPS}
    if part["sep"] in (".", "-") and not part["year"]:
        return None  # two numbers with a fraction, or a range
    hour, minute = int(part["hour"]), int(part["minute"] or part["minute2"] or 0)
    if part["half"]:
        hour = hour % _NOON + (_NOON if part["half"] == "p" else 0)
    year, month, day = _day(part)
    try:
        # A leap year, where none is given.
        moment = datetime(year or _CENTURY, month, day, hour, minute, int(part["second"] or 0))
    except ValueError:
        return None
    if not year:
        return f"{day:02}/{month:02} {hour:02}:{minute:02}"
    return moment.isoformat(timespec="seconds" if part["second"] else "minutes")


_GROUPS = "iso day sep month year day2 name year2 hour minute minute2 second half".split()


def _day(part: dict[str, str | None]) -> tuple[int, int, int]:
    """Return year, 0 if there is none, month, 0 if there is no such, and day."""
    if part["iso"]:
        year, month, day = map(int, part["iso"].split("-"))
        return year, month, day
    written = part["year"] or part["year2"] or "0"
    year = int(written) + (_CENTURY if len(written) == 2 else 0)  # noqa: PLR2004 - two digits
    if part["day"]:
        return year, int(part["month"] or 0), int(part["day"])
    name = (part["name"] or "").lower()
    return year, _MONTHS.index(name) + 1 if name in _MONTHS else 0, int(part["day2"] or 0)
