import json

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app

NOTES = [
    {
        "id": "n1",
        "note_type": "email",
        "text": "YP continues to put herself at risk. All well.",
        "spans": [
            {
                "start": 16,
                "end": 35,
                "category": "risk-and-choice",
                "context": "asserted",
                "borderline": False,
            }
        ],
    },
    {"id": "n2", "note_type": "email", "text": "Visited at noon. Tea was made.", "spans": []},
]


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, NOTES)), "utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


def test_systems_stand_side_by_side_the_chosen_one_first(gold):
    result = run(gold, "--format", "json", "--model", "fast")

    figures = json.loads(result.stdout)
    systems = figures["systems"]
    assert list(systems) == [
        "fast model",
        "full model",
        "lexicon with context",
        "every lexicon hit",
        "majority per term",
        "screen alone",
        "headword search",
        "every sentence",
    ]
    assert systems["lexicon with context"]["sentence"]["f1"]["value"] == 1.0
    assert systems["headword search"]["sentence"]["f1"]["value"] == 0.0
    assert systems["every sentence"]["sentence"]["precision"]["value"] == 0.25
    assert figures["parts"].keys() == {"gold"}


def test_the_table_has_the_headline_and_no_note(gold):
    result = run(gold, "--model", "fast")

    assert result.exit_code == 0
    assert "By sentence: 1 positive in 2 notes" in result.stdout
    assert "average precision" in result.stdout
    assert "Visited" not in result.stdout


def test_ordinary_prose_and_a_threshold_are_taken_into_account(gold, tmp_path):
    prose = tmp_path / "prose.jsonl"
    prose.write_text('{"text": "Tea was made. It rained."}\n', "utf-8")
    output = tmp_path / "figures.json"

    result = run(
        gold, "--model", "fast", "--min-score", "1", "--ordinary", prose, "--format", "json",
        "-o", output,
    )  # fmt: skip

    figures = json.loads(output.read_text("utf-8"))
    assert result.stdout == ""
    assert figures["systems"]["fast model"]["sentence"]["n_marked"] == 0
    assert figures["ordinary"]["prose.jsonl"]["sentences"] == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("nonsense\n", "gold.jsonl, row 1: this is no labelled note"),
        ("\n", "gold.jsonl: the file holds no labelled note"),
    ],
)
def test_a_gold_file_without_notes_is_named(tmp_path, content, message):
    path = tmp_path / "gold.jsonl"
    path.write_text(content)

    result = run(path)

    assert result.exit_code == 3
    assert message in result.stderr


def test_a_model_folder_that_is_not_there_is_named(gold, tmp_path):
    result = run(gold, "--model-folder", tmp_path / "none")

    assert result.exit_code == 2
    assert "there is no such model" in result.stderr
