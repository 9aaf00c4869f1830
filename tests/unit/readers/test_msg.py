import time

import pytest

from .msg_files import attached, attached_message, message, write_msg

SUBJECT, BODY, SENDER, KIND = 0x37, 0x1000, 0x0C1A, 0x1A
PROSE = "She was spoken to at home and said that all was well."
#: 3 May 2026, 09:14 UTC, in units of 100 ns since 1601.
SENT = 134_222_732_400_000_000


@pytest.fixture
def notes_of(read, tmp_path):
    def notes_of(tree, **options):
        write_msg(tmp_path / "mail.msg", tree)
        return read("mail.msg", **options)

    return notes_of


def test_subject_body_time_and_author_are_read(notes_of):
    texts = {SUBJECT: "Update", BODY: f"{PROSE}\r\nAgain.\r\n", SENDER: "Dana Hale"}
    (note,) = notes_of(message(texts, sent=SENT), keep_columns=("entry_time", "entry_author"))

    assert (note.path, note.text) == ("mail.msg", f"Update\n\n{PROSE}\nAgain.")
    assert note.meta_of(note.parts[0]) == {
        "entry_time": "2026-05-03T09:14:00+00:00",
        "entry_author": "Dana Hale",
    }


def test_an_earlier_message_is_quoted(notes_of):
    earlier = "From: A. Hale\r\nSent: 3 May 2026\r\nTo: B\r\n\r\nEarlier."
    (note,) = notes_of(message({BODY: f"Mine.\r\n\r\n{earlier}"}))

    assert [part.quoted for part in note.parts] == [None, "From: A. Hale Sent: 3 May 2026"]


def test_html_is_read_where_there_is_no_plain_text(notes_of):
    (note,) = notes_of(message({SUBJECT: "S"}, html="<p>“é”<br>b</p>".encode()))

    assert note.text == "S\n\n“é”\nb"


def test_attachments_and_attached_messages_are_read(notes_of, heard):
    inner = message({SUBJECT: "Inner", BODY: "Inside."}, head=24)
    tree = message(
        {SUBJECT: "S", BODY: PROSE},
        attachments=[
            attached("long.txt", PROSE.encode() * 200),
            attached_message("Forwarded", inner),
            attached("photo.png", b"x"),
        ],
    )

    assert [(n.path, n.text[:6]) for n in notes_of(tree)] == [
        ("mail.msg", "S\n\nShe"),
        ("mail.msg!long.txt", "She wa"),
        ("mail.msg!Forwarded", "Inner\n"),
    ]
    assert "photo.png" in heard.notices[0]


def test_an_encrypted_message_is_a_problem(notes_of, heard):
    assert notes_of(message({KIND: "IPM.Note.SMIME", BODY: "x"})) == []
    assert "is encrypted; open it in Outlook" in str(heard.problems[0])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"Subject: x\n\nText", "is no message of Outlook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "is damaged"),
        (b"/etc/hosts", "is no message of Outlook"),
    ],
)
def test_what_is_no_message_is_a_problem(read, write_bytes, heard, content, reason):
    write_bytes("mail.msg", content)

    assert read("mail.msg") == []
    assert reason in str(heard.problems[0])


def test_sectors_that_lead_in_circles_are_a_problem_and_not_followed(read, tmp_path, heard):
    path = tmp_path / "a.msg"
    write_msg(path, message({0x1000: PROSE * 100}))
    content = bytearray(path.read_bytes())
    size = content.index("__substg1.0_1000001F".encode("utf-16-le")) + 120
    content[size : size + 4] = b"\0\0\0\x7f"
    end_of_chain = content.index(b"\xfe\xff\xff\xff", len(content) - 512)
    content[end_of_chain : end_of_chain + 4] = bytes(4)
    path.write_bytes(content)

    begun = time.monotonic()
    assert read("a.msg") == []
    assert time.monotonic() - begun < 5
    assert "the message is damaged" in str(heard.problems[0])
