"""How much text the page takes."""

from __future__ import annotations

from vbl_detect.errors import UsageError

#: A longer text is not judged while somebody waits: some 80 pages take a quarter of a minute.
MAX_CHARACTERS = 200_000


def check_length(text: str) -> None:
    """Refuse a text that is too long.

    Raises
    ------
    UsageError
        If it is.
    """
    if len(text) > MAX_CHARACTERS:
        raise UsageError(
            f"the text is longer than the {MAX_CHARACTERS:,} characters that this page checks; "
            "check it in parts, or use vbl-detect check or scan on the file"
        )
