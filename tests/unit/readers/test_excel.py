import re
import tracemalloc
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import MAC_EPOCH

from vbl_detect.errors import UsageError
from vbl_detect.readers import ReadOptions, read_notes

from .office_files import change_parts, share_strings

PROSE = "She was spoken to at home and said that all was well."


@pytest.fixture
def book():
    return openpyxl.Workbook()


@pytest.fixture(params=["in cells", "shared"])
def read_book(request, read, tmp_path, book):
    """Save the workbook and read it, its strings stored in either way."""

    def read_book(**options):
        book.save(tmp_path / "book.xlsx")
        if request.param == "shared":
            (tmp_path / "book.xlsx").rename(tmp_path / "plain.xlsx")
            share_strings(tmp_path / "plain.xlsx", tmp_path / "book.xlsx")
        return read("book.xlsx", **options)

    return read_book


def fill(sheet, *rows):
    for row in rows:
        sheet.append(row)
    return sheet


def test_a_note_knows_where_it_came_from(book, read_book):
    book.active.title = "Logs"
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE], [17, "Second visit, nobody in."])

    first, second = read_book()

    assert (first.text, first.record_id, first.row) == (PROSE, "A1", 2)
    assert (first.path, first.sheet, first.column) == ("book.xlsx", "Logs", "Notes")
    assert (second.record_id, second.row) == ("17", 3)


def test_rows_count_as_excel_shows_them(book, read_book, heard):
    sheet = book.active
    sheet["B2"] = "Monthly export"
    sheet["C5"], sheet["D5"] = "Ref", "Notes"
    sheet["C6"], sheet["D6"] = "A1", PROSE
    sheet["C9"], sheet["D9"] = "A2", PROSE

    assert [(n.record_id, n.row) for n in read_book()] == [("A1", 6), ("A2", 9)]
    assert 'book.xlsx, sheet "Sheet": the header was found in row 5' in heard.notices


@pytest.fixture
def small_rows(monkeypatch):
    """A row may take 200,000 bytes, ten times the pieces in which a sheet is read."""
    monkeypatch.setattr("vbl_detect.readers.bounded_xml.MOST_BETWEEN", 200_000)


def test_a_cell_without_end_is_named_and_not_held(book, tmp_path, read, heard, small_rows):
    book.active.title = "Log"
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE], ["A2", "GROW"], ["A3", PROSE])
    book.save(tmp_path / "plain.xlsx")
    part = {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"GROW", PROSE.encode() * 99_999)}
    change_parts(tmp_path / "plain.xlsx", tmp_path / "book.xlsx", part)

    assert len(read("plain.xlsx")) == 3
    tracemalloc.start()
    assert read("book.xlsx") == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    [problem] = heard.problems
    assert (problem.path, problem.sheet, problem.row) == ("book.xlsx", "Log", 3)
    assert re.search(r"cell B3 takes more than \d+ MB", str(problem))
    assert "shorten it and save the file again" in str(problem)
    assert "She was" not in str(problem)
    assert peak < 3_000_000


def test_a_shared_text_without_end_is_named(book, tmp_path, read, heard, small_rows):
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE], ["A2", "GROW"])
    book.save(tmp_path / "plain.xlsx")
    share_strings(tmp_path / "plain.xlsx", tmp_path / "shared.xlsx")
    element = re.compile(rb"<((?:\w+:)?)t[^>]*>GROW</(?:\w+:)?t>")
    runs = rb"<\1r><\1t>She went home. </\1t></\1r>" * 9_999
    part = {"xl/sharedStrings.xml": lambda xml: element.sub(runs, xml)}
    change_parts(tmp_path / "shared.xlsx", tmp_path / "book.xlsx", part)

    assert read("book.xlsx") == []
    assert re.search(r"book.xlsx: a cell takes more than \d+ MB", str(heard.problems[0]))


def test_many_rows_cells_and_merged_cells_are_not_taken_for_one(book, read_book, small_rows):
    sheet = fill(book.active, ["Ref", "Notes"], *([f"A{n}", f"{PROSE} {n}"] for n in range(1_500)))
    for row in range(4_000, 5_000):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)

    assert len(read_book()) == 1_500


