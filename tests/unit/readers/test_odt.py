import pytest

from .odf_files import write_odt

P = "<text:p>{}</text:p>".format


@pytest.fixture
def text_of(read, tmp_path):
    def text_of(body, **parts):
        write_odt(tmp_path / "draft.odt", body, **parts)
        (note,) = read("draft.odt")
        return note.text

    return text_of


def test_paragraphs_headings_lists_and_tables_come_in_order_and_are_numbered(read, tmp_path):
    table = "".join(f"<table:table-cell>{P(text)}</table:table-cell>" for text in ("Ref", "A1"))
    write_odt(
        tmp_path / "draft.odt",
        f"<text:h>Review</text:h>{P('')}{P('First.')}"
        f"<table:table><table:table-row>{table}</table:table-row></table:table>"
        f"<text:list><text:list-item>{P('Item.')}</text:list-item></text:list>"
        f"<text:section>{P('Last.')}</text:section>",
    )

    (note,) = read("draft.odt")

    assert note.text == "Review\nFirst.\nRef\nA1\nItem.\nLast."
    assert (note.path, note.row) == ("draft.odt", None)
    assert note.paragraph_at(note.text.index("First")) == 2
    assert note.paragraph_at(note.text.index("Last")) == 6


def test_deleted_text_is_not_read(text_of):
    deleted = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{P('was promiscuous')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    kept = (
        "She <text:change text:change-id='1'/><text:change-start/>was exploited<text:change-end/>."
    )

    assert text_of(deleted + P(kept)) == "She was exploited."


def test_spaces_tabs_and_breaks_are_characters(text_of):
    inner = "a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d\n     <text:span>e</text:span>"

    assert text_of(P(inner)) == "a   b\tc\nd e"


@pytest.mark.parametrize("count", ["999999999999", "-1", "x", "²"])
def test_a_count_of_spaces_that_is_none_does_no_harm(text_of, count):
    assert text_of(P(f"a<text:s text:c='{count}'/>b")).split() == ["a", "b"]


def test_links_and_fields_are_read_and_prompts_are_not(text_of):
    inner = (
        "<text:a>linked</text:a> <text:page-number>3</text:page-number>"
        "<text:placeholder>&lt;type here&gt;</text:placeholder>"
    )

    assert text_of(P(inner)) == "linked 3"


def test_a_text_box_follows_its_paragraph(text_of):
    box = f"<draw:frame><draw:text-box>{P('In the box.')}</draw:text-box></draw:frame>"

    assert text_of(P(f"Before {box}after.") + P("Next.")) == "Before after.\nIn the box.\nNext."


def test_headers_notes_and_comments_follow_the_body(text_of):
    def note(kind, text):
        return (
            f"<text:note text:note-class='{kind}'><text:note-citation>1</text:note-citation>"
            f"<text:note-body>{P(text)}</text:note-body></text:note>"
        )

    comment = f"<office:annotation><dc:creator>A B</dc:creator>{P('Comment.')}</office:annotation>"
    body = P(f"Bo{note('endnote', 'End.')}{comment}dy{note('footnote', 'Foot.')}.")
    masters = (
        f"<style:footer>{P('Footer.')}</style:footer><style:header>{P('Header.')}</style:header>"
        f"<style:header-left>{P('Header.')}</style:header-left>"
    )

    assert text_of(body, masters=masters) == "Body.\nHeader.\nFooter.\nFoot.\nEnd.\nComment."


def test_a_text_with_a_password_is_a_problem_with_a_remedy(read, tmp_path, heard):
    write_odt(tmp_path / "draft.odt", P("x"), manifest="<manifest:encryption-data/>")

    assert read("draft.odt") == []
    assert "protected by a password; open it in LibreOffice" in str(heard.problems[0])


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "is empty"), (b"{\\rtf1 text}", "is no .odt file"), (b"PK\x03\x04...", "is damaged")],
)
def test_a_file_of_another_kind_is_a_problem(read, write_bytes, heard, content, reason):
    write_bytes("draft.odt", content)

    assert read("draft.odt") == []
    assert reason in str(heard.problems[0])


def test_a_text_without_text_holds_no_note(read, tmp_path, heard):
    write_odt(tmp_path / "draft.odt", P(" "))

    assert read("draft.odt") == []
    assert not heard.problems


def test_a_part_that_unpacks_too_large_is_a_problem(read, tmp_path, heard, monkeypatch):
    monkeypatch.setattr("vbl_detect.readers.odf_file.LARGEST_PART", 1_000)
    write_odt(tmp_path / "draft.odt", P("x" * 2_000))

    assert read("draft.odt") == []
    assert "split it into smaller files" in str(heard.problems[0])
