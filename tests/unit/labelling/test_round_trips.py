"""From labelled notes through each tool's file, as the tool rewrites it, and back."""

import json
import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vbl_detect.gold import GoldSpan
from vbl_detect.labelling.gathering import by_annotator
from vbl_detect.labelling.records import Labelled, Prediction, as_labelled, in_order
from vbl_detect.labelling.tools import TOOLS
from vbl_detect.records import CONTEXTS

DATA = Path(__file__).parents[2] / "data" / "labelling"
PIECES = [
    "YP ",
    "streetwise",
    "😀",
    "👨🏻‍🚒",
    "\r\n",
    "\n",
    "\r",
    "e\u0301",
    "é",
    "’",
    "  ",
    ".",
    "東",
    "🇬🇧",
]
CATEGORIES = ["adultification", "non-engagement", "own/new%", "online-image"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=4),
    lambda of: st.lists(of, max_size=2),
    max_leaves=3,
)


@st.composite
def notes(draw):
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12)))
    spans = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text) - 1))
        spans.append(
            GoldSpan(
                start=start,
                end=draw(st.integers(start + 1, len(text))),
                category=draw(st.sampled_from(CATEGORIES)),
                context=draw(st.sampled_from(CONTEXTS)),
                borderline=draw(st.booleans()),
            )
        )
    extra = draw(st.dictionaries(st.sampled_from(["unit", "queue", "adjudication"]), VALUES))
    return Labelled(
        id=draw(st.text(min_size=1, max_size=6)),
        note_type=draw(st.sampled_from(["email", "ppn", "other"])),
        text=text,
        spans=in_order(spans),
        annotator=draw(st.none() | st.just("asha")),
        extra=extra,
    )


def doccano_keeps(content, folder):
    """Read and write tasks as doccano does: through a data frame, labels sorted, its own id."""
    frame = pd.DataFrame(
        {
            "id": number,
            **{k: v for k, v in json.loads(line).items() if k != "label"},
            "label": sorted(map(tuple, json.loads(line)["label"])),
            "Comments": [],
        }
        for number, line in enumerate(content.splitlines(), start=900)
    )
    path = folder / "all.jsonl"
    frame.to_json(path, orient="records", force_ascii=False, lines=True)
    return path


def label_studio_keeps(content, folder):
    tasks = json.loads(content)
    for number, task in enumerate(tasks, start=71):
        task |= {"id": number, "drafts": [], "predictions": [], "meta": {}, "project": 8}
        for annotation in task["annotations"]:
            annotation |= {"id": number + 1, "was_cancelled": False, "lead_time": 2.5}
            random.Random(1).shuffle(annotation["result"])
            for result in annotation["result"]:
                # The editor writes a line break as two characters.
                words = result["value"]["text"]
                result["value"]["text"] = words.replace("\r", "\\n").replace("\n", "\\n")
    path = folder / "export.json"
    path.write_text(json.dumps(tasks, ensure_ascii=False), "utf-8")
    return path


def prodigy_keeps(content, folder):
    path = folder / "db-out.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for line in content.splitlines():
            task = json.loads(line) | {"_input_hash": -14, "_task_hash": 15}
            task["spans"].reverse()
            out.write(json.dumps(task, ensure_ascii=False) + "\n")
    return path


KEEPS = {"doccano": doccano_keeps, "label-studio": label_studio_keeps, "prodigy": prodigy_keeps}


@pytest.mark.parametrize("tool", TOOLS)
@given(note=notes(), unit=st.sampled_from(["code-points", "utf-16", None]))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_note_comes_back_as_it_went(tmp_path, tool, note, unit):
    content = TOOLS[tool].write([note], prelabel=False, unit=unit)
    taken = unit if tool != "doccano" else None  # doccano's notes tell for what they were written

    [back] = TOOLS[tool].read(KEEPS[tool](content, tmp_path), unit=taken).notes

    assert back.text == note.text
    assert back.spans == note.spans
    assert (back.id, back.note_type, back.annotator) == (note.id, note.note_type, note.annotator)
    assert {k: v for k, v in back.extra.items() if k != tool} == dict(note.extra)


@given(note=notes())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_graphemes_hold_all_spans_of_whole_characters(tmp_path, note):
    content = TOOLS["doccano"].write([note], prelabel=False, unit="graphemes")
    [back] = TOOLS["doccano"].read(doccano_keeps(content, tmp_path), unit=None).notes

    assert back.text == note.text
    labels = [(s.category, s.context, s.borderline) for s in note.spans]
    assert sorted(labels) == sorted((s.category, s.context, s.borderline) for s in back.spans)
    assert all(any(a.start <= b.start and b.end <= a.end for a in back.spans) for b in note.spans)


@pytest.mark.parametrize("tool", TOOLS)
def test_what_the_tool_knows_goes_back_to_the_tool(tmp_path, tool):
    source = {
        "doccano": "doccano-relations.jsonl",
        "label-studio": "label-studio.json",
        "prodigy": "prodigy.jsonl",
    }
    path = DATA / source[tool]
    first = TOOLS[tool].read(path, unit=None).notes[0]
    lines = json.loads(json.dumps(first.as_record()))

    again = TOOLS[tool].write([as_labelled(lines, "x", 1)], prelabel=False, unit=None)

    text = path.read_text("utf-8")
    before = json.loads(text)[0] if tool == "label-studio" else json.loads(text.splitlines()[0])
    after = json.loads(again)[0] if tool == "label-studio" else json.loads(again)
    if tool == "label-studio":
        [kept] = after["annotations"]
        asked = before["annotations"][0]
        assert {k: v for k, v in kept.items() if k != "result"} == {
            k: v for k, v in asked.items() if k != "result"
        }
        assert {r.get("id", "-") for r in kept["result"]} == {"gew3t9fgkg", "-"}
        assert [r["type"] for r in kept["result"]] == ["labels", "choices", "textarea", "relation"]
    gone = {"annotations", "tokens", "vbl", "data"}
    assert {k: v for k, v in after.items() if k not in gone} == {
        k: v for k, v in before.items() if k not in gone
    }


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("prelabel", [True, False])
def test_predictions_are_shown_only_if_asked(tool, prelabel):
    span = GoldSpan(start=6, end=16, category="adultification", context="quoted")
    found = (Prediction(span=span, score=0.75),)
    note = Labelled(
        id="n", note_type="ppn", text="YP is streetwise.", spans=None, predictions=found
    )

    content = TOOLS[tool].write([note], prelabel=prelabel, unit=None)

    task = json.loads(content)[0] if tool == "label-studio" else json.loads(content)
    shown = task.get("predictions") or task.get("label") or task.get("spans")
    assert bool(shown) is prelabel
    assert "answer" not in task
    assert "annotations" not in task


def test_the_last_answer_of_a_reader_holds():
    brought = TOOLS["prodigy"].read(DATA / "prodigy.jsonl", unit=None)

    found, remarks = by_annotator([brought, brought])

    assert [(name, [n.id for n in notes]) for name, notes in found.items()] == [
        ("vbl-asha", ["P-1"]),
        ("vbl-ben", ["13"]),
    ]
    assert remarks[-1] == "labelled again by the same reader, so that the last holds: 2 notes"