def test_entities_are_refused_whatever_parser_is_there(book, tmp_path, read, heard):
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE], ["A2", "GROW"])
    book.save(tmp_path / "plain.xlsx")
    doctype = b'<!DOCTYPE d [<!ENTITY a "ha">]><worksheet'
    part = {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<worksheet", doctype, 1)}
    change_parts(tmp_path / "plain.xlsx", tmp_path / "book.xlsx", part)

    assert read("book.xlsx") == []
    assert "the file is damaged" in str(heard.problems[0])


def test_all_sheets_are_read_hidden_ones_too(book, read_book):
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE])
    book.create_sheet("Blank")
    hidden = fill(book.create_sheet("Hidden"), ["Narrative"], [PROSE])
    hidden.sheet_state = "veryHidden"

    assert [(n.sheet, n.column) for n in read_book()] == [
        ("Sheet", "Notes"),
        ("Hidden", "Narrative"),
    ]


def test_a_sheet_without_notes_is_left_out_and_told(book, read_book, heard):
    fill(book.active, ["Ref", "Notes", "Team"], ["A1", PROSE, "North"])
    fill(book.create_sheet("Codes"), ["Code", "Count"], [1, 2])

    notes = read_book(keep_columns=("Team",))

    assert [n.sheet for n in notes] == ["Sheet"]
    assert any('"Codes"' in notice and "left out" in notice for notice in heard.notices)
    assert not heard.problems


def test_a_sheet_without_the_column_asked_for_is_left_out_too(book, read_book):
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE])
    fill(book.create_sheet("Other"), ["Ref", "Narrative"], ["A1", PROSE])

    assert [n.sheet for n in read_book(text_columns=("narrative",))] == ["Other"]


def test_a_column_that_no_sheet_has_is_refused(book, read_book):
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE])
    fill(book.create_sheet("Other"), ["Ref", "Narrative"], ["A1", PROSE])

    with pytest.raises(UsageError, match=r'no column "Nots".*did you mean "Notes"'):
        read_book(text_columns=("Nots",))


def test_a_workbook_without_notes_is_a_problem(book, read_book, heard):
    fill(book.active, ["Code", "Count"], [1, 2])

    assert read_book() == []
    assert heard.problems[0].sheet == "Sheet"


def test_one_sheet_can_be_chosen(book, read_book):
    fill(book.active, ["Notes"], [PROSE])
    fill(book.create_sheet("May 2024"), ["Notes"], [PROSE])

    assert [n.sheet for n in read_book(sheet="may 2024")] == ["May 2024"]


def test_a_sheet_asked_for_without_notes_is_a_problem(book, read_book, heard):
    fill(book.active, ["Notes"], [PROSE])
    fill(book.create_sheet("Codes"), ["Code"], [1])

    assert read_book(sheet="Codes") == []
    assert heard.problems[0].sheet == "Codes"


def test_a_wrong_sheet_names_the_sheets_there_are(book, read_book):
    book.active.title = "Logs"
    book.create_sheet("Codes")

    with pytest.raises(UsageError) as caught:
        read_book(sheet="Lugs")

    assert str(caught.value) == (
        'book.xlsx: there is no sheet "Lugs"; the sheets are "Logs", "Codes"; did you mean "Logs"?'
    )


def test_kept_values_are_plain(book, read_book):
    values = {
        "midnight": (datetime(2024, 5, 1), "2024-05-01"),
        "moment": (datetime(2024, 5, 1, 10, 30, 15), "2024-05-01T10:30:15"),
        "day": (date(1999, 12, 31), "1999-12-31"),
        "time": (time(10, 30), "10:30:00"),
        "length": (timedelta(hours=30), "1 day, 6:00:00"),
        "count": (3, 3),
        "round": (3.0, 3),
        "share": (0.1, 0.1),
        "yes": (True, True),
        "text": ("007", "007"),
        "none": (None, None),
    }
    fill(book.active, ["Notes", *values], [PROSE, *(value for value, _ in values.values())])

    (note,) = read_book(keep_columns=tuple(values))

    # 3 and 3.0 are equal, but do not read the same.
    assert {name: repr(value) for name, value in note.meta.items()} == {
        name: repr(plain) for name, (_, plain) in values.items()
    }


