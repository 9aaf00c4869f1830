"""Messages as mail programs save them (``.eml``), by the standard library's parser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_binary_file, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import cast

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import ReadListener, ReadOptions, Source
from vbl_detect.readers.html_text import text_of
from vbl_detect.readers.mail import DEEPEST, Attachment, Mail, notes_of
from vbl_detect.records import Note

_HEADERS = ("from", "to", "subject", "date", "received", "message-id", "mime-version")
_ENCRYPTED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"}
# Latin-1 as programs write it: the web reads it so too, and no text needs its control characters.
_AS_WINDOWS = {"us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "iso8859-1"}
#: What the parser raises on headers and bodies that break its rules.
_FAULTS = (
    AssertionError, AttributeError, LookupError, MessageError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip


def read(source: Source, options: ReadOptions, listener: ReadListener) -> Iterator[Note]:
    """Yield the notes of a message and of what is attached to it; see `notes_of`.

    Of a text in several formats the plain one is read, HTML if there is no other.

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
        If this is no message, or an encrypted one.
    """
    with source.path.open("rb") as stream:
        if not stream.read(1):
            raise ReaderError("the file is empty; save it again", path=source.name)
        stream.seek(0)
        try:
            message = message_from_binary_file(stream, policy=policy.default)
        except _FAULTS as error:
            msg = "the message is damaged; save it again from the mail program"
            raise ReaderError(msg, path=source.name) from error
    if not any(name in message for name in _HEADERS):
        msg = "this is no e-mail message; save it from the mail program as .eml, or name it .txt"
        raise ReaderError(msg, path=source.name)
    if message.get_content_type() in _ENCRYPTED and not _is_signed_only(message):
        msg = "the message is encrypted; open it in the mail program and save its text as .txt"
        raise ReaderError(msg, path=source.name)
    yield from notes_of(_mail(message, 0), source, options, listener)
    listener.progress(1.0)


def _is_signed_only(message: EmailMessage) -> bool:
    return message.get_param("smime-type") == "signed-data"


@dataclass
class _Content:
    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def _mail(message: EmailMessage, depth: int) -> Mail:
    content = _Content()
    _walk(message, content, depth)
    return Mail(
        subject=_header(message, "subject") or "",
        body="\n\n".join(text for text in content.texts if text.strip()),
        time=_time(_header(message, "date")),
        author=_header(message, "from"),
        attachments=content.attachments,
        faults=content.faults,
    )


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message[name]
        return None if value is None else " ".join(str(value).split()) or None
    except _FAULTS:  # a header so broken that the library cannot take it apart
        raw = next((v for k, v in message.raw_items() if k.lower() == name), "")
        return " ".join(str(raw).split()) or None


def _time(date: str | None) -> str | None:
    try:
        return None if date is None else parsedate_to_datetime(date).isoformat()
    except _FAULTS:
        return None


def _walk(part: EmailMessage, content: _Content, depth: int) -> None:
    kind = part.get_content_type()
    if kind == "message/rfc822" or (kind == "message/global" and part.is_multipart()):
        _add_message(part, content, depth)
    elif part.is_multipart():
        children = [cast(EmailMessage, child) for child in part.iter_parts()]
        if kind == "multipart/alternative":
            children = _chosen(children)
        for child in children:
            _walk(child, content, depth)
    elif kind in ("text/plain", "text/html") and not _is_attached(part):
        text = _text(part, content.faults)
        content.texts.append(text_of(text) if kind == "text/html" else text)
    else:
        content.attachments.append(Attachment(name=_name(part, kind), content=_bytes(part)))


def _add_message(part: EmailMessage, content: _Content, depth: int) -> None:
    inner = cast("list[EmailMessage]", part.get_payload())
    name = _name(part, "message/rfc822")
    if isinstance(inner, list) and inner and depth <= DEEPEST:
        mail = _mail(inner[0], depth + 1)
        content.attachments.append(Attachment(name=name, mail=mail))
    else:
        content.attachments.append(Attachment(name=name))


def _chosen(children: list[EmailMessage]) -> list[EmailMessage]:
    """Return of several formats of a text the plain one, unless it is blank; else the HTML."""
    plain = [c for c in children if c.get_content_type() == "text/plain" and _text(c, []).strip()]
    if plain:
        others = [c for c in children if _holds_files(c)]
        return [plain[0], *others]
    return children[-1:]


def _holds_files(part: EmailMessage) -> bool:
    """Tell whether files hang within this format of the text, as Apple Mail does it."""
    return part.get_content_type() == "multipart/mixed"


def _is_attached(part: EmailMessage) -> bool:
    try:
        return part.is_attachment() or bool(part.get_filename())
    except _FAULTS:
        return False


def _name(part: EmailMessage, kind: str) -> str:
    try:
        name = part.get_filename()
    except _FAULTS:
        name = None
    if name:
        return str(name)
    return {"message/rfc822": "message.eml", "text/plain": "text.txt"}.get(
        kind, kind.replace("/", ".")
    )


def _bytes(part: EmailMessage) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _FAULTS:
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _text(part: EmailMessage, faults: list[str]) -> str:
    payload = _bytes(part)
    try:
        declared = (part.get_content_charset() or "utf-8").lower()
    except _FAULTS:
        declared = "utf-8"
    for charset in ("utf-8" if declared in _AS_WINDOWS else declared, "utf-8", "cp1252"):
        try:
            text = payload.decode(charset)
        except (LookupError, ValueError):
            continue
        break
    else:
        text = payload.decode("cp1252", "replace")
        faults.append("characters were lost to a wrong encoding; save the message again")
    return text.replace("\r\n", "\n").replace("\r", "\n")
