import io

import pytest
from fpdf import FPDF
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from vbl_detect.readers.print_out import Line, Page
from vbl_detect.readers.print_text import text_of

FIRST = (
    "The child was seen by staff at the home and did not want to speak about where she had been, "
    "although her mother said that she was safe and had eaten. A further visit is planned."
)
SECOND = (
    "Her phone is off. The unknown man who collected her in a grey van is to be identified, and "
    "the taxi firm will be asked for its records of last night."
)


def fpdf_log(entries, *, header="OFFICIAL - Log M/24/1187", wrap=90):
    class Log(FPDF):
        def header(self):
            self.cell(0, 10, header, new_x="LMARGIN", new_y="NEXT")

        def footer(self):
            self.set_y(-15)
            self.cell(
                0, 10, f"Printed 14/03/2026 09:00 by PC 12    Page {self.page_no()} of {{nb}}"
            )

    pdf = Log()
    pdf.set_font("helvetica", size=10)
    pdf.add_page()
    for entry in entries:
        pdf.multi_cell(0, 5, entry, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
    return bytes(pdf.output())


def reportlab_story(story, decorate=None, encrypt=None):
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, encrypt=encrypt)
    document.build(story, onFirstPage=decorate or _nothing, onLaterPages=decorate or _nothing)
    return out.getvalue()


def _nothing(canvas, document):
    """Decorate no page."""


