"""A dropped file: its text, read in memory, by a process that can be ended."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from fpdf import FPDF

from vbl_detect import readers
from vbl_detect.errors import VblDetectError
from vbl_detect.serving import documents
from vbl_detect.serving.documents import SUFFIXES, Document, plain_name, read_apart, read_document

EXAMPLE = Path(__file__).parents[3] / "examples" / "exploitation-review.docx"
WORDS = "She puts herself at risk."


def word(text):
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def pdf(text):
    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=12)
    page.multi_cell(0, text=text)
    return bytes(page.output())


def without_bytes(value):
    """Name a test alike in each process: packages hold the time at which they were made."""
    return "content" if isinstance(value, bytes) else None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", word(WORDS)),
        ("a.pdf", pdf(WORDS)),
        ("a.txt", WORDS.encode("utf-16")),
        ("A.MD", b"\xef\xbb\xbf" + WORDS.encode()),
    ],
    ids=without_bytes,
)
def test_its_text_is_what_check_reads(name, content, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    (note,) = readers.read_notes([path], readers.ReadOptions(), readers.ReadListener())

    read = read_document(name, content)

    assert (read.name, read.text) == (name, note.text)
    assert read.text.strip() == WORDS


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(documents.MAX_BYTES_UNPACKED + 1))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("a.txt", b"", "no text in it"),
        ("a.docx", b"PK\3\4 no more", "damaged"),
        ("a.pdf", b"%PDF-1.7 no more", "damaged"),
        ("a.doc", b"x", "copy the text"),
        ("a", b"x", "copy the text"),
        ("a.xlsx", b"x", "Rows from Excel"),
        ("a.csv", b"x", "Rows from Excel"),
        ("a.txt", b"a" * 200_001, "200,000 characters"),
        ("a.txt", bytes(documents.MAX_BYTES + 1), "larger than 20 MB"),
        ("a.docx", bomb(), "unpacks to more than"),
    ],
    ids=without_bytes,
)
def test_what_cannot_be_read_is_named_with_a_remedy(name, content, remedy):
    with pytest.raises(VblDetectError, match=remedy):
        read_document(name, content)


@pytest.mark.parametrize(
    "name", ["../../etc/review.txt", "C:\\drafts\\review.txt", "/review.txt", "a/b\\review.txt"]
)
def test_folders_are_no_part_of_a_name(name):
    assert plain_name(name) == "review.txt"


def test_every_kind_that_is_read_has_a_reader():
    assert set(SUFFIXES) < set(readers.READERS)


@pytest.mark.slow
def test_another_process_reads_it_and_says_what_is_wrong():
    content = EXAMPLE.read_bytes()

    assert read_apart(EXAMPLE.name, content) == read_document(EXAMPLE.name, content)
    with pytest.raises(VblDetectError, match=r"a\.docx: the file is damaged"):
        read_apart("a.docx", b"PK\3\4")


@pytest.mark.slow
def test_what_takes_too_long_or_dies_is_given_up():
    with pytest.raises(VblDetectError, match="took longer than 0 seconds"):
        read_apart("a.txt", WORDS.encode(), seconds=0.001)


@pytest.mark.slow
def test_a_process_that_dies_is_told(monkeypatch):
    monkeypatch.setattr(documents, "_read", die)

    with pytest.raises(VblDetectError, match="copy its text"):
        read_apart("a.txt", WORDS.encode())


def die(sender, name, content):
    raise SystemExit(1)


def test_nothing_of_a_file_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.mkstemp", None)
    monkeypatch.setattr("tempfile.TemporaryFile", None)
    monkeypatch.chdir(tmp_path)

    assert isinstance(read_document(EXAMPLE.name, EXAMPLE.read_bytes()), Document)
    assert list(tmp_path.iterdir()) == []
