from email.message import EmailMessage

import docx
import pytest

PROSE = "She was spoken to at home and said that all was well."


def mail(body=PROSE, **headers):
    message = EmailMessage()
    for name, value in ({"Subject": "Update"} | headers).items():
        message[name] = value
    message.set_content(body)
    return message


@pytest.fixture
def notes_of(read, write_bytes):
    def notes_of(message, **options):
        content = message if isinstance(message, bytes) else message.as_bytes()
        return read(write_bytes("mail.eml", content), **options)

    return notes_of


def raw(*lines, head="Subject: Update\nMIME-Version: 1.0\n"):
    return (head + "\n".join(lines)).encode("latin-1")


def test_subject_and_body_are_one_note(notes_of):
    (note,) = notes_of(mail(f"{PROSE}\n\nAgain.\n"))

    assert note.text == f"Update\n\n{PROSE}\n\nAgain."
    assert (note.path, note.row, note.paragraph) == ("mail.eml", None, None)


def test_time_and_author_can_be_kept(notes_of):
    sent = {"From": "Dana Häle <d@x.example>", "Date": "Sun, 3 May 2026 10:14:00 +0100"}
    (note,) = notes_of(mail(**sent), keep_columns=("entry_author", "entry_time"))

    assert note.meta_of(note.parts[0]) == {
        "entry_author": "Dana Häle <d@x.example>",
        "entry_time": "2026-05-03T10:14:00+01:00",
    }


def test_plain_text_is_preferred_and_html_read_where_there_is_no_other(notes_of):
    both = mail()
    both.add_alternative("<p>Other</p>", subtype="html")
    html = EmailMessage()
    html["Subject"] = "Update"
    html.set_content("<p>One&nbsp;<b>two</b></p><p>three</p>", subtype="html")
    blank = mail(" \n")
    blank.add_alternative("<p>Only here</p>", subtype="html")

    texts = [notes_of(message)[0].text for message in (both, html, blank)]

    assert texts == [f"Update\n\n{PROSE}", "Update\n\nOne\u00a0two\n\nthree", "Update\n\nOnly here"]


@pytest.mark.parametrize(
    ("quotation", "cue"),
    [
        (
            "On 3 May 2026 at 10:14, A. Hale <a@x.example> wrote:\n> Earlier.\n>\n> Words.",
            "On 3 May",
        ),
        ("On Mon, 3 May 2026 at 10:14, Ada Hale\n<ada@x.example> wrote:\n\nEarlier.", "On Mon, 3"),
        ("-----Original Message-----\nFrom: A. Hale\n\nEarlier.", "-----Original"),
        (
            "From: A. Hale\nSent: 3 May 2026 10:14\nTo: B\nSubject: x\n\nEarlier.",
            "From: A. Hale Sent:",
        ),
        ("*From:* A. Hale\n*Date:* 3 May 2026\n\nEarlier.", "*From:*"),
        ("> Earlier.\n\n> Words.", ">"),
    ],
)
def test_what_is_repeated_of_earlier_messages_is_a_quoted_part(notes_of, quotation, cue):
    (note,) = notes_of(mail(f"My own words.\n\n{quotation}\n"))

    own, quoted = note.parts
    assert note.text[own.start : own.end].strip() == "Update\n\nMy own words."
    assert note.text[quoted.start : quoted.end].strip() == quotation
    assert own.quoted is None
    assert quoted.quoted.startswith(cue)


def test_an_answer_below_a_quotation_is_the_writer_s_own(notes_of):
    (note,) = notes_of(mail("> A question?\nAn answer.\n\n> Another?\nNo.\n"))

    parts = [(note.text[p.start : p.end].strip(), bool(p.quoted)) for p in note.parts]
    assert parts == [
        ("Update", False),
        ("> A question?", True),
        ("An answer.", False),
        ("> Another?", True),
        ("No.", False),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "On 3 May her mother wrote to us.",
        "From: the park\nTo: home",
        "On Monday she wrote: a note.",
    ],
)
def test_prose_is_no_heading_of_a_quotation(notes_of, line):
    (note,) = notes_of(mail(f"{line}\nMore.\n"))

    assert [part.quoted for part in note.parts] == [None]


def test_a_quotation_in_html_is_quoted(notes_of):
    html = EmailMessage()
    html["Subject"] = "Update"
    html.set_content("Mine.<blockquote><p>One</p>Two<br>Three</blockquote>After.", subtype="html")
    (note,) = notes_of(html)

    assert note.text == "Update\n\nMine.\n\n> One\n>\n> Two\n> Three\n\nAfter."
    assert [bool(part.quoted) for part in note.parts] == [False, True, False]


def test_html_is_laid_out_as_it_is_shown(notes_of):
    html = EmailMessage()
    html["Subject"] = "S"
    html.set_content(
        "<html><head><title>no</title><style>p{}</style></head><body><div>a <span> b</span></div>"
        "<script>no()</script><div style='display:none'>no</div><ul><li>c<li>d</ul>"
        "<table><tr><td>e</td><td>f</td></tr></table><pre>g\n  h</pre><p>i<br>j &amp; k",
        subtype="html",
    )
    (note,) = notes_of(html)

    assert note.text == "S\n\na b\n- c\n- d\ne\tf\n\ng\n  h\n\ni\nj & k"