def test_dates_count_from_1904_where_the_workbook_says_so(book, read_book):
    book.epoch = MAC_EPOCH
    fill(book.active, ["Notes", "When"], [PROSE, datetime(2024, 5, 1)])

    assert read_book(keep_columns=("When",))[0].meta["When"] == "2024-05-01"


def test_formats_of_ones_own_are_dates_too(book, read_book):
    fill(book.active, ["Notes", "When", "Cost"], [PROSE, 45413, 45413])
    book.active["B2"].number_format = '[$-809]ddd d mmm yyyy"h"'
    book.active["C2"].number_format = '#,##0.00 "days"'

    (note,) = read_book(keep_columns=("When", "Cost"))

    assert dict(note.meta) == {"When": "2024-05-01", "Cost": 45413}


def test_a_merged_reference_stands_for_all_its_rows(book, read_book):
    fill(
        book.active,
        ["Ref", "Team", "Notes"],
        ["A1", "North", PROSE],
        [None, None, PROSE],
        [None, "South", PROSE],
        ["A2", None, PROSE],
        [None, None, PROSE],
    )
    book.active.merge_cells("A2:A4")
    book.active.merge_cells("B2:B3")

    notes = read_book(keep_columns=("Team",))

    assert [(n.record_id, n.meta["Team"]) for n in notes] == [
        ("A1", "North"),
        ("A1", "North"),
        ("A1", "South"),
        ("A2", None),
        (None, None),
    ]


def test_a_merged_note_is_one_note(book, read_book):
    fill(book.active, ["Ref", "Notes", "More"], ["A1", PROSE, None], ["A2", None, None])
    book.active.merge_cells("B2:C3")

    assert [(n.record_id, n.row) for n in read_book()] == [("A1", 2)]


def test_the_saved_value_of_a_formula_is_read(book, read, tmp_path):
    fill(book.active, ["Ref", "Notes"], ["A1", '="She was "&"at home when the officer called."'])
    book.save(tmp_path / "unsaved.xlsx")
    change_parts(
        tmp_path / "unsaved.xlsx",
        tmp_path / "book.xlsx",
        {
            "xl/worksheets/sheet1.xml": lambda xml: (
                xml.replace(b'<c r="B2">', b'<c r="B2" t="str">')
                .replace(b"<v></v>", b"<v>She was_x000D_ at home</v>")
                .replace(b"<v />", b"<v>She was_x000D_ at home</v>")
            )
        },
    )

    assert [n.text for n in read("book.xlsx")] == ["She was\r at home"]


def test_formulas_without_a_saved_value_are_told(book, read_book, heard):
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE], ["A2", '=A1&"x"'], ["A3", '=A1&"y"'])

    assert [n.record_id for n in read_book()] == ["A1"]
    (problem,) = map(str, heard.problems)
    assert problem.startswith('book.xlsx, sheet "Sheet", row 3: column "Notes": ')
    assert "first of 2 cells" in problem
    assert "save it" in problem


def test_an_error_in_place_of_a_note_is_told(book, read_book, heard):
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE], ["A2", "#NAME?"])

    assert [n.record_id for n in read_book()] == ["A1"]
    (problem,) = map(str, heard.problems)
    assert "row 3" in problem
    assert "#NAME?" in problem


def test_text_is_exactly_as_the_cell_holds_it(book, read_book):
    text = "  two spaces\n\tline é “x” 😀 _x005F_ & <b>  "
    fill(book.active, ["Notes"], [text.replace("_x005F_", "_x005F_x005F_")])

    assert [n.text for n in read_book()] == [text]


def test_text_in_several_formats_is_one_note(book, read_book):
    rich = CellRichText("She was ", TextBlock(InlineFont(b=True), "at home"), " when we called.")
    fill(book.active, ["Notes"], [rich])

    assert [n.text for n in read_book()] == ["She was at home when we called."]


