import json

import pytest

from vbl_detect.errors import ReaderError
from vbl_detect.gold import read_gold

NOTE = {
    "id": "n1",
    "note_type": "email",
    "text": "YP is streetwise.",
    "spans": [
        {
            "start": 6,
            "end": 16,
            "category": "adultification",
            "context": "asserted",
            "borderline": False,
        }
    ],
}


def written(tmp_path, *lines):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_labelled_note_is_read_with_its_spans(tmp_path):
    [note] = read_gold(written(tmp_path, json.dumps(NOTE), ""))

    assert note.text[note.spans[0].start : note.spans[0].end] == "streetwise"
    assert note.spans[0].counts


@pytest.mark.parametrize(
    ("change", "counts"),
    [({}, True), ({"borderline": True}, False), ({"context": "negated"}, False)],
)
def test_asserted_spans_that_are_not_borderline_count(tmp_path, change, counts):
    spans = [{**NOTE["spans"][0], **change}]

    [note] = read_gold(written(tmp_path, json.dumps({**NOTE, "spans": spans})))

    assert note.spans[0].counts is counts


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "this is no labelled note"),
        ("[]", "this is no labelled note"),
        (json.dumps({"id": "n1"}), "this is no labelled note"),
        (json.dumps({**NOTE, "text": "short"}), "the span 6-16 .* lies outside the text of 5"),
    ],
)
def test_a_broken_line_is_named_by_file_and_row(tmp_path, line, message):
    path = written(tmp_path, json.dumps(NOTE), line)

    with pytest.raises(ReaderError, match=rf"gold\.jsonl, row 2: {message}"):
        read_gold(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ReaderError, match=r"none\.jsonl: there is no such file"):
        read_gold(tmp_path / "none.jsonl")
