"""Settings, lexicons and models from somebody else: no code runs, nothing blows up."""

import json
import shutil
from datetime import date

import pytest
from typer.testing import CliRunner

from vbl_detect import resources, scoring
from vbl_detect.classifier.model import META_FILE, PARTS, load_model
from vbl_detect.cli import app
from vbl_detect.errors import IntegrityError, SettingsError, SuppressionError, UsageError
from vbl_detect.integrity import SEAL, read_sealed
from vbl_detect.lexicon.notation import NotationError, parse
from vbl_detect.settings import Settings, read_settings
from vbl_detect.settings.adjusting import adjust
from vbl_detect.suppression import read_baseline
from vbl_detect.suppression.sidecar import read_sidecar

from .conftest import BLAME

DEEP = "[" * 20_000 + "]" * 20_000


@pytest.mark.parametrize("brackets", ["()", "[]"])
def test_brackets_without_end_are_refused(brackets):
    opening, closing = brackets

    with pytest.raises(NotationError, match="more than 40 deep"):
        parse(f"{opening * 500}risk{closing * 500}")


def test_a_settings_file_of_nothing_but_brackets_is_refused(tmp_path):
    path = tmp_path / "vbl.toml"
    path.write_text(f"select = {DEEP}\n", "utf-8")

    with pytest.raises(SettingsError, match="without end"):
        read_settings(path)


def test_files_of_acceptances_of_nothing_but_brackets_are_refused(tmp_path):
    path = tmp_path / "any"
    path.write_text(f"a = {DEEP}\n", "utf-8")
    with pytest.raises(SuppressionError, match="without end"):
        read_sidecar(path, date(2025, 1, 1))

    # From Python 3.14 on JSON is read so deep that the missing end is seen.
    path.write_text(DEEP * 10, "utf-8")
    with pytest.raises(SuppressionError, match=r"without end|no JSON"):
        read_baseline(path)


def test_a_pattern_of_files_with_many_stars_is_refused_by_its_line(tmp_path, nlp):
    path = tmp_path / "vbl.toml"
    path.write_text(f'[per-file]\n"{"a*" * 20}b" = {{ min-score = 0.5 }}\n', "utf-8")
    settings = read_settings(path)

    with pytest.raises(UsageError, match=r"vbl\.toml:2: .*stars"):
        adjust([], settings, nlp.get_pipe("vbl_lexicon_matcher").lexicon)
    assert list(adjust([], Settings(), nlp.get_pipe("vbl_lexicon_matcher").lexicon)) == []


@pytest.fixture
def model(tmp_path):
    """A copy of the shipped model, to be changed."""
    shipped = resources.find_model(resources.MODEL)
    return shutil.copytree(shipped, tmp_path / shipped.name)


@pytest.mark.parametrize("part", PARTS)
def test_a_changed_part_of_the_model_ends_with_4(model, part, monkeypatch, tmp_path):
    content = bytearray((model / part).read_bytes())
    content[len(content) // 2] ^= 1
    (model / part).write_bytes(content)
    (tmp_path / "a.txt").write_text(BLAME, "utf-8")
    monkeypatch.setattr(resources, "find_model", lambda name: model)

    result = CliRunner().invoke(app, ["scan", str(tmp_path / "a.txt")])

    assert result.exit_code == 4
    assert part in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(("was", "becomes"), [(b'"gate": -', b'"gate": -9'), (b"0.5", b"0.4")])
def test_a_changed_description_of_the_model_is_found(model, was, becomes):
    path = model / META_FILE
    path.write_bytes(path.read_bytes().replace(was, becomes, 1))

    with pytest.raises(IntegrityError, match=r"meta\.json: .* was changed"):
        load_model(model)


def test_a_description_whose_own_hash_was_taken_out_is_refused(model):
    path = model / META_FILE
    meta = json.loads(path.read_text("utf-8"))
    del meta[SEAL]
    path.write_text(json.dumps(meta), "utf-8")

    with pytest.raises(IntegrityError, match="does not hold its own SHA-256"):
        load_model(model)


def test_every_description_in_the_project_holds_its_own_hash():
    paths = [
        *sorted(resources.model_dir().glob("*/meta.json")),
        resources.model_dir() / "precision.json",
    ]

    assert len(paths) > 2
    for path in paths:
        read_sealed(path)


@pytest.mark.parametrize("name", [scoring.SCORES_FILE, scoring.META_FILE])
def test_changed_scores_of_the_lexicon_are_found(tmp_path, name):
    folder = shutil.copytree(resources.model_dir() / "lexicon-scores", tmp_path / "scores")
    (folder / name).write_bytes((folder / name).read_bytes().replace(b"0.", b"0.9", 1))

    with pytest.raises(IntegrityError, match=name):
        scoring.load(folder)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b"[" * 50_000])
def test_a_model_whose_own_description_is_broken_is_refused(model, content):
    (model / META_FILE).write_bytes(content)

    with pytest.raises(IntegrityError):
        load_model(model)


def test_every_file_of_the_model_that_is_loaded_has_its_hash(model):
    for path in model.iterdir():
        if path.name not in {*PARTS, META_FILE, "README.md"}:
            pytest.fail(f"{path.name} is not held to a hash")
