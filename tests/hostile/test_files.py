"""Files made to exhaust the machine, to mislead, or to change under the reader."""

import json
import os
import re
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pytest
from fpdf import FPDF
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

from tests.unit.readers.odf_files import cell, row, write_ods, write_odt
from vbl_detect.readers import (
    ReadListener,
    ReadOptions,
    delimited,
    find_files,
    json_lines,
    lines,
    office_file,
    pdf_streams,
    plain_text,
    read_notes,
    reading,
)
from vbl_detect.running import RunListener, RunSettings, read_file

from .conftest import BLAME

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPE = f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY own SYSTEM "file:///etc/passwd">]>'


@pytest.fixture
def office_files(tmp_path):
    """A good file of each kind of package, by suffix."""
    document = docx.Document()
    document.add_paragraph(BLAME)
    document.save(tmp_path / "a.docx")
    book = openpyxl.Workbook()
    for values in (["Ref", "Notes"], ["A1", BLAME]):
        book.active.append(values)
    book.save(tmp_path / "a.xlsx")
    write_odt(tmp_path / "a.odt", f"<text:p>{BLAME}</text:p>")
    write_ods(tmp_path / "a.ods", {"Log": row(cell("Notes")) + row(cell(BLAME))})
    return {path.suffix: path for path in tmp_path.iterdir()}


