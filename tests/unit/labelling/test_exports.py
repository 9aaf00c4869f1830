"""Files as the tools write them."""

import json
from pathlib import Path

import pytest
from lxml import etree

from vbl_detect.errors import ReaderError
from vbl_detect.labelling.names import all_labels, span_of
from vbl_detect.labelling.tools import TOOLS
from vbl_detect.records import CONTEXTS

DATA = Path(__file__).parents[2] / "data" / "labelling"


def read(tool, path, unit=None):
    return TOOLS[tool].read(path, unit=unit)


def marked(note):
    return [(note.text[s.start : s.end], s.category, s.context, s.borderline) for s in note.spans]


def test_doccano_counts_utf16_and_names_the_reader():
    first, second = read("doccano", DATA / "doccano-asha.jsonl").notes

    assert marked(first) == [("streetwise", "adultification", "quoted", False)]
    assert (first.id, first.note_type, first.annotator) == ("D-1", "email", "doccano-asha")
    assert first.extra["doccano"] == {"id": 6400, "Comments": ["whose words?"]}
    assert second.spans == ()


def test_doccano_with_relations():
    [note] = read("doccano", DATA / "doccano-relations.jsonl").notes

    assert marked(note) == [
        ("refuses to engage", "non-engagement", "asserted", False),
        ("knows the risks", "risk-and-choice", "asserted", True),
    ]
    assert note.extra["doccano"]["relations"][0]["type"] == "then"


def test_a_foreign_doccano_file_with_emoji_has_to_say_what_it_counts(tmp_path):
    path = tmp_path / "all.jsonl"
    task = {"id": 5, "text": "😀 streetwise", "labels": [[2, 12, "adultification"]]}
    path.write_text(json.dumps(task), "utf-8")

    with pytest.raises(ReaderError, match=r"row 1: .*--offsets graphemes"):
        read("doccano", path)
    [note] = read("doccano", path, "graphemes").notes
    assert marked(note)[0][0] == "streetwise"
    assert (note.id, note.annotator) == ("5", None)


def test_label_studio_with_several_readers():
    brought = read("label-studio", DATA / "label-studio.json")

    assert [(n.annotator, marked(n)) for n in brought.notes] == [
        ("asha@force.example", [("streetwise", "adultification", "quoted", False)]),
        ("4", [("streetwise", "adultification", "asserted", True)]),
    ]
    assert brought.remarks == [
        "left out, skipped: 1 annotation",
        "left out, without an annotation: 1 task",
        "taken as asserted, since no context was chosen: 1 span",
    ]


def test_label_studio_of_2021_counted_utf16_and_is_found_out():
    new, old = (
        read("label-studio", DATA / name).notes
        for name in ("label-studio.json", "label-studio-2021.json")
    )

    assert [note.spans for note in old] == [note.spans for note in new]


def test_label_studio_regions_over_other_words_are_refused(tmp_path):
    path = tmp_path / "export.json"
    text = (DATA / "label-studio.json").read_text("utf-8")
    path.write_text(text.replace('"text":"streetwise"', '"text":"engaging"'), "utf-8")

    with pytest.raises(ReaderError, match="do not cover the words"):
        read("label-studio", path)


def test_prodigy_takes_accepted_answers_only():
    brought = read("prodigy", DATA / "prodigy.jsonl")

    assert [(n.id, n.annotator, marked(n)) for n in brought.notes] == [
        ("P-1", "vbl-asha", [("streetwise", "adultification", "negated", False)]),
        ("13", "vbl-ben", []),
    ]
    assert brought.remarks == [
        "left out, answered reject: 1 task",
        "left out, answered ignore: 1 task",
    ]


@pytest.mark.parametrize(
    ("tool", "content", "told"),
    [
        ("doccano", '{"text": "x", "cats": []}', "no note from a doccano"),
        ("doccano", '{"text": "x", "label": [[0, 1, 7]]}', "a label is no"),
        ("doccano", '{"text": "x", "label": [[0, 9, "a"]]}', "does not fit the text"),
        ("doccano", '{"text": "x", "label": [[0, 1, "a/b"]]}', "is none of ours"),
        ("doccano", "[1]", "this is no JSON object"),
        ("label-studio", "{", "no export of Label Studio"),
        ("label-studio", '[{"text": "x", "category": []}]', "no export of Label Studio"),
        ("label-studio", '[{"data": {"image": 1}, "annotations": [{}]}]', "no data.text"),
        ("prodigy", '{"answer": "accept"}', "no task of spans.manual"),
        ("prodigy", '{"answer": "accept", "text": "x", "spans": [{"start": 0}]}', "no start, end"),
    ],
)
def test_what_is_no_export_is_told_in_a_sentence(tmp_path, tool, content, told):
    path = tmp_path / "file.json"
    path.write_text(content, "utf-8")

    with pytest.raises(ReaderError, match=told):
        read(tool, path)


def test_label_configurations_hold_every_label():
    categories = ["adultification", "online-image"]
    doccano, studio, prodigy = (tool.configure(categories) for tool in TOOLS.values())

    names = all_labels(categories)
    assert len(names) == 2 * len(CONTEXTS) * 2
    assert [label["text"] for label in json.loads(doccano)] == names
    assert prodigy.splitlines() == names
    assert all(span_of(name, 0, 1) for name in names)
    view = etree.fromstring(studio)
    assert [label.get("value") for label in view.iter("Label")] == categories
    assert [c.get("value") for c in view.iter("Choice")] == [*CONTEXTS, "borderline"]
