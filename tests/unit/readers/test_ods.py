import pytest

from .odf_files import cell, row, write_ods

PROSE = "She was spoken to at home and said that all was well."
HEADER = row(cell("Ref"), cell("When"), cell("Notes"))


def test_each_sheet_is_a_table_and_rows_are_numbered_as_shown(read, tmp_path):
    blank = row("<table:table-cell table:number-columns-repeated='16384'/>")
    gap = blank.replace("<table:table-row ", "<table:table-row table:number-rows-repeated='2' ")
    write_ods(
        tmp_path / "export.ods",
        {
            "Log": gap + HEADER + gap + row(cell("A1"), cell("x"), cell(f"{PROSE}\nAgain.")),
            "Two": row(cell("Note")) + row(cell(PROSE)),
        },
    )

    notes = read("export.ods")

    assert [(n.sheet, n.row, n.record_id, n.column, n.text) for n in notes] == [
        ("Log", 6, "A1", "Notes", f"{PROSE}\nAgain."),
        ("Two", 2, None, "Note", PROSE),
    ]
    assert [n.sheet for n in read("export.ods", sheet="two")] == ["Two"]


def test_a_row_without_end_is_named_and_many_rows_are_not_taken_for_one(
    read, tmp_path, heard, monkeypatch
):
    monkeypatch.setattr("vbl_detect.readers.bounded_xml.MOST_BETWEEN", 200_000)
    rows = HEADER + row(cell("A1"), cell(), cell(PROSE)) * 2_000
    write_ods(tmp_path / "long.ods", {"Log": rows})
    write_ods(tmp_path / "huge.ods", {"Log": rows + row(cell("A2"), cell(), cell(PROSE * 9_999))})

    assert len(read("long.ods")) == 2_000
    assert read("huge.ods") == []
    [problem] = heard.problems
    assert (problem.path, problem.sheet) == ("huge.ods", "Log")
    assert problem.row == pytest.approx(2_002, abs=200)
    assert "the row takes more than" in str(problem)


def test_repeated_cells_and_rows_are_written_out(read, tmp_path):
    same = row(
        cell("A1", "table:number-columns-repeated='2'"),
        cell(PROSE),
        attributes="table:number-rows-repeated='3'",
    )
    write_ods(tmp_path / "export.ods", {"Log": HEADER + same + row(cell("A2"), cell(), cell("z"))})

    notes = read("export.ods", id_column="Ref", keep_columns=("When",))

    assert [(n.row, n.record_id, n.meta["When"]) for n in notes] == [
        (2, "A1", "A1"),
        (3, "A1", "A1"),
        (4, "A1", "A1"),
        (5, "A2", None),
    ]


def test_values_come_as_what_they_are(read, tmp_path):
    def value(kind, attribute, shown):
        return (
            f"<table:table-cell office:value-type='{kind}' office:{attribute}>"
            f"<text:p>{shown}</text:p></table:table-cell>"
        )

    cells = (
        value("float", "value='3'", "3.00"),
        value("float", "value='3.5'", "3.50"),
        value("date", "date-value='2024-05-01T10:30:00'", "1 May"),
        value("date", "date-value='2024-05-01'", "1 May"),
        value("boolean", "boolean-value='true'", "TRUE"),
        value("float", "value='x'", "12"),
        value("date", "date-value='x'", "yesterday"),
        value("string", "string-value='kept'", ""),
    )
    names = [f"c{i}" for i in range(len(cells))]
    header = row(cell("Notes"), *map(cell, names))
    write_ods(tmp_path / "export.ods", {"Log": header + row(cell(PROSE), *cells)})

    (note,) = read("export.ods", keep_columns=tuple(names))

    assert list(note.meta.values()) == [
        3,
        3.5,
        "2024-05-01T10:30:00",
        "2024-05-01",
        True,
        "12",
        "yesterday",
        "kept",
    ]


def test_a_merged_reference_holds_for_each_row_and_a_merged_note_is_read_once(read, tmp_path):
    spans = "table:number-rows-spanned='2' table:number-columns-spanned='1'"
    covered = "<table:covered-table-cell/>"
    rows = (
        row(cell("A1", spans), cell("x"), cell(PROSE)),
        row(covered, cell("y"), cell("Second.", spans)),
        row(cell("A2"), cell("z"), covered),
    )
    write_ods(tmp_path / "export.ods", {"Log": HEADER + "".join(rows)})

    notes = read("export.ods")

    assert [(n.row, n.record_id, n.text) for n in notes] == [(2, "A1", PROSE), (3, "A1", "Second.")]


def test_comments_on_cells_are_not_read(read, tmp_path):
    commented = cell(PROSE).replace(
        "<text:p>", "<office:annotation><text:p>Comment.</text:p></office:annotation><text:p>"
    )
    write_ods(tmp_path / "export.ods", {"Log": row(cell("Note")) + row(commented)})

    (note,) = read("export.ods")

    assert note.text == PROSE


def test_errors_and_formulas_without_a_result_are_problems(read, tmp_path, heard):
    failed = cell("#NAME?", "table:formula='of:=x' calcext:value-type='error'")
    unsaved = "<table:table-cell table:formula='of:=A1'/>"
    rows = HEADER + row(cell("A1"), cell("x"), cell(PROSE))
    rows += row(cell("A2"), cell("x"), failed) + row(cell("A3"), cell("x"), unsaved)
    write_ods(tmp_path / "export.ods", {"Log": rows})

    assert len(read("export.ods")) == 1
    unsaved, failed = map(str, heard.problems)
    assert "row 4" in unsaved
    assert "open the workbook in LibreOffice and save it" in unsaved
    assert "row 3" in failed
    assert "#NAME?" in failed


def test_the_cache_of_another_file_is_no_sheet(read, tmp_path):
    write_ods(
        tmp_path / "export.ods",
        {"'file:///other.ods'#$Log": HEADER, "Log": row(cell("Note")) + row(cell(PROSE))},
    )

    assert [n.sheet for n in read("export.ods")] == ["Log"]


def test_a_file_that_repeats_without_end_is_a_problem(read, tmp_path, heard):
    endless = row(
        cell("x", "table:number-columns-repeated='16384'"),
        attributes="table:number-rows-repeated='1048576'",
    )
    write_ods(tmp_path / "export.ods", {"Log": HEADER + endless})

    assert read("export.ods") == []
    assert "millions of times" in str(heard.problems[0])
    assert "row 2" in str(heard.problems[0])


def test_a_spreadsheet_without_sheets_or_with_a_password_is_a_problem(read, tmp_path, heard):
    write_ods(tmp_path / "none.ods", {})
    write_ods(tmp_path / "locked.ods", {"Log": HEADER}, manifest="<manifest:encryption-data/>")

    assert read("none.ods", "locked.ods") == []
    assert "no sheet of cells was found; open it in LibreOffice" in str(heard.problems[0])
    assert "protected by a password" in str(heard.problems[1])


@pytest.mark.parametrize("count", ["0", "-5", "many", "99999999999999999999"])
def test_a_repetition_that_is_none_does_no_harm(read, tmp_path, count):
    odd = row(
        cell("A1"), cell("x"), cell(PROSE), attributes=f"table:number-columns-spanned='{count}'"
    )
    write_ods(
        tmp_path / "export.ods", {"Log": HEADER + odd.replace("columns-spanned", "rows-spanned")}
    )

    assert len(read("export.ods")) == 1
