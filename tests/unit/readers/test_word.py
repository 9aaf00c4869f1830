import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from .office_files import change_parts

W = nsdecls("w")
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def document():
    return docx.Document()


@pytest.fixture
def text_of(read, tmp_path, document):
    """Save the document and return the text of its one note."""

    def text_of():
        document.save(tmp_path / "draft.docx")
        (note,) = read("draft.docx")
        return note.text

    return text_of


def add(document, inner):
    """Add a paragraph with the XML given, and return it."""
    paragraph = parse_xml(f"<w:p {W}>{inner}</w:p>")
    document.element.body.insert(len(document.element.body) - 1, paragraph)
    return paragraph


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def by(tag, inner):
    return (
        f'<w:{tag} w:id="1" w:author="A reviewer" w:date="2024-05-01T10:00:00Z">{inner}</w:{tag}>'
    )


def test_paragraphs_and_tables_come_in_the_order_of_the_document(document, read, tmp_path):
    document.add_heading("Review")
    document.add_paragraph("First paragraph.")
    document.add_paragraph("")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Ref", "Note", "A1", "In the table."], strict=True):
        cell.text = text
    document.add_paragraph("Last paragraph.")
    document.save(tmp_path / "draft.docx")

    (note,) = read("draft.docx")

    assert note.text == "Review\nFirst paragraph.\nRef\nNote\nA1\nIn the table.\nLast paragraph."
    assert (note.path, note.row, note.column) == ("draft.docx", None, None)


def test_paragraphs_are_numbered_as_a_reader_counts_them(document, read, tmp_path):
    for text in ["First.", "", "Second, longer.", " ", "Third."]:
        document.add_paragraph(text)
    document.save(tmp_path / "draft.docx")

    (note,) = read("draft.docx")

    assert [note.text[start : start + 3] for start in note.paragraph_starts] == [
        "Fir",
        "Sec",
        "Thi",
    ]
    assert [note.paragraph_at(note.text.index(word)) for word in ("First", "longer", "Third")] == [
        1,
        2,
        3,
    ]
    # The line break belongs to the paragraph it ends.
    assert note.paragraph_at(note.text.index("\n")) == 1


def test_inserted_text_is_read_and_deleted_text_is_not(document, text_of):
    gone = '<w:r><w:delText xml:space="preserve">was promiscuous</w:delText></w:r>'
    add(document, run("She ") + by("del", gone) + by("ins", run("was exploited")) + run("."))

    assert text_of() == "She was exploited."


def test_moved_text_is_read_where_it_went(document, text_of):
    add(document, run("One.") + by("moveFrom", run(" Moved.")))
    add(document, run("Two.") + by("moveTo", run(" Moved.")))

    assert text_of() == "One.\nTwo. Moved."


def test_text_inserted_and_then_deleted_is_not_read(document, text_of):
    add(document, run("Kept") + by("ins", by("del", run(" gone"))))

    assert text_of() == "Kept"


def test_paragraphs_whose_break_is_deleted_are_one(document, text_of):
    mark = f"<w:pPr><w:rPr>{by('del', '')}</w:rPr></w:pPr>"
    add(document, mark + run("She put "))
    add(document, run("herself at risk."))
    add(document, run("Next."))

    assert text_of() == "She put herself at risk.\nNext."


def test_a_deleted_table_row_is_not_read(document, text_of):
    table = document.add_table(2, 1)
    table.cell(0, 0).text = "Kept"
    table.cell(1, 0).text = "Gone"
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {W} w:id='1' w:author='A'/>"))

    assert text_of() == "Kept"


def test_tabs_breaks_hyphens_and_symbols_are_characters(document, text_of):
    add(
        document,
        '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t>"
        "<w:noBreakHyphen/><w:t>e</w:t><w:softHyphen/><w:t>f</w:t>"
        '<w:sym w:font="Symbol" w:char="00B0"/></w:r>',
    )

    assert text_of() == "a\tb\nc\nd\u2011e\u00adf°"


def test_the_result_of_a_field_is_read_and_its_instruction_is_not(document, text_of):
    add(
        document,
        run("On ")
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + '<w:r><w:instrText> DATE \\@ "d MMMM" </w:instrText></w:r>'
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("1 May")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + f'<w:fldSimple w:instr=" PAGE ">{run(" 3")}</w:fldSimple>',
    )

    assert text_of() == "On 1 May 3"


def test_links_and_form_fields_are_read_and_prompts_are_not(document, text_of):
    add(
        document,
        f'<w:hyperlink w:anchor="x">{run("linked ")}</w:hyperlink>'
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('typed')}</w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{run('Click here to enter text.')}</w:sdtContent></w:sdt>",
    )

    assert text_of() == "linked typed"


