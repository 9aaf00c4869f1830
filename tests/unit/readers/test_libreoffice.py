"""Files as another program writes them; left out where LibreOffice is not installed."""

import datetime
import shutil
import subprocess

import docx
import openpyxl
import pytest

PROSE = "She was spoken to at home and said that all was well."
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]


@pytest.fixture
def convert(tmp_path):
    """Let LibreOffice write a file in another format, into the folder ``out``."""

    def convert(name, kind):
        subprocess.run(
            [
                OFFICE,
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(tmp_path / "out"),
                str(tmp_path / name),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )

    return convert


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Ref", "When", "Notes"])
    sheet.append(["A1", datetime.datetime(2024, 5, 1, 10, 30), f"  {PROSE}\nSecond line, “é”."])
    sheet.append([None, datetime.datetime(2024, 5, 2), '="She was "&"at home when we called."'])
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "book.xlsx")


def test_a_workbook_of_libreoffice_is_read(read, workbook, convert, heard):
    convert("book.xlsx", "xlsx")

    notes = read("out/book.xlsx", keep_columns=("When",))

    assert [(n.record_id, n.row, n.text, n.meta["When"]) for n in notes] == [
        ("A1", 2, f"  {PROSE}\nSecond line, “é”.", "2024-05-01T10:30:00"),
        ("A1", 3, "She was at home when we called.", "2024-05-02"),
    ]
    assert not heard.warnings


def test_a_spreadsheet_of_libreoffice_is_read(read, workbook, convert, heard):
    convert("book.xlsx", "ods")

    notes = read("out/book.ods", keep_columns=("When",))

    assert [(n.record_id, n.row, n.text, n.meta["When"]) for n in notes] == [
        ("A1", 2, f"  {PROSE}\nSecond line, “é”.", "2024-05-01T10:30:00"),
        ("A1", 3, "She was at home when we called.", "2024-05-02"),
    ]
    assert not heard.warnings


def test_a_csv_of_libreoffice_is_read(read, workbook, convert):
    convert("book.xlsx", "csv:Text - txt - csv (StarCalc):59,34,ANSI,1")

    notes = read("out/book.csv")

    assert [(n.row, n.text) for n in notes] == [
        (2, f"  {PROSE}\nSecond line, “é”."),
        (3, "She was at home when we called."),
    ]


@pytest.mark.parametrize(("kind", "suffix"), [("docx:MS Word 2007 XML", "docx"), ("odt", "odt")])
def test_a_document_of_libreoffice_is_read(read, tmp_path, convert, kind, suffix):
    document = docx.Document()
    document.add_heading("Review")
    document.add_paragraph(f"{PROSE}\tTab\nbreak “é”")
    document.add_table(1, 1).cell(0, 0).text = "In the table."
    document.sections[0].header.paragraphs[0].text = "Header."
    document.save(tmp_path / "draft.docx")

    convert("draft.docx", kind)
    (note,) = read(f"out/draft.{suffix}")

    assert note.text == f"Review\n{PROSE}\tTab\nbreak “é”\nIn the table.\nHeader."


@pytest.mark.parametrize(("kind", "suffix"), [("doc:MS Word 97", "doc"), ("rtf", "rtf")])
def test_an_older_document_under_a_new_name_is_a_problem(
    read, tmp_path, convert, heard, kind, suffix
):
    document = docx.Document()
    document.add_paragraph(PROSE)
    document.save(tmp_path / "draft.docx")

    convert("draft.docx", kind)
    (tmp_path / "out" / f"draft.{suffix}").rename(tmp_path / "old.docx")

    assert read("old.docx") == []
    assert "save it as .docx" in str(heard.problems[0])


def prose(number):
    """Return some sentences, other ones for each number."""
    return " ".join(
        f"She was seen {number * place} times at home, and all was well." for place in range(1, 7)
    )


def test_a_printed_document_of_libreoffice_is_put_together_again(read, tmp_path, convert):
    entries = [f"{day:02}/03/2026 21:14 PC 12 Hale: {prose(day)}" for day in range(1, 29)]
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "OFFICIAL – Log M/24/1187"
    for entry in entries:
        document.add_paragraph(entry)
    document.save(tmp_path / "log.docx")

    convert("log.docx", "pdf")
    (note,) = read("out/log.pdf")

    assert note.text.split("\n") == entries
    assert note.paragraph_at(len(note.text) - 1) == len(note.paragraph_starts) > 1


def test_a_printed_table_of_libreoffice_keeps_its_rows(read, tmp_path, convert):
    document = docx.Document()
    table = document.add_table(0, 3)
    rows = [
        (f"{day:02}/03/2026 21:14", f"PC {day} HALE-SMITHERSON", prose(day)) for day in range(1, 12)
    ]
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(tmp_path / "log.docx")

    convert("log.docx", "pdf")
    (note,) = read("out/log.pdf")

    assert note.text.split("\n") == ["\t".join(row) for row in rows]
