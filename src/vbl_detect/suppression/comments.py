"""Comments in Markdown and text files that accept wording on one line.

``<!-- vbl: allow RC012 until 2027-03-31 reason="…" author="…" -->`` in Markdown, and the same
without the marks of a comment on a line of its own in text. Comments are blanked before the text is
judged: every other offset stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import PurePath

from vbl_detect.closest import did_you_mean
from vbl_detect.errors import UsageError
from vbl_detect.fingerprints import line_starts
from vbl_detect.records import Note
from vbl_detect.suppression.acceptance import (
    Acceptance,
    checked_code,
    checked_expiry,
    checked_text,
)

#: Endings of the files in which comments are read; standard input without a name has none.
SUFFIXES = frozenset({".md", ".markdown", ".txt", ".log", ""})

EXAMPLE = 'vbl: allow RC012 until 2027-03-31 reason="…" author="…"'

_RIGHT = "vbl:"
# A name that is nearly right is read too, so that it can be told what is wrong with it.
_NAME = r"(?P<name>v[bl]{2}(?:[-_]?detect)?(?:[ \t]*[:;]|(?!\w)))"
_IN_MARKDOWN = re.compile(rf"<!--[ \t]*{_NAME}(?P<body>.*?)(?P<close>-->|$)", re.IGNORECASE)
_IN_TEXT = re.compile(rf"[ \t]*{_NAME}(?P<body>.*)", re.IGNORECASE)
# What else shows that a line is meant as such a comment: its verb, or one that other tools have,
# or a code.
_MEANT = re.compile(
    r"\s*(?:allow\b|[\w-]+\s+[a-z]{2}\d{3}\b|(?:disable|ignore|off|skip|noqa)\s*$)", re.IGNORECASE
)
_MAY_HOLD = re.compile(rf"\b{_NAME}", re.IGNORECASE)
_VERB = re.compile(r"\s*([^\s\"“]*)")
_CODES = re.compile(r"(?P<codes>.*?)\s*(?=\buntil\b|\b\w+\s*=|$)", re.IGNORECASE)
# Word processors turn straight quotation marks into curly ones.
_PART = re.compile(
    r"\s*(?:until\s+(?P<date>[^\s\"“”]+)"
    r"|(?P<key>\w+)\s*=\s*(?:\"(?P<value>[^\"]*)\"|“(?P<curly>[^”]*)”))",
    re.IGNORECASE,
)
_KEYS = ("reason", "author")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Acceptance):
    """A comment that accepts what stands on one line.

    Attributes
    ----------
    codes : tuple of str
        The codes it accepts there.
    line : int or None
        The line it speaks of, from 1: its own if anything else stands there, else the next that is
        neither blank nor a comment of this kind; None if no line follows.
    """

    codes: tuple[str, ...]
    line: int | None


@dataclass(frozen=True, slots=True)
class WrongComment:
    """A comment that accepts nothing: where it stands, as ``file:line``, and what is wrong."""

    place: str
    message: str

    def __str__(self) -> str:
        """Return both in one sentence."""
        return f"{self.place}: {self.message}; until then it accepts nothing"


@dataclass(frozen=True, slots=True)
class Commented:
    """A note with its comments taken out.

    Attributes
    ----------
    note : Note
        The note; where a comment stood there are spaces, as many as it had code points.
    comments : tuple of Comment
        In order.
    wrong : tuple of WrongComment
        Comments that accept nothing, because something is wrong with them.
    """

    note: Note
    comments: tuple[Comment, ...] = ()
    wrong: tuple[WrongComment, ...] = ()


def read_comments(note: Note, today: date, known_codes: Collection[str] = ()) -> Commented:
    """Return a note without its comments, and what they say.

    Parameters
    ----------
    note : Note
        The note; only text and Markdown files have comments.
    today : date
        The present day; comments may hold at most a year from it.
    known_codes : collection of str
        The codes there are; empty: any.
    """
    if not _has_comments(note) or not _MAY_HOLD.search(note.text):
        return Commented(note)
    starts = line_starts(note.text)
    lines = [note.text[start:end] for start, end in pairwise([*starts, len(note.text)])]
    found: list[tuple[int, str, str | None]] = []
    for number, line in enumerate(lines):
        for match in _comments_in(line.rstrip("\r\n")):
            blank = " " * (match.end() - match.start())
            lines[number] = lines[number][: match.start()] + blank + lines[number][match.end() :]
            open_ended = match.groupdict().get("close") == ""
            found.append((number, match["name"], None if open_ended else match["body"]))
    if not found:
        return Commented(note)
    comments, wrong = [], []
    for number, name, body in found:
        place = f"{note.path}:{number + 1}"
        spoken_of = _line_spoken_of(lines, number)
        try:
            _check_name(name)
            comments.append(_parse(body, place, spoken_of, today, known_codes))
        except UsageError as error:
            wrong.append(WrongComment(place, str(error)))
    return Commented(replace(note, text="".join(lines)), tuple(comments), tuple(wrong))


def _comments_in(line: str) -> list[re.Match[str]]:
    """Return the comments in a line, those included that were meant as such and are not right."""
    in_markdown = [
        match
        for match in _IN_MARKDOWN.finditer(line)
        if match["name"].lower() == _RIGHT or _MEANT.match(match["body"])
    ]
    in_text = None if in_markdown else _IN_TEXT.fullmatch(line)
    return [in_text] if in_text and _MEANT.match(in_text["body"]) else in_markdown


def _check_name(name: str) -> None:
    if name.lower() != _RIGHT:
        raise UsageError(f"the comment begins with {name!r}; write {EXAMPLE}")


def _has_comments(note: Note) -> bool:
    if note.row is not None:
        return False
    name = PurePath((note.path or "").replace("\\", "/"))
    return name.suffix.lower() in SUFFIXES


def _line_spoken_of(blanked: Sequence[str], number: int) -> int | None:
    """Return the line, from 1, that a comment in line `number`, from 0, speaks of."""
    if blanked[number].strip():
        return number + 1
    following = range(number + 1, len(blanked))
    return next((later + 1 for later in following if blanked[later].strip()), None)


def _parse(
    body: str | None, place: str, line: int | None, today: date, known_codes: Collection[str]
) -> Comment:
    if body is None:
        raise UsageError("the comment does not end on its line; end it there with -->")
    verb = _VERB.match(body)
    word = verb[1] if verb else ""
    if word.lower() != "allow":
        raise UsageError(
            f"the comment says {word!r}, and only 'allow' is understood; write {EXAMPLE}"
        )
    rest = body[verb.end() :] if verb else ""
    head = _CODES.match(rest)
    names = head["codes"] if head else ""
    codes = tuple(checked_code(name) for name in re.split(r"[,\s]+", names) if name)
    if not codes:
        raise UsageError(f"the comment names no code; write {EXAMPLE}")
    for code in codes:
        if known_codes and code not in known_codes:
            hint = did_you_mean(code, known_codes)
            raise UsageError(f"there is no code {code!r}; see 'vbl-detect lexicon list'{hint}")
    values = _values(rest[head.end() if head else 0 :])
    missing = [name for name in ("until", *_KEYS) if name not in values]
    if missing:
        raise UsageError(f"the comment has no {' and no '.join(missing)}; write {EXAMPLE}")
    return Comment(
        codes=codes,
        line=line,
        place=place,
        expires=checked_expiry(values["until"], today),
        reason=checked_text("reason", values["reason"]),
        author=checked_text("author", values["author"]),
    )


def _values(text: str) -> dict[str, str]:
    values: dict[str, str] = {}
    at = 0
    while text[at:].strip():
        part = _PART.match(text, at)
        if part is None:
            raise UsageError(
                "part of the comment is not understood, perhaps for want of quotation marks; "
                f"write {EXAMPLE}"
            )
        key = "until" if part["date"] else part["key"].lower()
        if key not in ("until", *_KEYS):
            hint = did_you_mean(key, _KEYS) or f"; the keys are {' and '.join(_KEYS)}"
            raise UsageError(f"the comment has no key {key!r}{hint}")
        if key in values:
            raise UsageError(f"the comment says {key} twice; keep one of the two")
        values[key] = part["date"] or part["value"] or part["curly"] or ""
        at = part.end()
    return values
