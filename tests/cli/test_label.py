import json
import stat
import sys

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.gold import read_gold

TEXT = "YP is streetwise 😀.\r\nShe refuses to engage."
SPANS = [
    {
        "start": TEXT.index(words),
        "end": TEXT.index(words) + len(words),
        "category": category,
        "context": context,
        "borderline": borderline,
    }
    for words, category, context, borderline in (
        ("streetwise", "adultification", "quoted", True),
        ("refuses to engage", "non-engagement", "asserted", False),
    )
]
NOTE = {"id": "n1", "note_type": "email", "text": TEXT, "spans": SPANS, "adjudication": {"by": []}}


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(NOTE) + "\n", "utf-8-sig")
    return path


def run(*arguments):
    return CliRunner().invoke(app, ["label", *map(str, arguments)])


@pytest.mark.parametrize(
    ("tool", "labels"),
    [
        ("doccano", "tasks.labels.json"),
        ("label-studio", "tasks.labels.xml"),
        ("prodigy", "tasks.labels.txt"),
    ],
)
def test_labelled_notes_go_to_a_tool_and_come_back(gold, tmp_path, tool, labels):
    tasks, back = tmp_path / "tasks.json", tmp_path / "back.jsonl"

    exported = run("export", gold, "--to", tool, "-o", tasks)
    imported = run("import", tasks, "--from", tool, "-o", back)

    assert exported.exit_code == imported.exit_code == 0, exported.output + imported.output
    assert f"{tasks}: 1 note; labels: {tmp_path / labels}" in exported.stderr
    assert f"wrote {back}: 1 note, 2 spans" in imported.stderr
    record = json.loads(back.read_text("utf-8"))
    assert {key: record[key] for key in NOTE} == NOTE
    assert read_gold(back) == read_gold(gold)
    if sys.platform != "win32":
        assert stat.S_IMODE(back.stat().st_mode) == stat.S_IMODE(tasks.stat().st_mode) == 0o600


def test_several_readers_get_a_file_each(tmp_path, gold):
    studio = tmp_path / "tasks.json"
    run("export", gold, "--to", "label-studio", "-o", studio)
    [task] = json.loads(studio.read_text("utf-8"))
    [annotation] = task["annotations"]
    task["annotations"] = [
        annotation | {"completed_by": {"id": 1, "email": "asha@force.example"}},
        {"completed_by": 2, "result": []},
    ]
    studio.write_text(json.dumps([task]), "utf-8")

    one = run("import", studio, "--from", "label-studio", "-o", tmp_path / "one.jsonl")
    each = run("import", studio, "--from", "label-studio", "-o", tmp_path / "readers")
    only = ("--annotator", "2", "-o", tmp_path / "two.jsonl")
    chosen = run("import", studio, "--from", "label-studio", *only)
    nobody = run("import", studio, "--from", "label-studio", *only, "--annotator", "3")

    assert one.exit_code == 2
    assert "2 readers labelled these notes (2, asha@force.example)" in one.stderr
    assert each.exit_code == chosen.exit_code == 0, each.output
    written = sorted(path.name for path in (tmp_path / "readers").iterdir())
    assert written == ["2.jsonl", "asha@force.example.jsonl"]
    assert len(read_gold(tmp_path / "readers" / "asha@force.example.jsonl")[0].spans) == 2
    assert read_gold(tmp_path / "two.jsonl")[0].spans == ()
    assert "there are 2, asha@force.example" in nobody.stderr
    agreed = CliRunner().invoke(
        app, ["agree", *(str(tmp_path / "readers" / n) for n in written), "--format", "json"]
    )
    assert json.loads(agreed.stdout)["notes"] == 1


def test_findings_are_labels_to_begin_with(tmp_path):
    notes = tmp_path / "notes.jsonl"
    waiting = {"id": "n1", "note_type": "email", "text": TEXT}
    notes.write_text(json.dumps(waiting) + "\n", "utf-8")
    findings = tmp_path / "findings.jsonl"
    scanned = CliRunner().invoke(
        app, ["scan", str(notes), "--model", "fast", "--id-column", "id", "-o", str(findings)]
    )
    assert scanned.exit_code == 0, scanned.output
    tasks = tmp_path / "tasks.jsonl"
    asked = ("--to", "doccano", "-o", tasks)

    found = run("export", notes, *asked, "--prelabel", "--findings", findings)

    assert found.exit_code == 0, found.output
    assert "left out" not in found.stderr
    labels = {label for _, _, label in json.loads(tasks.read_text("utf-8"))["label"]}
    assert any(label.startswith("adultification") for label in labels)
    assert "give both" in run("export", notes, *asked, "--findings", findings).stderr


def test_faults_are_told_in_a_sentence(tmp_path, gold):
    twice = tmp_path / "twice.jsonl"
    twice.write_text(gold.read_text("utf-8-sig") * 2, "utf-8")
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", "utf-8")
    out = ("--to", "doccano", "-o")

    assert "'n1' is there twice" in run("export", twice, *out, tmp_path / "t.jsonl").stderr
    assert "this file is read here" in run("export", gold, *out, gold).stderr
    assert "there is no folder" in run("export", gold, *out, tmp_path / "no" / "t.json").stderr
    nobody = run("import", empty, "--from", "doccano", "-o", tmp_path / "x.jsonl")
    assert "nobody has labelled a note there" in nobody.stderr


def test_a_queue_of_a_spreadsheet_goes_to_a_tool_and_not_to_training(tmp_path):
    table = tmp_path / "notes.csv"
    rows = [
        "Ref,Kind,Note",
        "A-1,email,YP is streetwise and knows exactly what she is doing. Jade Okafor told us.",
        "A-1,email,She continues to put herself at risk by going to the park each night.",
        "A-2,ppn,Tea was made and the lamp on the corner was mended.",
        "A-3,ppn,Tea was made and the lamp on the corner was mended.",
        "A-4,ppn,",
    ]
    table.write_text("\n".join(rows), "utf-8")
    queue = tmp_path / "queue.jsonl"
    asked = ("queue", table, "--model", "fast", "--note-type-column", "Kind", "-n", "10")

    result = run(*asked, "-o", queue, "--mask")

    assert result.exit_code == 0, result.output
    notes = [json.loads(line) for line in queue.read_text("utf-8").splitlines()]
    assert f"wrote {queue}: 3 notes of 3 (" in result.stderr
    assert sorted(note["id"] for note in notes) == ["A-1", "A-1#2", "A-2"]
    assert {note["note_type"] for note in notes} == {"email", "ppn"}
    assert all(note["queue"]["why"] for note in notes)
    assert {note["queue"]["source"]["row"] for note in notes} == {2, 3, 4}
    assert "Okafor" not in queue.read_text("utf-8")
    first = next(note for note in notes if "streetwise" in note["text"])
    assert first["predictions"]
    assert run(*asked, "--mask").stdout == queue.read_text("utf-8")
    tasks = tmp_path / "tasks.json"
    assert run("export", queue, "--to", "label-studio", "-o", tasks, "--prelabel").exit_code == 0
    assert any("predictions" in task for task in json.loads(tasks.read_text("utf-8")))
    trained = CliRunner().invoke(app, ["evaluate", str(queue)])
    assert "this is no labelled note" in trained.stderr
    assert "write, for instance" in run(*asked, "--shares", "often=1").stderr