def test_an_html_page_of_nothing_holds_no_text(notes_of):
    html = mail("")
    html.set_content("<!-- x --> \0", subtype="html")

    assert [note.text for note in notes_of(html)] == ["Update"]


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        ("iso-8859-1", "=93caf=E9=94", "“café”"),
        ("us-ascii", "caf=C3=A9", "café"),
        ("utf-8", "caf=E9", "café"),
        ("no-such-charset", "caf=C3=A9", "café"),
        ("utf-8", "=81=8D", "\ufffd\ufffd"),
    ],
)
def test_faults_of_the_charset_are_mended(notes_of, heard, charset, body, text):
    (note,) = notes_of(
        raw(
            f"Content-Type: text/plain; charset={charset}",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            body,
        )
    )

    assert note.text == f"Update\n\n{text}"
    assert len(heard.warnings) == text.startswith("\ufffd")


def test_an_attachment_that_can_be_read_is_a_note_of_its_own(notes_of, tmp_path, heard):
    document = docx.Document()
    document.add_paragraph(PROSE)
    document.save(tmp_path / "review.docx")
    message = mail()
    message.add_attachment(
        (tmp_path / "review.docx").read_bytes(),
        maintype="application",
        subtype="octet-stream",
        filename="review.docx",
    )
    message.add_attachment("Plain.", filename="a.txt")
    message.add_attachment("Plain.", filename="a.txt")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="photo.png")

    notes = notes_of(message)

    assert [(n.path, n.text.strip()) for n in notes[1:]] == [
        ("mail.eml!review.docx", PROSE),
        ("mail.eml!a.txt", "Plain."),
        ("mail.eml!a (2).txt", "Plain."),
    ]
    assert heard.notices == ['mail.eml: attachments left out, which no reader is for: "photo.png"']


def test_messages_within_messages_are_read(notes_of):
    inner = mail("Innermost.", Subject="Three")
    middle = mail("Middle.", Subject="Two")
    middle.add_attachment(inner)
    outer = mail()
    outer.add_attachment(middle)

    assert [(n.path, n.text.strip()) for n in notes_of(outer)] == [
        ("mail.eml", f"Update\n\n{PROSE}"),
        ("mail.eml!message.eml", "Two\n\nMiddle."),
        ("mail.eml!message.eml!message.eml", "Three\n\nInnermost."),
    ]


def test_messages_nested_too_deeply_are_a_problem(notes_of, heard):
    message = mail()
    for _ in range(12):
        outer = mail()
        outer.add_attachment(message)
        message = outer

    assert len(notes_of(message)) == 9
    assert "save it by itself" in str(heard.problems[0])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/note.txt", "note.txt"),
        ("C:\\\\temp\\\\note.txt", "note.txt"),
        ("no\x1b[31mte\u202e.txt", "no[31mte.txt"),
        ("x" * 400 + ".txt", "x" * 116 + ".txt"),
    ],
)
def test_the_name_of_an_attachment_leads_nowhere(notes_of, name, shown):
    message = mail()
    message.add_attachment("Plain.", filename="placeholder.txt")
    content = message.as_bytes().replace(b"placeholder.txt", name.encode())

    assert notes_of(content)[1].path == f"mail.eml!{shown}"


def test_an_attached_table_without_notes_is_left_out(notes_of, heard):
    message = mail()
    message.add_attachment("a,b\n1,2\n", filename="figures.csv")

    assert len(notes_of(message)) == 1
    assert len(notes_of(message, text_columns=("Log",))) == 1
    assert len(notes_of(message, keep_columns=("Log",))) == 1
    assert not heard.problems
    assert all("left out" in notice for notice in heard.notices)


def test_a_broken_attachment_is_a_problem_and_the_rest_is_read(notes_of, heard):
    message = mail()
    message.add_attachment(b"PK\x03\x04", maintype="application", subtype="x", filename="a.docx")
    message.add_attachment("Plain.", filename="b.txt")

    assert [note.path for note in notes_of(message)] == ["mail.eml", "mail.eml!b.txt"]
    assert str(heard.problems[0]).startswith("mail.eml!a.docx: the file is damaged")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"Just a text.\n", "is no e-mail message"),
        (b"\x00\x01\x02", "is no e-mail message"),
        (b"Subject: x\nContent-Type: application/pkcs7-mime\n\nabcd", "is encrypted"),
        (b"Subject: x\nContent-Type: multipart/encrypted; boundary=b\n\n--b--", "is encrypted"),
    ],
)
def test_what_is_no_message_is_a_problem(notes_of, heard, content, reason):
    assert notes_of(content) == []
    assert reason in str(heard.problems[0])


@pytest.mark.parametrize(
    "head",
    [
        "Subject: =?utf-8?b?broken",
        "Subject: x\nContent-Type: ;;;=",
        "Subject: x\nDate: not a date",
        "Subject: x\nContent-Disposition: attachment; filename*=utf-8''%zz",
        "Subject: x\nContent-Type: multipart/mixed",
        "From: \n\t<@@>,,;\nSubject: x",
        "Subject: x\nContent-Transfer-Encoding: base64",
    ],
)
def test_broken_headers_do_no_harm(notes_of, heard, head):
    notes_of(raw("", PROSE, head=f"{head}\n"))

    assert not heard.problems
