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


def test_the_figures_stand_beside_their_baselines(gold):
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--format", "json"])

    figures = json.loads(result.stdout)
    assert list(figures) == [
        "counted findings",
        "every lexicon hit",
        "headword search",
        "every sentence",
        "contexts",
    ]
    assert figures["counted findings"]["sentence"]["f1"]["value"] == 1.0
    assert figures["headword search"]["sentence"]["f1"]["value"] == 0.0
    assert figures["every sentence"]["sentence"]["precision"]["value"] == 0.25


def test_the_table_names_levels_and_intervals(gold):
    result = CliRunner().invoke(app, ["evaluate", str(gold)])

    assert result.exit_code == 0
    assert "By sentence: 1 positive in 2 notes" in result.stdout
    for words in ("By note", "By span", "counted findings", "Context"):
        assert words in result.stdout


def test_a_broken_gold_file_is_named(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("nonsense\n")

    result = CliRunner().invoke(app, ["evaluate", str(path)])

    assert result.exit_code == 3
    assert "gold.jsonl, row 1: this is no labelled note" in result.stderr