def rewrite(path, change):
    """Write a package anew, each part changed."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, change(name, content))


MAIN = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/worksheets/sheet1.xml",
    ".odt": "content.xml",
    ".ods": "content.xml",
}


@pytest.mark.parametrize("suffix", MAIN)
def test_entities_are_not_expanded(scan, office_files, suffix):
    def laugh(name, content):
        if name != MAIN[suffix]:
            return content
        head, end, body = content.partition(b"?>") if content[:2] == b"<?" else (b"", b"", content)
        body = body.replace(b"herself", b"herself &l9; &own;", 1)
        return head + end + DOCTYPE.encode() + body

    rewrite(office_files[suffix], laugh)

    result = scan(office_files[suffix], "--format", "jsonl")

    assert result.exit_code in (0, 3)
    assert "hahaha" not in result.output
    assert "root:" not in result.output


@pytest.mark.parametrize("suffix", MAIN)
def test_a_package_that_unpacks_to_too_much_is_named(scan, office_files, suffix, monkeypatch):
    monkeypatch.setattr(office_file, "MOST_UNPACKED", dict.fromkeys(MAIN, 1 << 20))
    path = office_files[suffix]
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("more.xml", bytes(40 << 20))

    result = scan(path, "--format", "jsonl")

    assert result.exit_code == 3
    assert f"a{suffix}: the file unpacks to 40 MB, more than the 1 MB" in result.stderr


def test_a_sheet_that_unpacks_to_too_much_is_named(scan, office_files, monkeypatch):
    monkeypatch.setattr(office_file, "MOST_STREAMED", 1 << 20)
    rewrite(
        office_files[".xlsx"],
        lambda name, content: content + b" " * (9 << 20) if name == MAIN[".xlsx"] else content,
    )

    assert "unpacks to 9 MB" in scan(office_files[".xlsx"]).stderr


def pdf_with(filters, content):
    """A PDF whose page has what is given for its content, encoded so."""
    document = FPDF()
    document.set_font("helvetica")
    document.add_page()
    document.cell(text=BLAME)
    stream = b"<</Filter[%s]/Length %d>>stream\n%s\nendstream" % (filters, len(content), content)
    whole = bytes(document.output())
    place = whole.index(b"endobj", whole.index(b"stream"))
    return whole[: whole.index(b"4 0 obj") + 8] + stream + b"\n" + whole[place:]


ZEROS = bytes(1 << 17)
RUNS = b"\x81\x00" * (1 << 10) + b"\x80"


@pytest.mark.parametrize(
    "encoded",
    [
        (b"/FlateDecode", zlib.compress(ZEROS)),
        (b"/FlateDecode/FlateDecode", zlib.compress(zlib.compress(ZEROS))),
        (b"/RunLengthDecode", RUNS),
        (b"/ASCIIHexDecode/FlateDecode", zlib.compress(ZEROS).hex().encode() + b">"),
        (b"/FlateDecode", zlib.compress(ZEROS)[:-3] + b"bad"),
    ],
    ids=["flate", "twice", "runs", "hex", "damaged"],
)
def test_a_pdf_that_unpacks_to_too_much_is_named(scan, tmp_path, encoded, monkeypatch):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_with(*encoded))
    monkeypatch.setattr(pdf_streams, "MOST_UNPACKED", 100_000)

    result = scan(path)

    assert result.exit_code == 3
    assert "a.pdf: the file unpacks to more than" in result.stderr


def test_a_pdf_whose_objects_lead_in_circles_ends(scan, tmp_path):
    document = FPDF()
    document.set_font("helvetica")
    document.add_page()
    document.cell(text=BLAME)
    whole = bytes(document.output())
    number = re.search(rb"/Info (\d+) 0 R", whole)[1]
    start = whole.index(b"\n%s 0 obj" % number) + 1
    end = whole.index(b"endobj", start)
    circle = b"%s 0 obj\n%s 0 R\n" % (number, number)
    path = tmp_path / "a.pdf"
    path.write_bytes(whole[:start] + circle.ljust(end - start) + whole[end:])

    assert scan(path, "--format", "concise").exit_code in (0, 3)


def test_other_users_of_the_library_for_pdf_are_not_held_to_the_limit(monkeypatch):
    monkeypatch.setattr(pdf_streams, "MOST_UNPACKED", 10)
    with pytest.raises(pdf_streams.UnpacksToTooMuchError), pdf_streams.bounded_streams():
        PDFStream({"Filter": LIT("FlateDecode")}, zlib.compress(ZEROS)).get_data()

    for name, content in (("FlateDecode", zlib.compress(ZEROS)), ("RunLengthDecode", RUNS)):
        stream = PDFStream({"Filter": LIT(name)}, content)
        assert stream.get_data() == ZEROS


def test_a_note_that_is_too_long_is_named_and_the_others_are_judged(scan, tmp_path, monkeypatch):
    for module in (reading, plain_text):
        monkeypatch.setattr(module, "LONGEST_NOTE", 1_000)
    monkeypatch.setattr(lines, "LONGEST_LINE", 2_000)
    assert delimited.LONGEST_LINE > 2_000
    long, longer = f"{BLAME} " * 40, f"{BLAME} " * 400
    rows = f'Ref,Notes\nA1,{BLAME}\nA2,"{long}"\nA3,"{longer}"\nA4,{BLAME}\n'
    (tmp_path / "a.csv").write_text(rows, "utf-8")
    notes = (json.dumps({"text": text}) for text in (BLAME, long, longer, BLAME))
    (tmp_path / "b.jsonl").write_text("\n".join(notes), "utf-8")
    (tmp_path / "c.txt").write_text(longer, "utf-8")

    result = scan(tmp_path, "--format", "jsonl")

    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(Path(one["path"]).name, one["row"]) for one in found] == [
        ("a.csv", 2), ("a.csv", 5), ("b.jsonl", 1), ("b.jsonl", 4),
    ]  # fmt: skip
    assert result.exit_code == 3
    for problem in ("a.csv, row 3: the note is longer than 1,000 characters",
                    "a.csv: line 4 is longer than 2,000 characters",
                    "b.jsonl, row 2: the note", "b.jsonl: line 3",
                    "c.txt: the note is longer"):  # fmt: skip
        assert problem in result.stderr


def test_a_quotation_mark_that_nothing_closes_ends_a_large_table_with_its_row(scan, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'Ref,Notes\nA1,{BLAME}\nA2,"' + f"{'x' * 998}\n" * 22_000, "utf-8")

    result = scan(path, "--format", "jsonl")

    assert [json.loads(line)["row"] for line in result.stdout.splitlines()] == [2]
    assert "a.csv, row 3: the file cannot be cut into rows" in result.stderr


def test_json_that_is_too_long_is_named(scan, tmp_path, monkeypatch):
    monkeypatch.setattr(json_lines, "LONGEST_DOCUMENT", 100)
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"text": BLAME}] * 9), "utf-8")

    assert "a.json: this JSON is longer than 100 characters" in scan(path).stderr


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device")
def test_a_link_to_a_device_in_a_folder_is_passed_over(scan, tmp_path):
    (tmp_path / "a.txt").write_text(BLAME, "utf-8")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.txt")

    assert scan(tmp_path, "--format", "concise").exit_code == 0


def test_a_package_that_says_less_than_it_holds_is_damaged(scan, office_files):
    path = office_files[".docx"]
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        size = package.getinfo(MAIN[".docx"]).file_size
    lied = bytes(content).replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(lied)

    result = scan(path)

    assert result.exit_code == 3
    assert "damaged" in result.stderr


def test_links_that_lead_in_circles_are_followed_nowhere(scan, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "note.txt").write_text(BLAME, "utf-8")
    (folder / "again").symlink_to(folder)
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")

    result = scan(folder, "--format", "jsonl")

    assert len(result.stdout.splitlines()) == 1
    assert result.exit_code == 3
    assert "itself.txt: this is a link that leads to no file" in result.stderr
    assert "nowhere.txt: this is a link that leads to no file" in result.stderr


def notes_while(path, change):
    """Read a file, and change it after its first note."""
    listener = RunListener()
    notes = read_file(path, RunSettings(), listener)
    next(notes)
    change()
    return [note.row for note in notes], listener


@pytest.fixture
def long_table(tmp_path):
    path = tmp_path / "log.csv"
    lines = "".join(f"A{n},Entry {n}. {BLAME}\n" for n in range(9_000))
    path.write_text(f"Ref,Notes\n{lines}", "utf-8")
    return path


def test_a_file_that_grows_while_it_is_read_is_told(long_table):
    def grow():
        with long_table.open("a") as out:
            out.write(f"A9000,{BLAME}\n")

    rows, listener = notes_while(long_table, grow)

    assert set(range(3, 9_002)) <= set(rows)
    assert any("was changed while it was read" in message for message in listener.warnings)


def test_a_file_that_shrinks_or_vanishes_while_it_is_read_is_told(long_table):
    _, shrunk = notes_while(long_table, lambda: os.truncate(long_table, 200_000))
    _, gone = notes_while(long_table, long_table.unlink)

    for listener in (shrunk, gone):
        assert any("was changed while it was read" in message for message in listener.warnings)


def test_a_file_that_is_left_alone_is_not_warned_of(long_table):
    rows, listener = notes_while(long_table, lambda: None)

    assert rows == list(range(3, 9_002))
    assert listener.warnings == []


def test_a_file_that_goes_before_it_is_read_is_a_problem(tmp_path):
    (tmp_path / "a.txt").write_text(BLAME, "utf-8")
    listener = RunListener()
    [file] = find_files([tmp_path], listener)
    file.unlink()

    assert list(read_file(file, RunSettings(), listener)) == []
    assert "a.txt: there is no such file" in listener.problems[0]


@pytest.mark.parametrize("name", ["ev\x1b[31mil", "two\nlines", "c:\x07bell", "gpj.\u202etxt"])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_does_nothing_to_the_terminal(scan, tmp_path, name):
    (tmp_path / f"{name}.txt").write_text(BLAME, "utf-8")
    (tmp_path / f"{name}.docx").write_bytes(b"PK no document")

    for chosen in ("full", "concise", "github"):
        result = scan(tmp_path, "--format", chosen)

        assert result.exit_code == 3
        shown = [char for char in result.output if not char.isprintable()]
        assert set(shown) <= {"\n"}


@pytest.mark.parametrize(
    "name",
    ["../../../tmp/x.txt", "..\\..\\x.txt", "/etc/x.txt", "C:\\x.txt", "CON.txt", "nul.txt",
     "a\x00b.txt", "x.txt:stream.txt", "\u202etxt.exe.txt", "~/x.txt", "a" * 300 + ".txt"],
)  # fmt: skip
def test_an_attachment_is_written_nowhere_by_its_name(tmp_path, name, monkeypatch):
    home = tmp_path / "deep" / "home"
    home.mkdir(parents=True)
    monkeypatch.chdir(home)
    message = EmailMessage()
    message["Subject"] = "Notes"
    message.set_content("See attached.")
    message.add_attachment(BLAME.encode(), "text", "plain", filename=name.replace("\0", "%00"))
    (home / "mail.eml").write_bytes(message.as_bytes())
    before = set(tmp_path.rglob("*"))

    notes = list(read_notes([home / "mail.eml"], ReadOptions(), ReadListener()))

    assert notes[-1].text.strip() == BLAME
    assert notes[-1].path.startswith(str(home / "mail.eml") + "!")
    assert not {"/", "\\"} & set(notes[-1].path.rpartition("!")[2])
    assert set(tmp_path.rglob("*")) == before


def test_a_sheet_may_be_called_anything_that_a_file_can_say(scan, office_files):
    rewrite(
        office_files[".xlsx"],
        lambda name, content: content.replace(b'name="Sheet"', b'name="=cmd|&#x202e;../../x"'),
    )

    [finding] = scan(office_files[".xlsx"], "--format", "jsonl").stdout.splitlines()

    assert json.loads(finding)["sheet"] == "=cmd|\u202e../../x"


def test_a_file_in_two_encodings_loses_no_row(scan, tmp_path):
    path = tmp_path / "mixed.csv"
    rows = [f"A{n},Café {n}. {BLAME}\n".encode("cp1252" if n % 2 else "utf-8") for n in range(9)]
    path.write_bytes(b"Ref,Notes\n" + b"".join(rows))

    result = scan(path, "--format", "jsonl")

    assert [json.loads(line)["row"] for line in result.stdout.splitlines()] == list(range(2, 11))


@pytest.mark.slow
def test_a_cell_of_two_hundred_thousand_characters_is_judged_to_its_end(scan, tmp_path):
    path = tmp_path / "huge.csv"
    path.write_text(f'Ref,Notes\nA1,"{"All quiet. " * 20_000}{BLAME}"\nA2,{BLAME}\n', "utf-8")

    result = scan(path, "--format", "jsonl")

    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["row"], one["phrase"]) for one in found] == [
        (2, "put herself at risk"),
        (3, "put herself at risk"),
    ]
    assert found[0]["start"] > 200_000
