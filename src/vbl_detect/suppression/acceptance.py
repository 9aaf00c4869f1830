"""Who accepted a wording, why, and until when; each part required and checked in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vbl_detect.errors import UsageError

#: How far ahead an acceptance may end. Within a year guidance and people change, and someone should
#: look at the words again; what is acceptable for good belongs in a lexicon of one's own.
LONGEST = timedelta(days=366)

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CODE = re.compile(r"[A-Z]{2}\d{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Somebody's decision that a wording may stand for a time.

    Attributes
    ----------
    reason, author : str
        Why, and who says so.
    expires : date
        The last day on which it holds.
    place : str
        Where the decision is written down, as ``file:line``.
    """

    reason: str
    author: str
    expires: date
    place: str

    def ended(self, today: date) -> bool:
        """Tell whether it no longer holds."""
        return self.expires < today

    def as_mark(self) -> dict[str, str | None]:
        """Return what a finding says in `suppressed`."""
        return {"by": self.author, "reason": self.reason, "expires": self.expires.isoformat()}


def checked_text(name: str, value: object) -> str:
    """Return a reason or an author without white space around it.

    Parameters
    ----------
    name : str
        What the value is called in messages.
    value : object
        As read.

    Raises
    ------
    UsageError
        If it is no text, blank, or holds half a character.
    """
    if not isinstance(value, str):
        raise UsageError(f"{name} is {value!r}, which is no text; put it in quotation marks")
    if not value.strip():
        raise UsageError(f"{name} is empty; {_EMPTY.get(name, 'fill it in')}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{name} holds a character that no file can hold; retype it") from error
    return value.strip()


_EMPTY = {
    "reason": "say in a few words why the wording may stand",
    "author": "say who accepts the wording",
}


def checked_expiry(value: object, today: date) -> date:
    """Return the day on which an acceptance ends; one in the past is allowed, since it has ended.

    Parameters
    ----------
    value : object
        A date, or text such as ``2027-03-31``.
    today : date
        The present day.

    Raises
    ------
    UsageError
        If it is no date, or more than `LONGEST` ahead.
    """
    expires = value
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        try:
            expires = date.fromisoformat(value.strip())
        except ValueError as error:
            raise UsageError(f"expires is {value!r}, a day that does not exist") from error
    if not isinstance(expires, date) or isinstance(expires, datetime):
        shown = str(value) if isinstance(value, datetime) else repr(value)
        raise UsageError(f"expires is {shown}; write a day as year-month-day, such as {today}")
    if expires > today + LONGEST:
        raise UsageError(
            f"expires is {expires}, more than a year ahead; name a day up to {today + LONGEST}, so "
            "that somebody looks at the words again"
        )
    return expires


def checked_code(value: str) -> str:
    """Return a finding's code in capitals.

    Parameters
    ----------
    value : str
        As written.

    Raises
    ------
    UsageError
        If it has not the form of a code.
    """
    code = value.strip().upper()
    if not _CODE.fullmatch(code):
        raise UsageError(
            f"{value!r} is no code; write two letters and three digits, such as RC012, as the "
            "finding shows them"
        )
    return code
