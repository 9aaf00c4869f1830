import json
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app, model_comparison
from vbl_detect.gold import fingerprint, read_gold

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


@pytest.fixture
def two_models(monkeypatch):
    """A model that finds something, and one, in the folder ``deaf``, that finds nothing."""

    def findings_in(texts, folder):
        name = "risk-and-choice"
        found = Stub(16, 35, name, counted=True)
        return [[found] * ("at risk" in text and folder is None) for text in texts]

    monkeypatch.setattr(model_comparison, "load_variant", lambda _, folder, **__: folder)
    monkeypatch.setattr(model_comparison, "findings_in", findings_in)
    monkeypatch.setattr(
        model_comparison, "read_meta", lambda _: {"data": {"parts": {}, "dev": {"sha256": ""}}}
    )


@dataclass
class Stub:
    start: int
    end: int
    category: str
    counted: bool


def test_a_worse_model_may_not_replace_the_old_one(gold, two_models):
    worse = run(gold, "--compare", "built-in", "--model-folder", "deaf")
    better = run(gold, "--compare", "deaf", "--format", "json")

    assert worse.exit_code == 1
    assert "Keep the old one" in worse.stdout
    assert better.exit_code == 0
    assert json.loads(better.stdout)["difference"]["value"] == 1.0
    assert json.loads(better.stdout)["only_new"] == 1


def test_notes_that_a_model_was_fitted_on_are_told(gold, two_models, monkeypatch):
    known = {
        "data": {"parts": {"x": {"sha256": fingerprint(read_gold(gold))}}, "dev": {"sha256": ""}}
    }
    monkeypatch.setattr(model_comparison, "read_meta", lambda _: known)

    assert "the notes of gold: it has an advantage" in run(gold, "--compare", "built-in").stderr


def test_comparing_takes_no_page(gold):
    assert run(gold, "--compare", "built-in", "--format", "html").exit_code == 2
