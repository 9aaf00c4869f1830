"""Results kept between runs in the user's cache folder; without one, everything works, slower.

What is kept is made from the lexicon alone, never from notes. A file that is missing, damaged or
cannot be written is made again; nothing here raises.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

import platformdirs

from vbl_detect.files import replacing

logger = logging.getLogger(__name__)

#: Files that are kept, the latest ones; each edit of a lexicon makes new ones.
MOST_KEPT = 20


def folder() -> Path:
    """Return the folder that the files are kept in; it need not exist."""
    return platformdirs.user_cache_path("vbl-detect", appauthor=False)


def read(name: str) -> str | None:
    """Return what was kept under a name, or None if there is nothing sound.

    Parameters
    ----------
    name : str
        A file name, which says all that the content depends on, as a hash.
    """
    try:
        digest, _, body = (folder() / name).read_bytes().partition(b"\n")
        sound = digest.decode() == hashlib.sha256(body).hexdigest()
        return body.decode() if sound else None
    except (OSError, UnicodeDecodeError):
        return None


def write(name: str, text: str) -> None:
    """Keep a text under a name, if the folder can be written.

    Parameters
    ----------
    name : str
        As for `read`.
    text : str
        The content.
    """
    into = folder()
    if not into.is_absolute():  # the user has no home
        return
    body = text.encode()
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(into / name) as temporary:
            temporary.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        _remove_old(into)
    except OSError as error:
        logger.debug("the cache folder cannot be written: %s", error.strerror)


def _remove_old(into: Path) -> None:
    files = sorted(into.glob("[!.]*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[MOST_KEPT:]:
        path.unlink(missing_ok=True)
