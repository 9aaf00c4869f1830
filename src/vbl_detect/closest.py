"""What somebody most likely meant by a name that is not there."""

from __future__ import annotations

from collections.abc import Iterable


def closest(name: str, names: Iterable[str]) -> str | None:
    """Return the name that is closest to what was written, or None if none is close.

    Parameters
    ----------
    name : str
        What was written; upper and lower case do not count.
    names : iterable of str
        What there is.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    by_key = {one.casefold(): one for one in names}
    close = get_close_matches(name.strip().casefold(), by_key, n=1)
    return by_key[close[0]] if close else None


def did_you_mean(name: str, names: Iterable[str], *, quote: str = "'") -> str:
    """Return ``; did you mean 'x'?`` for the closest name, or nothing if none is close.

    Parameters
    ----------
    name, names
        As for `closest`.
    quote : str
        The quotation mark around it.
    """
    meant = closest(name, names)
    return "" if meant is None else f"; did you mean {quote}{meant}{quote}?"