def test_numbers_in_a_text_column_are_written_out(book, read_book):
    fill(book.active, ["Ref", "Notes"], ["A1", 42], ["A2", 0.5], ["A3", datetime(2024, 5, 1)])

    assert [n.text for n in read_book(text_columns=("Notes",))] == ["42", "0.5", "2024-05-01"]


def test_a_cell_as_long_as_excel_allows_is_told(book, read_book, heard):
    fill(book.active, ["Notes"], [("word " * 6554)[:32_767]])

    read_book()

    assert "row 2" in heard.warnings[0]
    assert "32,767" in heard.warnings[0]


def test_a_stray_cell_in_the_last_corner_costs_nothing(book, read_book):
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE])
    book.active["XFD1048576"] = "stray"

    assert [n.record_id for n in read_book()] == ["A1"]


def test_cells_right_of_the_table_are_no_fault(book, read_book, heard):
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE, None, "aside"], ["A2", PROSE])

    assert [n.record_id for n in read_book()] == ["A1", "A2"]
    assert not heard.problems


def test_a_workbook_for_macros_is_read(book, read, tmp_path):
    fill(book.active, ["Notes"], [PROSE])
    book.save(tmp_path / "book.xlsm")

    assert len(read("book.xlsm")) == 1


def test_styles_that_trip_other_programs_do_not_matter(book, read, tmp_path):
    fill(book.active, ["Notes"], [PROSE])
    book.save(tmp_path / "whole.xlsx")
    change_parts(
        tmp_path / "whole.xlsx",
        tmp_path / "book.xlsx",
        {"xl/styles.xml": lambda xml: xml.replace(b"<fill>", b"<fill><odd/>")},
    )

    assert len(read("book.xlsx")) == 1


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"]
)
def test_a_damaged_part_is_a_problem(book, read, tmp_path, heard, part):
    fill(book.active, ["Notes"], [PROSE])
    book.save(tmp_path / "plain.xlsx")
    share_strings(tmp_path / "plain.xlsx", tmp_path / "whole.xlsx")
    change_parts(
        tmp_path / "whole.xlsx", tmp_path / "book.xlsx", {part: lambda xml: xml[: len(xml) // 2]}
    )

    assert read("book.xlsx") == []
    assert "is damaged; open it in Excel" in str(heard.problems[0])


def test_a_cut_off_file_is_a_problem(book, read, tmp_path, write_bytes, heard):
    fill(book.active, ["Notes"], [PROSE])
    book.save(tmp_path / "whole.xlsx")
    write_bytes("book.xlsx", (tmp_path / "whole.xlsx").read_bytes()[:-400])

    assert read("book.xlsx") == []
    assert "is damaged" in str(heard.problems[0])


def test_a_package_that_holds_no_workbook_is_a_problem(book, read, tmp_path, heard):
    book.save(tmp_path / "whole.xlsx")
    change_parts(
        tmp_path / "whole.xlsx",
        tmp_path / "book.xlsx",
        {"[Content_Types].xml": lambda xml: xml.replace(b"sheet.main", b"other.main")},
    )

    assert read("book.xlsx") == []
    assert "is damaged; open it in Excel" in str(heard.problems[0])


def test_progress_runs_to_the_end_over_all_sheets(book, read_book, heard):
    for sheet in (book.active, book.create_sheet("Second")):
        fill(sheet, ["Ref", "Notes"], *([f"A{i}", f"{PROSE} {i}"] for i in range(2_500)))

    read_book()

    assert heard.fractions == sorted(heard.fractions)
    assert heard.fractions[-1] == 1.0
    assert any(0.5 < fraction < 1 for fraction in heard.fractions)


def test_reading_aids_for_east_asian_text_are_no_text(book, read, tmp_path):
    fill(book.active, ["Notes"], [PROSE])
    book.save(tmp_path / "plain.xlsx")
    share_strings(tmp_path / "plain.xlsx", tmp_path / "whole.xlsx")
    change_parts(
        tmp_path / "whole.xlsx",
        tmp_path / "book.xlsx",
        {
            "xl/sharedStrings.xml": lambda xml: xml.replace(
                b"well.</t>", b'well.</t><rPh sb="0" eb="1"><t>aid</t></rPh>'
            )
        },
    )

    assert [n.text for n in read("book.xlsx")] == [PROSE]


def test_a_merged_note_that_is_also_kept_is_still_one_note(book, read_book):
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE], ["A2", None])
    book.active.merge_cells("B2:B3")

    assert [n.record_id for n in read_book(keep_columns=("Notes",))] == ["A1"]


