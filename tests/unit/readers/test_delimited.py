import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vbl_detect.errors import UsageError
from vbl_detect.readers import ReadListener, ReadOptions, Source
from vbl_detect.readers.delimited import read as read_delimited

PROSE = "She was spoken to at home and said that all was well."


def texts(notes):
    return [note.text for note in notes]


def test_a_note_knows_where_it_came_from(read, write):
    write("export.csv", f"Ref,Entry text\nA1,{PROSE}\nA2,Second visit; nobody was at home.\n")

    first, second = read("export.csv")

    assert (first.text, first.record_id, first.row, first.column) == (PROSE, "A1", 2, "Entry text")
    assert (first.path, first.sheet, first.paragraph) == ("export.csv", None, None)
    assert (second.record_id, second.row) == ("A2", 3)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(read, write, encoding, delimiter):
    note = "At the café, “nobody” came; the child – 14 – left | alone."
    quoted = f'"{note.replace(chr(34), chr(34) * 2)}"'
    write("export.csv", f"Ref{delimiter}Notes\r\nA1{delimiter}{quoted}\r\n", encoding)

    (read_note,) = read("export.csv")

    assert read_note.text == note
    assert read_note.record_id == "A1"


@pytest.mark.parametrize("suffix", [".tsv", ".tab", ".csv", ".CSV"])
def test_the_delimiter_does_not_depend_on_the_suffix(read, write, suffix):
    write(f"export{suffix}", f"Ref;Notes\nA1;{PROSE}\nA2;{PROSE}\n")

    assert texts(read(f"export{suffix}")) == [PROSE, PROSE]


def test_excels_line_that_declares_the_delimiter_is_no_row(read, write):
    write("export.csv", f"sep=|\r\nRef|Notes\r\nA1|{PROSE}\r\n")

    (note,) = read("export.csv")

    assert (note.text, note.row) == (PROSE, 2)


def test_commas_in_a_single_column_of_prose_are_no_delimiter(read, write):
    lines = ["Home visit, no reply, card left.", "Phone call made.", "She came, alone, and left."]
    write("export.csv", "\n".join(["Notes", *lines]))

    assert texts(read("export.csv")) == lines


def test_line_breaks_in_cells_are_kept_and_count_as_one_row(read, write):
    write("export.csv", 'Ref,Notes\r\nA1,"first\r\nsecond\nthird\rend"\r\nA2,He said ""no"".\r\n')

    first, second = read("export.csv")

    assert first.text == "first\r\nsecond\nthird\rend"
    assert (first.row, second.row) == (2, 3)


def test_white_space_around_a_note_is_kept(read, write):
    write("export.csv", 'Ref,Notes\nA1,"  two spaces, then a break\n "\n')

    assert texts(read("export.csv")) == ["  two spaces, then a break\n "]


def test_empty_cells_and_blank_rows_hold_no_note_but_are_counted(read, write, heard):
    write("export.csv", f"Ref,Notes\nA1,\n\nA2,   \nA3,{PROSE}\n")

    (note,) = read("export.csv")

    assert (note.record_id, note.row) == ("A3", 5)
    assert not heard.problems


def test_titles_above_the_header_are_passed_over(read, write, heard):
    write("export.csv", f"Monthly export,,\n,,\nRef,Notes,Team\nA1,{PROSE},North\n")

    (note,) = read("export.csv")

    assert (note.column, note.row) == ("Notes", 4)
    assert "export.csv: the header was found in row 3" in heard.notices


def test_any_number_of_blank_rows_may_come_first(read, write):
    write("export.csv", "\n" * 300 + f"Ref,Notes\nA1,{PROSE}\n")

    assert [(n.record_id, n.row) for n in read("export.csv")] == [("A1", 302)]


def test_a_file_without_a_header_is_read_from_its_first_row(read, write, heard):
    write("export.csv", f"A1,{PROSE}\nA2,Second visit and nobody was at home again.\n")

    notes = read("export.csv")

    assert [(n.record_id, n.row, n.column) for n in notes] == [
        ("A1", 1, "column 2"),
        ("A2", 2, "column 2"),
    ]
    assert "no header" in heard.notices[0]


def test_every_column_of_prose_is_read(read, write):
    write(
        "export.csv",
        f"Ref,Rationale,Supervisor review\nA1,{PROSE},Agreed with this plan.\nA2,,{PROSE}\n",
    )

    assert [(n.row, n.column) for n in read("export.csv")] == [
        (2, "Rationale"),
        (2, "Supervisor review"),
        (3, "Supervisor review"),
    ]


