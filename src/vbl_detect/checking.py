"""A check of drafts: each file is read whole or named with what keeps it from being read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from vbl_detect.errors import ReaderError
from vbl_detect.files import check_not_read
from vbl_detect.manifest import Manifest
from vbl_detect.readers import DOCUMENTS, expand, find_files, nowhere
from vbl_detect.readers.office_file import unpacked_size
from vbl_detect.records import Note
from vbl_detect.running import STDIN, RunListener, RunSettings, read_file, run, size_of

#: A draft that is larger on disk, or unpacked, is not read; `scan` takes it.
MAX_BYTES = 50_000_000
MAX_BYTES_UNPACKED = 500_000_000
#: A draft with more text is not judged: some 400 pages.
MAX_CHARACTERS = 1_000_000

_NAME_SHOWN = 120


def check(paths: Sequence[Path], settings: RunSettings, listener: RunListener) -> Manifest:
    """Check drafts, write the findings, and return what the run did.

    A draft that is missing, empty, damaged, protected or too large goes to `listener.problem`, and
    the next follows.

    Parameters
    ----------
    paths : sequence of Path
        Files, folders, patterns, or ``-`` for standard input. In folders only documents are read,
        no tables.
    settings : RunSettings
        What to read, find and write.
    listener : RunListener
        Hears what the readers say, and keeps it.

    Raises
    ------
    UsageError
        If an option names something that is not there.
    """
    files = find_drafts(paths, listener)
    if settings.output is not None:
        check_not_read(settings.output, [file for path in paths for file in expand(path)])
        files = [path for path in files if path.resolve() != settings.output.resolve()]
    return run(files, read_drafts(files, settings, listener), settings, listener)


def find_drafts(paths: Sequence[Path], listener: RunListener) -> list[Path]:
    """Return the drafts that paths lead to, each once; what leads nowhere is a problem.

    Parameters
    ----------
    paths : sequence of Path
        Files, folders, patterns, or ``-``.
    listener : RunListener
        Hears of what is not there.
    """
    there: list[Path] = []
    for path in paths:
        if path == STDIN:
            continue
        if expand(path):
            there.append(path)
        else:
            listener.problem(_problem(path, nowhere(path)))
    return find_files(there, listener, suffixes=DOCUMENTS) + [STDIN] * (STDIN in paths)


def read_drafts(
    files: Iterable[Path], settings: RunSettings, listener: RunListener
) -> Iterator[Note]:
    """Yield the notes of drafts, one after the other.

    Parameters
    ----------
    files : iterable of Path
        The drafts, as `find_drafts` returns them.
    settings : RunSettings
        How to read them.
    listener : RunListener
        Hears what keeps one from being read.
    """
    for path in files:
        yield from _read_draft(path, settings, listener)


def _read_draft(path: Path, settings: RunSettings, listener: RunListener) -> Iterator[Note]:
    name = Path(settings.stdin_filename) if path == STDIN else path
    fault = _too_large(path)
    if fault is not None:
        listener.problem(_problem(name, fault))
        return
    empty, problems = True, len(listener.problems)
    for note in read_file(path, settings, listener):
        empty = False
        if len(note.text) > MAX_CHARACTERS:
            msg = f"the text is longer than the {MAX_CHARACTERS:,} characters a draft may have"
            listener.problem(_problem(name, f"{msg}; use vbl-detect scan"))
        else:
            yield note
    if empty and len(listener.problems) == problems:
        remedy = "give it a text" if path == STDIN else "check that it was saved"
        listener.problem(_problem(name, f"there is no text in it; {remedy}"))


def _too_large(path: Path) -> str | None:
    """Return what is wrong with a file that is larger than a draft may be, else None."""
    if size_of(path) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        return f"the file is larger than the {limit} MB a draft may have; use vbl-detect scan"
    if path != STDIN and unpacked_size(path) > MAX_BYTES_UNPACKED:
        limit = MAX_BYTES_UNPACKED // 1_000_000
        return f"the file unpacks to more than {limit} MB; take pictures out and save it again"
    return None


def _problem(path: Path, message: str) -> ReaderError:
    name = str(path)
    shown = name if len(name) <= _NAME_SHOWN else f"{name[:_NAME_SHOWN]}…"
    return ReaderError(message, path=shown)
