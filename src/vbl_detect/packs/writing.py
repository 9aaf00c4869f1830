"""Write a pack, and the answers apart from it; the ending of the name chooses the format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from vbl_detect import files
from vbl_detect.errors import UsageError
from vbl_detect.exercises import as_record
from vbl_detect.packs.pack import Pack

#: What a pack can be written as.
ENDINGS = (".html", ".docx", ".jsonl")
#: What answers can be written as.
ANSWER_ENDINGS = (".docx", ".jsonl")


def write_pack(pack: Pack, output: Path, *, with_answers: bool = True) -> None:
    """Write a pack's exercises.

    Parameters
    ----------
    pack : Pack
        In an assessment no answer is written, in no format.
    output : Path
        A name that ends in one of `ENDINGS`.
    with_answers : bool
        Whether a hand-out for practice ends in its answer sheet.

    Raises
    ------
    UsageError
        If the name ends otherwise, or the file cannot be written.
    """
    ending = checked_ending(output, ENDINGS)
    with files.writing(output) as temporary:
        if ending == ".docx":
            from vbl_detect.packs.handout import write_handout  # noqa: PLC0415 - not for a page

            answers = with_answers and pack.mode == "practice"
            write_handout(pack, temporary, notes=True, answers=answers)
        elif ending == ".html":
            from vbl_detect.packs.page import as_page  # noqa: PLC0415 - not for a hand-out

            temporary.write_bytes(as_page(pack).encode())
        else:
            temporary.write_bytes(_lines(pack, answers=pack.mode == "practice").encode())


def write_answers(pack: Pack, output: Path) -> None:
    """Write a pack's answers, for the trainer.

    Parameters
    ----------
    pack : Pack
        The exercises.
    output : Path
        A name that ends in ``.docx`` or ``.jsonl``.

    Raises
    ------
    UsageError
        If the name ends otherwise, or the file cannot be written.
    """
    ending = checked_ending(output, ANSWER_ENDINGS)
    with files.writing(output) as temporary:
        if ending == ".docx":
            from vbl_detect.packs.handout import write_handout  # noqa: PLC0415 - not for lines

            write_handout(pack, temporary, notes=False, answers=True)
        else:
            temporary.write_bytes(_lines(pack, answers=True).encode())


def checked_ending(path: Path, endings: Sequence[str]) -> str:
    """Return the ending of a name, in small letters.

    Parameters
    ----------
    path : Path
        The file to be written.
    endings : sequence of str
        What it may be, two or more.

    Raises
    ------
    UsageError
        If it is another.
    """
    ending = path.suffix.lower()
    if ending not in endings:
        raise UsageError(f"{path}: end the name in {', '.join(endings[:-1])} or {endings[-1]}")
    return ending


def _lines(pack: Pack, *, answers: bool) -> str:
    """Return the exercises in gold form; without answers, what a person is shown of them."""
    told = ("id", "note_type", "difficulty", "text", "rewrite")
    records = [
        record if answers else {key: record[key] for key in told if key in record}
        for record in map(as_record, pack.exercises)
    ]
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