def test_the_choice_of_columns_is_told(read, write, heard):
    write("export.csv", f"Ref,Entry text\nA1,{PROSE}\n")

    read("export.csv")

    assert heard.notices == [
        'export.csv: reading notes from "Entry text", record id from "Ref"; choose with '
        "--text-column and --id-column"
    ]


def test_nothing_is_told_when_the_user_chose(read, write, heard):
    write("export.csv", f"Ref,Entry text\nA1,{PROSE}\n")

    read("export.csv", text_columns=("Entry text",), id_column="Ref")

    assert heard.notices == []


def test_kept_columns_travel_under_the_name_asked_for(read, write):
    write("export.csv", f"Ref,Team,Age,Notes\nA1,North,,{PROSE}\n")

    (note,) = read("export.csv", keep_columns=("age", "Team"))

    assert list(note.meta.items()) == [("age", ""), ("Team", "North")]


def test_a_wrong_text_column_names_the_columns_there_are(read, write):
    write("export.csv", f"Ref,Notes\nA1,{PROSE}\n")

    with pytest.raises(UsageError) as caught:
        read("export.csv", text_columns=("Nots",))

    assert str(caught.value) == (
        'export.csv: there is no column "Nots"; the columns are "Ref", "Notes"; did you mean '
        '"Notes"?'
    )


@pytest.mark.parametrize("option", [{"id_column": "Rev"}, {"keep_columns": ("Rev",)}])
def test_a_wrong_id_or_kept_column_is_refused_too(read, write, option):
    write("export.csv", f"Ref,Notes\nA1,{PROSE}\n")

    with pytest.raises(UsageError, match=r'no column "Rev".*did you mean "Ref"'):
        read("export.csv", **option)


def test_a_file_without_prose_is_a_problem_that_names_the_remedy(read, write, heard):
    write("export.csv", "Code,Count\n1,2\n3,4\n")

    assert read("export.csv") == []
    (problem,) = heard.problems
    assert '"Code", "Count"' in str(problem)
    assert "--text-column" in str(problem)


def test_an_unquoted_delimiter_in_the_note_loses_nothing(read, write, heard):
    write(
        "export.csv",
        f"Ref,Notes,Team\nA1,{PROSE},North\nA2,one, two, three,South\nA3,{PROSE},East\n",
    )

    notes = read("export.csv", keep_columns=("Team",))

    assert [(n.text, n.meta["Team"]) for n in notes][1] == ("one, two, three", "South")
    (problem,) = heard.problems
    assert problem.row == 3
    assert "5 fields" in str(problem)
    assert "header 3" in str(problem)


def test_trailing_delimiters_are_no_fault(read, write, heard):
    write("export.csv", f"Ref,Notes\nA1,{PROSE},,\nA2,{PROSE}\n")

    assert texts(read("export.csv")) == [PROSE, PROSE]
    assert not heard.problems


def test_a_row_too_short_is_filled_up(read, write, heard):
    write("export.csv", f"Ref,Notes,Team\nA1,{PROSE}\nA2,{PROSE},North\n")

    notes = read("export.csv", keep_columns=("Team",))

    assert [n.meta["Team"] for n in notes] == ["", "North"]
    assert not heard.problems


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_quotation_mark_never_closed_is_told(read, write, heard, end):
    write("export.csv", f'Ref,Notes\nA1,{PROSE}\nA2,"open here\nA3,{PROSE}{end}')

    read("export.csv")

    assert [problem.row for problem in heard.problems] == [3]
    assert "never closed" in str(heard.problems[0])


def test_quotation_marks_that_are_closed_are_no_fault(read, write, heard):
    write("export.csv", 'Ref,Notes\nA1,5" of snow\nA2,"two lines\nof 5"" of snow\n"\n')

    assert len(read("export.csv")) == 2
    assert not heard.problems


def test_a_cell_as_long_as_excel_allows_is_told(read, write, heard):
    write("export.csv", f"Ref,Notes\nA1,{'word ' * 6553}ab\nA2,{'word ' * 6553}a\n")

    read("export.csv")

    assert heard.warnings == [
        'export.csv, row 2, column "Notes": Excel cuts cells at 32,767 characters; the rest may '
        "be missing"
    ]


def test_excel_counts_an_emoji_as_two_characters(read, write, heard):
    write("export.csv", f"Ref,Notes\nA1,{'word ' * 6553}😀\n")

    read("export.csv")

    assert len(heard.warnings) == 1