@pytest.mark.slow
def test_merged_cells_of_a_long_sheet_are_all_found(book, read_book):
    # Long enough for the list of merged cells to be read in several pieces.
    fill(book.active, ["Ref", "Notes"])
    for number in range(2, 4_002, 2):
        fill(book.active, [f"A{number}", PROSE], [None, PROSE])
        book.active.merge_cells(f"A{number}:A{number + 1}")

    records = [n.record_id for n in read_book()]

    assert records == [f"A{number}" for number in range(2, 4_002, 2) for _ in range(2)]


def test_dates_in_the_formats_of_other_languages_are_dates(book, read, tmp_path):
    fill(book.active, ["Notes", "When"], [PROSE, 45413])
    book.active["B2"].number_format = "mm-dd-yy"
    book.save(tmp_path / "whole.xlsx")
    change_parts(
        tmp_path / "whole.xlsx",
        tmp_path / "book.xlsx",
        {"xl/styles.xml": lambda xml: xml.replace(b'numFmtId="14"', b'numFmtId="57"')},
    )

    assert read("book.xlsx", keep_columns=("When",))[0].meta["When"] == "2024-05-01"


@pytest.mark.parametrize("size", [b"A1", b"A1:XFD1048576", b"B1:B2"])
def test_a_sheet_may_be_wrong_about_its_size(book, read, tmp_path, size):
    fill(book.active, ["Ref", "Notes"], ["A1", PROSE], ["A2", PROSE])
    book.save(tmp_path / "whole.xlsx")
    change_parts(
        tmp_path / "whole.xlsx",
        tmp_path / "book.xlsx",
        {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b'ref="A1:B3"', b'ref="%b"' % size)},
    )

    assert [(n.record_id, n.row) for n in read("book.xlsx")] == [("A1", 2), ("A2", 3)]


def test_a_chart_on_a_sheet_of_its_own_is_left_out(book, read_book, heard):
    book.create_chartsheet("Chart", 0)
    fill(book.worksheets[0], ["Ref", "Notes"], ["A1", PROSE])

    assert [n.sheet for n in read_book()] == ["Sheet"]
    assert not heard.problems


@pytest.mark.filterwarnings("ignore:File contains an invalid")
def test_a_workbook_in_the_strict_variant_is_a_problem_with_a_remedy(book, read, tmp_path, heard):
    fill(book.active, ["Notes"], [PROSE])
    book.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain:
        names = plain.namelist()
    change_parts(tmp_path / "plain.xlsx", tmp_path / "book.xlsx", dict.fromkeys(names, strictly))

    assert read("book.xlsx") == []
    assert "open it in Excel and save it again" in str(heard.problems[0])


def strictly(xml):
    for kind in (b"spreadsheetml", b"officeDocument"):
        plain = b"http://schemas.openxmlformats.org/%b/2006/" % kind
        xml = xml.replace(plain, b"http://purl.oclc.org/ooxml/%b/" % kind)
    return xml


@pytest.mark.slow
def test_a_long_sheet_takes_little_memory(book, read, tmp_path, heard):
    sheet = openpyxl.Workbook(write_only=True)
    rows = sheet.create_sheet()
    for row in (["Ref", "Notes"], *([f"A{i}", f"{PROSE} {i} " * 20] for i in range(5_000))):
        rows.append(row)
    sheet.save(tmp_path / "book.xlsx")

    tracemalloc.start()
    count = sum(1 for _ in read_notes([tmp_path / "book.xlsx"], ReadOptions(), heard))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 5_000
    assert peak < 4_000_000
