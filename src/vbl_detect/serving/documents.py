"""A file dropped on the page: its text, read in memory by a process that can be ended."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import PurePosixPath, PureWindowsPath

from vbl_detect.errors import ReaderError, UsageError, VblDetectError
from vbl_detect.readers.base import InMemory, ReadListener, ReadOptions, Source
from vbl_detect.readers.formats import DOCUMENTS, READERS
from vbl_detect.readers.office_file import unpacked_size
from vbl_detect.readers.reading import read_source
from vbl_detect.serving.limits import check_length

#: What a file may have, in bytes, and what its parts may unpack to.
MAX_BYTES = 20_000_000
MAX_BYTES_UNPACKED = 100_000_000
#: Seconds after which the reading of a file is given up.
LONGEST_READ = 20.0
#: Kinds whose text is one draft; messages and tables are not.
SUFFIXES = tuple(sorted(DOCUMENTS - {".eml", ".msg"}))


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds.

    Attributes
    ----------
    name : str
        Its name, without folders.
    text : str
        Its text.
    remarks : tuple of str
        What the reader warned of.
    """

    name: str
    text: str
    remarks: tuple[str, ...] = ()


class _Listener(ReadListener):
    def __init__(self) -> None:
        self.warnings: list[str] = []

    def notice(self, message: str) -> None:
        self.warnings.append(message.replace("; choose another with --encoding", ""))

    def warning(self, message: str) -> None:
        self.warnings.append(message)

    def problem(self, error: ReaderError) -> None:
        raise error


def read_apart(name: str, content: bytes, seconds: float = LONGEST_READ) -> Document:
    """Return what a file holds; read by another process, which is ended if it takes too long.

    Parameters
    ----------
    name : str
        The file's name.
    content : bytes
        The file.
    seconds : float
        How long it may take.

    Raises
    ------
    VblDetectError
        If it cannot be read, in time or at all.
    """
    _check(name, content)
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(sender, name, content), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(seconds):
            raise UsageError(
                f"reading the file took longer than {seconds:.0f} seconds; copy its text and paste "
                "it here"
            )
        answer = receiver.recv()
    except EOFError as error:
        raise UsageError("the file could not be read; copy its text and paste it here") from error
    finally:
        process.kill()
        process.join()
        process.close()
        receiver.close()
    if isinstance(answer, str):
        raise UsageError(answer)
    document: Document = answer
    return document


def read_document(name: str, content: bytes) -> Document:
    """Return what a file holds.

    Parameters
    ----------
    name, content
        As for `read_apart`.

    Raises
    ------
    ReaderError
        If it cannot be read, or holds no text.
    UsageError
        If it is too large, of another kind, or holds too much text.
    """
    _check(name, content)
    listener = _Listener()
    name = plain_name(name)
    source = Source(InMemory(content), name)
    notes = list(read_source(source, ReadOptions(split=False), listener))
    if not notes:
        raise ReaderError("there is no text in it; check that it was saved", path=name)
    text = "\n".join(note.text for note in notes)
    check_length(text)
    return Document(name, text, tuple(listener.warnings))


def plain_name(name: str) -> str:
    """Return a file's name without folders, whatever system it is from."""
    return PureWindowsPath(PurePosixPath(name).name).name


def _read(sender: Connection, name: str, content: bytes) -> None:
    # Ctrl-c in the terminal is for the server, which ends this process too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        sender.send(read_document(name, content))
    except VblDetectError as error:
        sender.send(str(error))
    except Exception:
        sender.send(f"{plain_name(name)}: the file could not be read; copy its text and paste it")


def _check(name: str, content: bytes) -> None:
    suffix = PurePosixPath(plain_name(name)).suffix.lower()
    if suffix not in SUFFIXES:
        remedy = (
            'copy its rows and paste them under "Rows from Excel"'
            if suffix in READERS.keys() - DOCUMENTS or suffix == ".xls"
            else f"this page reads {', '.join(SUFFIXES)}; of others copy the text and paste it"
        )
        raise UsageError(f"{plain_name(name)}: files of this kind are not read here; {remedy}")
    if len(content) > MAX_BYTES:
        raise UsageError(
            f"the file is larger than {MAX_BYTES // 1_000_000} MB; copy its text and paste it here"
        )
    if unpacked_size(BytesIO(content)) > MAX_BYTES_UNPACKED:
        raise UsageError(
            f"the file unpacks to more than {MAX_BYTES_UNPACKED // 1_000_000} MB; copy its text "
            "and paste it here"
        )