def test_bytes_that_cannot_be_decoded_are_told_with_their_row(read, write_bytes, heard):
    good = "É à è ü ö – “quoted” text is here".encode()
    write_bytes("export.csv", b"Ref,Notes\nA1," + good + b"\nA2,one bad \xff byte is here\n")

    notes = read("export.csv")

    assert texts(notes) == [good.decode(), "one bad \ufffd byte is here"]
    (warning,) = heard.warnings
    assert warning.startswith('export.csv, row 3, column "Notes"')


def test_a_nul_is_kept_and_told(read, write_bytes, heard):
    write_bytes("export.csv", b"Ref,Notes\nA1,one NUL \0 is in this note\n")

    assert texts(read("export.csv")) == ["one NUL \0 is in this note"]
    assert "row 2" in heard.warnings[0]


def test_the_encoding_asked_for_wins(read, write):
    write("export.csv", "Ref,Notes\nA1,The café was closed when we came.\n", "mac-roman")

    assert texts(read("export.csv", encoding="mac-roman")) == ["The café was closed when we came."]


def test_a_windows_encoding_is_told(read, write, heard):
    write("export.csv", "Ref,Notes\nA1,The café was closed when we came.\n", "cp1252")

    read("export.csv")

    assert "cp1252" in heard.notices[0]


def test_an_empty_file_is_told_and_holds_no_notes(read, write, heard):
    write("export.csv", "")

    assert read("export.csv") == []
    assert "the file is empty" in heard.notices[0]


def test_a_header_without_rows_holds_no_notes(read, write, heard):
    write("export.csv", "Ref,Notes\n")

    assert read("export.csv") == []
    assert not heard.problems


def test_a_field_of_five_megabytes_is_read_whole(read, write):
    long = "word " * 1_000_000
    write("export.csv", f'Ref,Notes\nA1,"{long}"\nA2,{PROSE}\n')

    assert [len(text) for text in texts(read("export.csv"))] == [5_000_000, len(PROSE)]


def test_a_long_note_of_many_lines_does_not_hide_the_delimiter(read, write):
    long = "one line of it\n" * 30_000
    write("export.csv", f'Ref,Notes,Team\nA1,"{long}",North\n')

    assert texts(read("export.csv")) == [long]


def test_progress_runs_to_the_end(read, write, heard):
    write("export.csv", "Ref,Notes\n" + f"A1,{PROSE}\n" * 20_000)

    read("export.csv")

    assert heard.fractions == sorted(heard.fractions)
    assert len(heard.fractions) > 5
    assert heard.fractions[-1] == 1.0


def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("Ref,Notes\n" + f'A1,"{PROSE * 20}"\n' * 10_000, encoding="utf-8")

    tracemalloc.start()
    count = sum(1 for _ in read_delimited(Source.of(path), ReadOptions(), ReadListener()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 10_000
    assert path.stat().st_size > 10_000_000
    # One piece of the file to find its encoding, and the sample.
    assert peak < 6_000_000


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    notes=st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\ufeff\ufffd"), min_size=1),
        min_size=1,
        max_size=5,
    ),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    delimiter=st.sampled_from(",;\t|"),
)
def test_any_texts_come_back_exactly(tmp_path, notes, encoding, delimiter):
    path = Path(tmp_path, "export.csv")
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["Ref", "Notes"])
    writer.writerows([f"A{i}", note] for i, note in enumerate(notes))
    path.write_bytes(stream.getvalue().encode(encoding))

    found = read_delimited(Source.of(path), ReadOptions(text_columns=("Notes",)), ReadListener())

    assert [(n.row, n.text) for n in found] == [
        (row, note) for row, note in enumerate(notes, start=2) if note.strip()
    ]


@pytest.mark.parametrize("rows", [["1,May,Seen.", "2,May,Seen, well, at home.", "3,May,A, b."]])
def test_a_table_whose_notes_are_not_quoted_is_cut_by_its_header(read, write, heard, rows):
    write("export.csv", "\n".join(["Ref,Date,Notes", *rows]))

    assert [n.record_id for n in read("export.csv", text_columns=("Notes",))][:1] == ["1"]
    assert [problem.row for problem in heard.problems] == [3, 4]


def test_commas_in_notes_under_one_heading_cut_nothing(read, write):
    write("export.csv", "Notes\nSeen, well, at home.\nSeen, well.\n")

    assert [n.text for n in read("export.csv")] == ["Seen, well, at home.", "Seen, well."]


def test_a_column_of_the_same_name_that_is_not_read_is_told(read, write, heard):
    write("export.csv", "Ref,Notes,Notes\n1,Visit went well.,She is at home.\n")

    read("export.csv", text_columns=("Notes",))

    assert heard.warnings == [
        'export.csv: several columns are called "Notes", and the first was read; add '
        '--text-column "Notes (2)" for the next'
    ]