def test_a_text_box_is_read_once_after_its_paragraph(document, text_of):
    box = f"<w:txbxContent><w:p>{run('In the box.')}</w:p></w:txbxContent>"
    more = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    more += 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    more += 'xmlns:v="urn:schemas-microsoft-com:vml"'
    add(
        document,
        run("Before ")
        + f'<w:r><mc:AlternateContent {more}><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}'
        + f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
        + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        + run("after."),
    )
    document.add_paragraph("Next.")

    assert text_of() == "Before after.\nIn the box.\nNext."


def test_headers_footers_and_comments_follow_the_body(document, text_of):
    document.sections[0].header.paragraphs[0].text = "Header."
    document.sections[0].footer.paragraphs[0].text = "Footer."
    paragraph = document.add_paragraph("Body.")
    document.add_comment(paragraph.runs, text="A comment.", author="A reviewer")

    assert text_of() == "Body.\nHeader.\nFooter.\nA comment."


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_footnotes_and_endnotes_are_read_without_separators(document, text_of, kind):
    document.add_paragraph("Body.")
    xml = (
        f"<w:{kind}s {W}>"
        f'<w:{kind} w:type="separator" w:id="-1"><w:p>{run("Separator")}</w:p></w:{kind}>'
        f'<w:{kind} w:id="2"><w:p><w:r><w:{kind}Ref/></w:r>{run(" The note.")}</w:p></w:{kind}>'
        f"</w:{kind}s>"
    )
    part = Part(
        PackURI(f"/word/{kind}s.xml"),
        f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml",
        xml.encode(),
        document.part.package,
    )
    relation = RELATIONSHIP_TYPE.FOOTNOTES if kind == "footnote" else RELATIONSHIP_TYPE.ENDNOTES
    document.part.relate_to(part, relation)

    assert text_of() == "Body.\n The note."


def test_the_strict_variant_of_the_format_is_read(document, read, tmp_path):
    document.add_paragraph("Strictly.")
    document.save(tmp_path / "plain.docx")
    with (
        zipfile.ZipFile(tmp_path / "plain.docx") as plain,
        zipfile.ZipFile(tmp_path / "strict.docx", "w") as strict,
    ):
        for name in plain.namelist():
            content = plain.read(name).replace(MAIN.encode(), STRICT.encode())
            content = content.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            strict.writestr(name, content)

    (note,) = read("strict.docx")

    assert note.text == "Strictly."


def test_a_document_without_text_holds_no_note(document, read, tmp_path, heard):
    document.save(tmp_path / "draft.docx")

    assert read("draft.docx") == []
    assert not heard.problems


def test_headers_come_by_number(document, text_of):
    document.add_paragraph("Body.")
    for number in range(11):
        section = document.add_section()
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = f"Header {number}."

    assert text_of().splitlines() == ["Body.", *(f"Header {number}." for number in range(11))]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (OLE + b"\0" * 600, "older Word file"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"{\\rtf1 text}", "is no .docx file"),
        (b"", "is empty"),
        (b"PK\x03\x04 and no more", "is damaged"),
    ],
)
def test_a_file_of_another_kind_is_a_problem_with_a_remedy(
    read, write_bytes, heard, content, reason
):
    write_bytes("draft.docx", content)

    assert read("draft.docx") == []
    (problem,) = heard.problems
    assert reason in str(problem)
    assert "save it" in str(problem)


@pytest.mark.parametrize("broken", ["word/document.xml", "_rels/.rels"])
def test_a_damaged_part_is_a_problem(document, read, tmp_path, heard, broken):
    document.add_paragraph("Body.")
    document.save(tmp_path / "whole.docx")
    change_parts(tmp_path / "whole.docx", tmp_path / "draft.docx", {broken: lambda _: b"<broken"})

    assert read("draft.docx") == []
    assert "is damaged" in str(heard.problems[0])


def test_a_document_that_points_to_a_missing_part_is_a_problem(document, read, tmp_path, heard):
    document.add_paragraph("Body.")
    document.sections[0].header.paragraphs[0].text = "Header."
    document.save(tmp_path / "whole.docx")
    with (
        zipfile.ZipFile(tmp_path / "whole.docx") as whole,
        zipfile.ZipFile(tmp_path / "draft.docx", "w") as draft,
    ):
        for name in whole.namelist():
            if "header" not in name:
                draft.writestr(name, whole.read(name))

    assert read("draft.docx") == []
    assert "is damaged; open it in Word and save it again" in str(heard.problems[0])


def test_entities_are_not_resolved(document, read, tmp_path, heard):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    document.save(tmp_path / "whole.docx")
    evil = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>a&e;b</w:t></w:r></w:p></w:body></w:document>"
    )
    change_parts(
        tmp_path / "whole.docx",
        tmp_path / "draft.docx",
        {"word/document.xml": lambda _: evil.encode()},
    )

    assert not any("secret" in n.text for n in read("draft.docx"))
