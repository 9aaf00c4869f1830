import pytest

from vbl_detect.errors import UsageError
from vbl_detect.readers import ReadOptions
from vbl_detect.readers.column_names import Promise, id_rank, plain_name, promise_of_text
from vbl_detect.readers.columns import choose_columns, quoted

PROSE = "She was spoken to at home and said that all was well with {}."


def chosen(names, rows, **options):
    """The names of the text columns and of the id column."""
    columns = choose_columns(names, rows, ReadOptions(**options), place="export.csv")
    record = None if columns.record_id is None else names[columns.record_id]
    return [names[i] for i in columns.text], record


def rows_of(*columns):
    """Ten rows; ``#`` in a cell becomes the row's number."""
    return [[cell.replace("#", str(i)).format(i) for cell in columns] for i in range(1, 11)]


@pytest.mark.parametrize(
    "name",
    [
        "Notes",
        "NARRATIVE",
        "Entry text",
        "EntryText",
        "entry_text",
        "Supervisor Review",
        "OEL text",
    ],
)
def test_names_of_notes_are_known_however_they_are_written(name):
    assert promise_of_text(name) is Promise.CERTAIN


@pytest.mark.parametrize(
    "name",
    ["Review date", "Entry ID", "Note type", "Log number", "Reviewing officer", "Ref", "Address"],
)
def test_names_about_a_note_do_not_promise_one(name):
    assert promise_of_text(name) is Promise.UNLIKELY


@pytest.mark.parametrize("name", ["Reviewing officer comments", "Crime notes", "Risk rationale"])
def test_the_last_word_decides(name):
    assert promise_of_text(name) is Promise.LIKELY


@pytest.mark.parametrize("name", ["Notes (2)", "Notes 3", "notes_4"])
def test_a_number_at_the_end_of_a_name_is_ignored(name):
    assert plain_name(name) == "notes"


def test_the_records_reference_goes_before_that_of_the_entry():
    assert id_rank("Record ref") < id_rank("URN") < id_rank("Entry ID") < id_rank("Misc no")


@pytest.mark.parametrize("name", ["Officer number", "Phone no", "Collar number", "Notes"])
def test_a_number_of_something_else_is_no_reference(name):
    assert id_rank(name) is None


def test_notes_and_reference_are_found_by_name():
    rows = rows_of("A#", "01/02/2024", PROSE, "Seen by duty officer")

    assert chosen(["Crime ref", "Review date", "Notes", "Team"], rows) == (["Notes"], "Crime ref")


def test_notes_and_reference_are_found_by_content_where_names_are_unknown():
    rows = rows_of("01/02/2024", "X-#", "North", PROSE)

    assert chosen(["When", "Thing", "Where", "Wording"], rows) == (["Wording"], "Thing")


def test_a_repeated_sentence_under_an_unknown_name_is_no_note():
    rows = rows_of("An outcome that is the same in each of the rows", PROSE)

    assert chosen(["Decision", "Wording"], rows)[0] == ["Wording"]


def test_addresses_are_no_notes():
    rows = rows_of(
        "# Invented Street, Little Nowhere, Far County, ZZ# 9ZZ, opposite the mill", PROSE
    )

    assert chosen(["Home address", "Wording"], rows)[0] == ["Wording"]


def test_a_list_of_few_values_is_no_note_whatever_its_name():
    rows = [["No further action", PROSE.format(i)] for i in range(50)]

    assert chosen(["Summary", "Narrative"], rows)[0] == ["Narrative"]


def test_short_notes_under_a_good_name_are_read():
    assert chosen(["Ref", "Notes"], rows_of("A#", "NFA")) == (["Notes"], "Ref")


def test_a_column_that_is_blank_so_far_is_read_if_its_name_is_sure():
    rows = rows_of("A#", PROSE, "", "")

    assert chosen(["Ref", "Notes", "Supervisor review", "Spare"], rows)[0] == [
        "Notes",
        "Supervisor review",
    ]


def test_names_decide_alone_where_there_are_no_rows():
    assert chosen(["Ref", "When", "Notes"], []) == (["Notes"], "Ref")


def test_without_prose_there_is_no_text_column():
    assert chosen(["Code", "Count"], rows_of("A#", "12")) == ([], None)


def test_dates_and_numbers_are_no_reference():
    rows = rows_of("2024-01-0#", "#.5", PROSE)

    assert chosen(["When", "How much", "Notes"], rows) == (["Notes"], None)


def test_a_sentence_is_no_reference_whatever_its_name():
    rows = rows_of("see the letter of that day", "A#", PROSE)

    assert chosen(["Ref", "Entry ID", "Notes"], rows) == (["Notes"], "Entry ID")


def test_merged_references_leave_cells_blank_and_are_still_found():
    rows = [["A1" if i == 0 else "", PROSE.format(i)] for i in range(10)]

    assert chosen(["Ref", "Notes"], rows) == (["Notes"], "Ref")


def test_cells_that_are_no_text_are_judged_by_how_they_read():
    assert chosen(["id", "note"], [[1, PROSE], [2.0, None], [None, PROSE]]) == (["note"], "id")


def test_lists_and_objects_are_no_notes():
    spans = [{"start": 1, "phrase": PROSE}]

    assert chosen(["text", "spans"], [[PROSE, spans]] * 3)[0] == ["text"]


def test_columns_asked_for_are_taken_in_that_order_and_once():
    assert chosen(["A", "B", "C"], [], text_columns=("C", "a", "c"))[0] == ["C", "A"]


def test_upper_and_lower_case_count_where_they_must():
    names = ["Notes", "notes"]

    assert chosen(names, [], text_columns=("notes",))[0] == ["notes"]
    with pytest.raises(UsageError):
        chosen(names, [], text_columns=("NOTES",))


def test_an_error_shows_no_more_of_long_and_many_names_than_is_useful():
    shown = quoted(["x" * 100, *map(str, range(50))])

    assert f'"{"x" * 40}…"' in shown
    assert shown.endswith("and 21 more")
