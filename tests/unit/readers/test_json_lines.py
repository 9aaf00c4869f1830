import json

import pytest

from vbl_detect.errors import UsageError

PROSE = "She was spoken to at home and said that all was well."


def test_lines_are_notes_with_their_number(read, write):
    write(
        "notes.jsonl",
        f'{{"id": 7, "text": "{PROSE}"}}\n\n{{"text": "Another note here.", "id": "B"}}\n',
    )

    notes = read("notes.jsonl")

    assert [(n.text, n.record_id, n.row, n.column) for n in notes] == [
        (PROSE, "7", 1, "text"),
        ("Another note here.", "B", 3, "text"),
    ]


def test_a_broken_line_is_a_problem_and_the_next_is_read(read, write, heard):
    write(
        "notes.jsonl",
        f'{{"text": "{PROSE}"}}\n{{"text" "secret words"}}\n[1]\n{{"text": "{PROSE}"}}\n',
    )

    assert [n.row for n in read("notes.jsonl")] == [1, 4]
    assert [problem.row for problem in heard.problems] == [2, 3]
    assert "column 9" in str(heard.problems[0])
    assert "secret" not in str(heard.problems[0])


def test_nesting_without_end_is_a_problem(read, write, heard):
    write("notes.jsonl", "[" * 100_000 + f'\n"{PROSE}"\n')

    assert [n.text for n in read("notes.jsonl")] == [PROSE]
    assert len(heard.problems) == 1


def test_text_is_exactly_as_read(read, write):
    text = "first\r\nsecond\u2028third\tend \u00a0"
    write("notes.jsonl", json.dumps({"text": text}, ensure_ascii=False) + "\r\n")

    assert read("notes.jsonl")[0].text == text


def test_only_a_line_feed_ends_a_line(read, write):
    write("notes.jsonl", f'{{"id": 1,\r"text": "{PROSE}"}}\n{{"id": 2, "text": "{PROSE}"}}\n')

    assert [n.row for n in read("notes.jsonl")] == [1, 2]


def test_half_a_surrogate_pair_cannot_travel_on(read, write, heard):
    write(
        "notes.jsonl",
        '{"id": "\\udc00", "text": "one half \\ud83d is lost, \\ud83d\\ude00 is not"}\n',
    )

    (note,) = read("notes.jsonl")

    assert note.text == "one half \ufffd is lost, 😀 is not"
    assert note.record_id == "\ufffd"
    assert "row 1" in heard.warnings[0]


def test_a_byte_order_mark_is_no_fault(read, write, heard):
    write("notes.jsonl", f'{{"text": "{PROSE}"}}\n', "utf-8-sig")

    assert len(read("notes.jsonl")) == 1
    assert not heard.problems


def test_kept_values_are_plain(read, write):
    record = {"text": PROSE, "n": 3, "x": 0.5, "yes": True, "none": None, "list": ["é", 1]}
    write("notes.ndjson", json.dumps(record))

    (note,) = read("notes.ndjson", keep_columns=("n", "x", "yes", "none", "list"))

    assert dict(note.meta) == {"n": 3, "x": 0.5, "yes": True, "none": None, "list": '["é", 1]'}


def test_a_key_may_be_missing_here_and_there(read, write):
    write(
        "notes.jsonl",
        f'{{"text": "{PROSE}"}}\n{{"text": "{PROSE}", "team": "North"}}\n{{"team": "x"}}\n',
    )

    assert [n.meta["team"] for n in read("notes.jsonl", keep_columns=("team",))] == [None, "North"]


def test_a_wrong_column_names_the_keys_there_are(read, write):
    write("notes.jsonl", f'{{"id": 1, "text": "{PROSE}"}}\n')

    with pytest.raises(UsageError, match='no column "note"; the columns are "id", "text"'):
        read("notes.jsonl", text_columns=("note",))


@pytest.mark.parametrize(
    "value",
    [
        [{"ref": "A", "text": PROSE}],
        {"made": "2024-05-01", "tags": ["a"], "notes": [{"ref": "A", "text": PROSE}]},
        {"ref": "A", "text": PROSE},
    ],
)
def test_json_is_an_array_or_holds_one_or_is_one_note(read, write, value):
    write("notes.json", json.dumps(value, indent=2))

    (note,) = read("notes.json")

    assert (note.text, note.record_id, note.row) == (PROSE, "A", 1)


def test_strings_are_notes(read, write):
    write("notes.json", json.dumps([PROSE, "", "Short."]))

    assert [(n.text, n.row, n.record_id) for n in read("notes.json")] == [
        (PROSE, 1, None),
        ("Short.", 3, None),
    ]


def test_json_lines_under_the_wrong_suffix_are_read(read, write):
    write("notes.json", f'{{"text": "{PROSE}"}}\n{{"text": "{PROSE}"}}\n')

    assert [n.row for n in read("notes.json")] == [1, 2]


def test_json_that_is_broken_is_a_problem_with_its_line(read, write, heard):
    write("notes.json", '[\n  {"text": "secret words" "x"}\n]')

    assert read("notes.json") == []
    assert heard.problems[0].row == 2
    assert "secret" not in str(heard.problems[0])


def test_several_lists_of_notes_are_a_problem_that_names_them(read, write, heard):
    write("notes.json", json.dumps({"open": [{"text": PROSE}], "shut": [{"text": PROSE}]}))

    assert read("notes.json") == []
    assert '"open", "shut"' in str(heard.problems[0])


@pytest.mark.parametrize("text", ["17", "null", "[17]"])
def test_json_without_notes_is_a_problem(read, write, heard, text):
    write("notes.json", text)

    assert read("notes.json") == []
    assert len(heard.problems) == 1


@pytest.mark.parametrize("name", ["notes.json", "notes.jsonl"])
def test_an_empty_file_is_told_and_holds_no_notes(read, write, heard, name):
    write(name, "\n")

    assert read(name) == []
    assert not heard.problems
    assert len(heard.notices) == 1


@pytest.mark.parametrize(
    "text", [["Seen at home.", "She is well."], {"am": "Seen at home.", "pm": ["She is well."]}]
)
def test_texts_in_a_list_or_an_object_are_lines_of_the_note(read, write, text):
    write("notes.jsonl", json.dumps({"id": 1, "text": text}))

    assert [n.text for n in read("notes.jsonl", text_columns=("text",))] == [
        "Seen at home.\nShe is well."
    ]
