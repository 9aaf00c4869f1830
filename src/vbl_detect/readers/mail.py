"""A message, whatever program saved it, as notes: what was written, then what was attached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from vbl_detect.errors import ReaderError, UsageError
from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.formats import READERS
from vbl_detect.readers.mail_quotes import parts_of
from vbl_detect.readers.reading import read_source, spooled
from vbl_detect.readers.table import NoTextColumnError
from vbl_detect.records import Note

#: Between the name of a message and that of its attachment.
ATTACHED = "!"
#: Messages within messages are read to this depth.
DEEPEST = 8
_LONGEST_NAME = 120
_NAMES_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """Something attached: a file's content, or a message.

    Attributes
    ----------
    name : str
        As the message names it; it may be anything.
    content : bytes, optional
        The file.
    mail : Mail, optional
        The message.
    """

    name: str
    content: bytes | None = None
    mail: Mail | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    r"""A message as far as it is read.

    Attributes
    ----------
    subject, body : str
        Lines end in ``"\n"``.
    time, author : str, optional
        When it was sent, ISO 8601, and by whom.
    attachments : sequence of Attachment
        In the order of the message.
    faults : sequence of str
        What may have been lost before it came here.
    """

    subject: str
    body: str
    time: str | None = None
    author: str | None = None
    attachments: Sequence[Attachment] = ()
    faults: Sequence[str] = ()


def notes_of(
    mail: Mail, source: Source, options: ReadOptions, listener: ReadListener, *, depth: int = 0
) -> Iterator[Note]:
    """Yield the note of a message, and those of its attachments.

    The note's text is subject, blank line and body. What it repeats of earlier messages is a part
    of its own, judged as quoted. An attachment is called ``mail.eml!report.docx``.

    Parameters
    ----------
    mail : Mail
        The message.
    source : Source
        The file it came from.
    options : ReadOptions
        For tables and texts that are attached.
    listener : ReadListener
        Hears what is left out, warnings and problems.
    depth : int
        How many messages this one is attached within.
    """
    for fault in mail.faults:
        listener.warning(f"{source.name}: {fault}")
    text = "\n\n".join(part for part in (mail.subject.strip(), mail.body.strip("\n")) if part)
    if text.strip():
        yield Note(
            text=text,
            path=source.name,
            parts=parts_of(text, time=mail.time, author=mail.author),
        )
    yield from _attached(mail, source, options, listener, depth)


def _attached(
    mail: Mail, source: Source, options: ReadOptions, listener: ReadListener, depth: int
) -> Iterator[Note]:
    taken: set[str] = set()
    left_out: list[str] = []
    for attachment in mail.attachments:
        name = _unique(_plain(attachment.name), taken)
        place = f"{source.name}{ATTACHED}{name}"
        inner = Source(source.path, place)
        if attachment.mail is not None and depth < DEEPEST:
            yield from notes_of(attachment.mail, inner, options, listener, depth=depth + 1)
        elif depth >= DEEPEST:
            msg = f"more than {DEEPEST} messages within each other are not read; save it by itself"
            listener.problem(ReaderError(msg, path=place))
        elif attachment.content is None or PurePosixPath(name).suffix.lower() not in READERS:
            left_out.append(name)
        elif attachment.content:
            with spooled(BytesIO(attachment.content)) as path:
                yield from _read(Source(path, place), options, listener)
    if left_out:
        names = ", ".join(f'"{name}"' for name in left_out[:_NAMES_SHOWN])
        more = len(left_out) - _NAMES_SHOWN
        names += f" and {more} more" if more > 0 else ""
        listener.notice(f"{source.name}: attachments left out, which no reader is for: {names}")


def _read(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:
    # A table without notes is no fault of a message, nor one without the columns asked for.
    quiet = _TableListener(listener)
    try:
        yield from read_source(source, options, quiet)
    except UsageError as error:
        listener.notice(f"{error}; the attachment was left out")


class _TableListener(ReadListener):
    """Passes everything on, a table in which nothing looks like notes as a notice."""

    def __init__(self, listener: ReadListener) -> None:
        self.notice = listener.notice  # type: ignore[method-assign]
        self.warning = listener.warning  # type: ignore[method-assign]
        self._problem = listener.problem

    def problem(self, error: ReaderError) -> None:
        if isinstance(error, NoTextColumnError):
            self.notice(f"{error}; the attachment was left out")
        else:
            self._problem(error)


def _plain(name: str) -> str:
    """Return the last part of a name without what could lead, or mislead, anyone."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(char for char in last if char.isprintable()).strip(" .")
    if len(shown) > _LONGEST_NAME:
        suffix = PurePosixPath(shown).suffix[:_LONGEST_NAME]
        shown = shown[: _LONGEST_NAME - len(suffix)] + suffix
    return shown or "attachment"


def _unique(name: str, taken: set[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    number, unique = 1, name
    while unique in taken:
        number += 1
        unique = f"{stem} ({number}){dot}{suffix}" if stem else f"{name} ({number})"
    taken.add(unique)
    return unique