def canvas_pages(*pages):
    """Pages of lines, 14 points apart."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def note_of(read, write_bytes):
    def note_of(content):
        (note,) = read(write_bytes("log.pdf", content))
        return note

    return note_of


def test_a_printed_log_is_put_together_again(note_of):
    entries = [
        f"{day:02}/03/2026 21:14 PC 12 Hale: {FIRST if day % 2 else SECOND}" for day in range(1, 29)
    ]
    note = note_of(fpdf_log(entries))

    assert note.text.split("\n") == entries
    assert len(note.parts) == len(entries)
    assert note.parts[1].time == "2026-03-02T21:14"
    assert note.parts[1].author == "PC 12 Hale"


def test_a_finding_s_paragraph_is_its_page(note_of):
    note = note_of(canvas_pages(["One one."], ["Two two."], ["Three three."]))

    places = [note.text.index(word) for word in ("One", "one", "Two", "Three", "three")]
    assert [note.paragraph_at(place) for place in places] == [1, 1, 2, 3, 3]


def test_a_page_without_text_is_told_and_counted(note_of, heard):
    note = note_of(canvas_pages(["One."], [], ["Three."]))

    assert note.paragraph_at(note.text.index("Three")) == 3
    assert "page 2 hold no text" in heard.warnings[0]


def test_a_table_s_rows_stay_together(note_of):
    style = getSampleStyleSheet()["BodyText"]
    rows = [["Date", "Officer", "Entry"]]
    rows += [
        [
            f"{day:02}/03/2026 21:14",
            Paragraph("PC 12 HALE MARCH", style),
            Paragraph(FIRST, style),
        ]
        for day in range(1, 25)
    ]
    table = Table(rows, colWidths=[90, 80, 250], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])

    note = note_of(reportlab_story([table]))

    assert note.text.split("\n")[:3] == [
        "Date\tOfficer\tEntry",
        f"01/03/2026 21:14\tPC 12 HALE MARCH\t{FIRST}",
        f"02/03/2026 21:14\tPC 12 HALE MARCH\t{FIRST}",
    ]
    assert note.text.count(FIRST) == 24
    assert [p.author for p in note.parts[1:]] == ["PC 12 HALE MARCH"] * 24


def test_running_headers_go_and_what_stands_once_stays(note_of):
    pages = [
        [
            "OFFICIAL",
            f"Log M/1 page {number}",
            "",
            *([f"Entry {number} stands alone."] * 3),
            "",
            str(number),
        ]
        for number in range(1, 5)
    ]
    pages[0].insert(3, "A title on the first page")
    note = note_of(canvas_pages(*pages))

    assert "OFFICIAL" not in note.text
    assert "page" not in note.text.replace("A title on the first page", "")
    assert note.text.startswith("A title on the first page")
    assert note.text.count("stands alone") == 12


def test_the_only_page_keeps_its_first_line_and_loses_its_number(note_of):
    assert note_of(canvas_pages(["Heading", "Text.", "Page 1 of 1"])).text == "Heading\nText."


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["She has been safe-", "guarded since then and is"],
            "She has been safeguarded since then and is",
        ),
        (
            ["This is a victim-", "blaming phrase, she said"],
            "This is a victim-blaming phrase, she said",
        ),
        (
            ["She has low self-", "esteem, her teacher said"],
            "She has low self-esteem, her teacher said",
        ),
        (
            ["Seen by PC Hale-", "Smith at the address, all"],
            "Seen by PC Hale-Smith at the address, all",
        ),
        (
            ["The street of hers was wise in a street-", "wise way"],
            "The street of hers was wise in a street-wise way",
        ),
        (
            ["It was unlike her to understand, under-", "stand it"],
            "It was unlike her to understand, understand it",
        ),
    ],
)
def test_parted_words_are_joined_and_compounds_keep_their_hyphen(note_of, lines, text):
    assert note_of(canvas_pages(lines)).text == text


def test_a_soft_hyphen_goes():
    lines = [Line("She soft\u00ad", 0, 50, 0, 10), Line("ened.", 0, 30, 12, 22)]

    assert text_of([Page(1, lines)]) == ("She softened.", (0,))


def test_lines_that_their_writer_ended_stay_apart(note_of):
    lines = [
        "Known risks of this episode, as they stood at the time of the report:",
        "- phone off",
        "- no coat",
        "1. Visit",
        "Short line",
        "Next line of a longer text that runs on and on until the margin is near",
        "and goes on.",
    ]
    note = note_of(canvas_pages(lines))

    assert note.text.split("\n") == [*lines[:5], " ".join(lines[5:])]


def test_a_paragraph_goes_on_over_the_page(note_of):
    page = ["The first line of a paragraph that is wide enough to reach the margin"] * 3
    note = note_of(canvas_pages(page, ["and its end stands on the next page."]))

    assert note.text.endswith("the margin and its end stands on the next page.")
    assert note.paragraph_at(note.text.index("and its end")) == 2


def test_a_scan_is_a_problem_with_a_remedy(read, write_bytes, heard):
    write_bytes("scan.pdf", canvas_pages([], []))

    assert read("scan.pdf") == []
    assert "only pictures of it; make it readable" in str(heard.problems[0])


def test_a_password_is_a_problem_and_mere_restrictions_are_not(read, write_bytes, heard):
    style = getSampleStyleSheet()["BodyText"]
    for name, password in (("locked.pdf", "secret"), ("restricted.pdf", "")):
        lock = StandardEncryption(password, ownerPassword="owner", canCopy=0)
        write_bytes(name, reportlab_story([Paragraph(SECOND, style)], encrypt=lock))

    assert [note.text for note in read("locked.pdf", "restricted.pdf")] == [SECOND]
    (problem,) = heard.problems
    assert "locked.pdf: the file is protected by a password" in str(problem)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"A text.", "is no PDF file"),
        (b"%PDF-1.7\n%%EOF", "is damaged"),
        (b"%PDF-1.7\ntrailer << /Root 1 0 R >>", "is damaged"),
    ],
)
def test_what_is_no_pdf_is_a_problem(read, write_bytes, heard, content, reason, capfd):
    write_bytes("log.pdf", content)

    assert read("log.pdf") == []
    assert reason in str(heard.problems[0])
    assert capfd.readouterr().err == ""


def test_fonts_that_name_no_letters_are_a_problem(read, write_bytes, heard, monkeypatch):
    monkeypatch.setattr("vbl_detect.readers.pdf.text_of", lambda _: ("(cid:3)(cid:4)", (0,)))
    write_bytes("log.pdf", canvas_pages(["x"]))

    assert read("log.pdf") == []
    assert "which letters they show" in str(heard.problems[0])


def test_joined_letters_are_parted(note_of, monkeypatch):
    pdf = FPDF()
    pdf.add_font("sans", fname=_font())
    pdf.set_font("sans", size=10)
    pdf.add_page()
    pdf.cell(0, 5, "O\ufb03cer \ufb01nds.")

    assert note_of(bytes(pdf.output())).text == "Officer finds."


def _font():
    found = pytest.importorskip("matplotlib.font_manager").findfont("DejaVu Sans")
    return str(found)


@pytest.mark.parametrize("borders", ["ALL", "NONE"])
def test_a_table_set_flush_with_dates_in_the_middle_keeps_its_rows(note_of, borders):
    rows = [
        (f"{day:02}/03/2026 21:14", "PC 12 HALE", f"Day {day}. {FIRST if day % 2 else SECOND}")
        for day in range(1, 31)
    ]
    pdf = FPDF()
    pdf.set_font("helvetica", size=10)
    pdf.add_page()
    padding = 0 if borders == "ALL" else (2, 1)
    with pdf.table(
        rows,
        col_widths=(25, 25, 100),
        borders_layout=borders,
        padding=padding,
        first_row_as_headings=False,
    ):
        pass

    note = note_of(bytes(pdf.output()))

    assert note.text.split("\n") == ["\t".join(row) for row in rows]
    assert len(note.parts) == 30


def test_text_around_a_table_stays_text(note_of):
    style = getSampleStyleSheet()["BodyText"]
    cells = [["Risk", "Known"], ["Phone", "off"], ["Coat", "left behind"]]
    table = Table(cells, colWidths=[100, 200], hAlign="LEFT")

    note = note_of(reportlab_story([Paragraph(FIRST, style), table, Paragraph(SECOND, style)]))

    assert note.text.split("\n") == [FIRST, *("\t".join(row) for row in cells), SECOND]
