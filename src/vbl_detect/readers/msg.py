"""Messages as Outlook saves them (``.msg``), by python-oxmsg."""

from __future__ import annotations

from collections.abc import Iterator

from olefile import STGTY_STREAM, OleFileIO, isOleFile
from oxmsg.domain import constants as c
from oxmsg.domain.model import ATTACH_HDR_OFFSET, MSG_HDR_OFFSET
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.html_text import text_of
from vbl_detect.readers.mail import DEEPEST, Attachment, Mail, notes_of
from vbl_detect.records import Note

#: The storage of a message within an attachment, and how long the head of its properties is.
_EMBEDDED, _EMBEDDED_OFFSET = "__substg1.0_3701000D", 24
_PROTECTED = ("IPM.Note.SMIME", "IPM.Note.rpmsg")


def read(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:
    """Yield the notes of a message and of what is attached to it; see `notes_of`.

    Parameters
    ----------
    source : Source
        The file.
    options : ReadOptions
        For tables and texts that are attached.
    listener : ReadListener
        Hears what is left out, warnings and problems.

    Raises
    ------
    ReaderError
        If this is no message of Outlook, an encrypted or a damaged one.
    """
    content = source.path.read_bytes()
    if not content:
        raise ReaderError("the file is empty; save it again", path=source.name)
    # The library takes short content for a path.
    if len(content) < _LEAST or not isOleFile(data=content):
        msg = "this is no message of Outlook; save it from Outlook as .msg"
        raise ReaderError(msg, path=source.name)
    try:
        with OleFileIO(content) as ole:
            _refuse_loops(ole, len(content))
            mail = _mail(Storage.from_ole(ole), MSG_HDR_OFFSET, 0)
    except Exception as error:
        # A damaged file may break the libraries anywhere, with errors of Python's and their own.
        msg = "the message is damaged; open it in Outlook and save it again as .msg"
        raise ReaderError(msg, path=source.name) from error
    if mail is None:
        msg = "the message is encrypted; open it in Outlook and save its text as .txt"
        raise ReaderError(msg, path=source.name)
    yield from notes_of(mail, source, options, listener)
    listener.progress(1.0)


#: The smallest compound file: its header, one sector of addresses and one of names.
_LEAST = 1536


def _refuse_loops(ole: OleFileIO, size: int) -> None:
    """Refuse a file whose streams hold more than it: their sectors lead in circles.

    The library follows them as far as a stream says it goes, which may be gigabytes.
    """
    streams = [entry for entry in ole.direntries if entry and entry.entry_type == STGTY_STREAM]
    held = sum(entry.size for entry in streams)
    # Twice: a message cut off at its end is still read.
    if max(held, ole.root.size) > 2 * size:
        raise ValueError("streams that hold more than the file")


def _mail(storage: Storage, offset: int, depth: int) -> Mail | None:
    """Return a message; None if it is encrypted."""
    properties = Properties(storage, properties_header_offset=offset)
    if (_string(properties, c.PID_MESSAGE_CLASS) or "").startswith(_PROTECTED):
        return None
    faults: list[str] = []
    body = _string(properties, c.PID_BODY) or ""
    if not body.strip():
        body = text_of(_html(properties))
    if not body.strip() and properties.binary_prop_value(c.PID_RTF_COMPRESSED):
        faults.append(
            "the text is in a format of Outlook that cannot be read; open the message in Outlook "
            "and save it as text"
        )
    sent = properties.date_prop_value(c.PID_CLIENT_SUBMIT_TIME)
    return Mail(
        subject=_string(properties, c.PID_SUBJECT) or "",
        body=body.replace("\r\n", "\n").replace("\r", "\n"),
        time=None if sent is None else sent.isoformat(timespec="seconds"),
        author=_string(properties, c.PID_SENDER_NAME),
        attachments=[_attachment(s, depth) for s in storage.iter_attachment_storages()],
        faults=faults,
    )


def _attachment(storage: Storage, depth: int) -> Attachment:
    properties = Properties(storage, properties_header_offset=ATTACH_HDR_OFFSET)
    name = (
        _string(properties, c.PID_ATTACH_LONG_FILENAME)
        or _string(properties, c.PID_ATTACH_FILENAME)
        or ""
    )
    for inner in storage.storages:
        if inner.name == _EMBEDDED and depth <= DEEPEST:
            mail = _mail(inner, _EMBEDDED_OFFSET, depth + 1)
            return Attachment(name=name or "message.msg", mail=mail)
    content = properties.binary_prop_value(c.PID_ATTACH_DATA_BINARY)
    return Attachment(name=name or "attachment", content=content)


def _string(properties: Properties, pid: int) -> str | None:
    """Return a text without the NUL that some programs put at its end."""
    value = properties.str_prop_value(pid)
    return None if value is None else value.replace("\0", "")


def _html(properties: Properties) -> str:
    content = properties.binary_prop_value(c.PID_HTML)
    if content:
        return content.decode(properties.body_encoding, "replace")
    return _string(properties, c.PID_BODY_HTML) or ""
