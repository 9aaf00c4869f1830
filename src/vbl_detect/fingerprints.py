"""Fingerprints of findings and sentences, and the lines of a text they stand on."""

from __future__ import annotations

import hashlib
import re
import unicodedata

#: Where a line of a note ends, however its system ends lines.
LINE_BREAK = re.compile(r"\r\n|\r|\n")


def line_starts(text: str) -> list[int]:
    """Return the offset, in code points, at which each line of `text` starts."""
    return [0, *(line_break.end() for line_break in LINE_BREAK.finditer(text))]


def record_of(record_id: str | None, path: str | None, sheet: str | None, row: int | None) -> str:
    """Return what stands for the record in fingerprints.

    That is its reference; without one, the file's name with sheet and row. Folders are left out,
    so that a draft may be moved; under a new name it is another record.

    Parameters
    ----------
    record_id, path, sheet, row
        Where a note or a finding came from.
    """
    if record_id is not None:
        return record_id
    name = (path or "").replace("\\", "/").rpartition("/")[2]
    # macOS hands out names with accents taken apart.
    return "\x1f".join((unicodedata.normalize("NFC", name), sheet or "", str(row or "")))


def finding_fingerprint(code: str, phrase: str, sentence: str, record: str, number: int) -> str:
    """Return 16 hex digits that stay the same when text elsewhere is edited.

    White space counts as one space, so that a re-wrapped sentence keeps its fingerprint.

    Parameters
    ----------
    code, phrase, sentence : str
        The finding's.
    record : str
        See `record_of`.
    number : int
        How many findings of the same four came before it in the note.
    """
    return _digest(code, _flat(phrase), _flat(sentence), record, str(number) if number else "")


def sentence_fingerprint(sentence: str, record: str) -> str:
    """Return 16 hex digits for a sentence of a record, white space counting as one space."""
    return _digest(_flat(sentence), record)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _digest(*parts: str) -> str:
    content = "\x1e".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=8).hexdigest()
