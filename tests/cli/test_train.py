"""`vbl-detect train` as its user runs it, on a few notes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import vbl_detect
from vbl_detect.classifier.model import META_FILE, PARTS
from vbl_detect.cli import app
from vbl_detect.detection import detect
from vbl_detect.errors import UsageError
from vbl_detect.records import Note

CORPUS = Path(__file__).parents[2] / "data" / "corpus"
FIT_TAGGER = str(Path(__file__).parents[2] / "scripts" / "fit_tagger.py")
PARTS_GIVEN = [str(CORPUS / f"train-{number}.jsonl") for number in (1, 7, 10)]


def run(*args):
    return CliRunner().invoke(app, ["train", *map(str, args)])


def few(*more):
    return run(*PARTS_GIVEN, "--dev", CORPUS / "dev.jsonl", "--limit", 12, *more)


def small(output, *more):
    return few("-o", output, "--epochs", 1, *more)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    pytest.importorskip("torch", reason="the extra [train] is not installed")
    folder = tmp_path_factory.mktemp("models") / "small"
    result = small(folder, "--hold-out", "train-10")
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.slow
def test_a_model_comes_with_its_card_hashes_and_fingerprints(trained):
    meta = json.loads((trained / META_FILE).read_text("utf-8"))

    assert set(meta["sha256"]) == set(PARTS)
    assert meta["data"]["held_out"] == ["train-10"]
    assert meta["data"]["parts"]["train-1"]["notes"] == 12
    assert set(meta["figures"]["tagger"]) == {"dev", "train-10"}
    card = (trained / "README.md").read_text("utf-8")
    for heading in ("Intended use", "Training data", "Metrics", "Limits"):
        assert f"## {heading}" in card


@pytest.mark.slow
def test_a_trained_model_is_used_by_naming_its_folder(trained):
    nlp = vbl_detect.load(model=trained)

    [finding] = [
        f
        for f in detect([Note(text="YP continues to put herself at risk.")], nlp)
        if f.code == "RC001"
    ]
    assert 0 <= finding.score <= 1


@pytest.mark.slow
def test_the_same_notes_and_seed_give_the_same_screen_and_stacker(trained, tmp_path):
    result = small(tmp_path / "again", "--hold-out", "train-10")

    assert result.exit_code == 0, result.output
    for part in ("screen.npz", "tagger.onnx", "stacker.json"):
        assert (tmp_path / "again" / part).read_bytes() == (trained / part).read_bytes(), part


@pytest.mark.slow
def test_screen_and_tagger_can_be_kept(trained, tmp_path):
    result = few("-o", tmp_path / "kept", "--hold-out", "train-10", "--keep", trained)

    assert result.exit_code == 0, result.output
    assert (tmp_path / "kept" / "tagger.onnx").read_bytes() == (
        trained / "tagger.onnx"
    ).read_bytes()
    meta = json.loads((tmp_path / "kept" / META_FILE).read_text("utf-8"))
    assert meta["tagger_command"] == json.loads((trained / META_FILE).read_text())["command"]


@pytest.mark.slow
def test_a_tagger_is_gone_on_from_and_told_of(trained, tmp_path):
    result = small(tmp_path / "next", "--hold-out", "train-10", "--after", trained)

    assert result.exit_code == 0, result.output
    meta = json.loads((tmp_path / "next" / META_FILE).read_text("utf-8"))
    before = json.loads((trained / META_FILE).read_text("utf-8"))
    assert meta["after"] == {
        "tagger_command": before["command"],
        "tagger_sha256": before["sha256"]["tagger.onnx"],
        "after": None,
        "mean_with": None,
        "elsewhere": None,
    }
    assert meta["sha256"]["tagger.onnx"] != before["sha256"]["tagger.onnx"]
    card = (tmp_path / "next" / "README.md").read_text("utf-8")
    assert before["sha256"]["tagger.onnx"][:12] in card


@pytest.mark.slow
def test_the_mean_of_two_taggers_is_kept_and_told_of(trained, tmp_path):
    small(tmp_path / "next", "--hold-out", "train-10", "--after", trained)

    made = ("--keep", tmp_path / "next", "--mean-with", trained)
    result = few("-o", tmp_path / "mean", "--hold-out", "train-10", *made)

    assert result.exit_code == 0, result.output
    hashes = [
        json.loads((folder / META_FILE).read_text("utf-8"))["sha256"]["tagger.onnx"]
        for folder in (trained, tmp_path / "next", tmp_path / "mean")
    ]
    assert len(set(hashes)) == 3
    assert hashes[0][:12] in (tmp_path / "mean" / "README.md").read_text("utf-8")


def fit_elsewhere(*args):
    command = [sys.executable, FIT_TAGGER, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_tagger_is_fitted_elsewhere_and_told_of(trained, tmp_path):
    read, first, second, mean = (
        tmp_path / name for name in ("read.npz", "1.safetensors", "2.safetensors", "m.safetensors")
    )
    few("--hold-out", "train-10", "--readings", read)
    for args in (
        ("fit", read, "--epochs", 1, "-o", first),
        ("fit", read, "--epochs", 1, "--seed", 2, "--after", first, "-o", second),
        ("mean", first, second, "-o", mean),
    ):
        done = fit_elsewhere(*args)
        assert done.returncode == 0, done.stderr
    model = ("--hold-out", "train-10", "--tagger", mean, "--keep", trained)
    result = few("-o", tmp_path / "model", *model)

    assert result.exit_code == 0, result.output
    meta = json.loads((tmp_path / "model" / META_FILE).read_text("utf-8"))
    assert [c.split()[2] for c in meta["elsewhere"]["commands"]] == ["fit", "fit", "mean"]
    assert (
        meta["sha256"]["screen.npz"]
        == json.loads((trained / META_FILE).read_text())["sha256"]["screen.npz"]
    )
    card = (tmp_path / "model" / "README.md").read_text("utf-8")
    assert meta["elsewhere"]["commands"][1] in card


def test_a_file_that_holds_no_tagger_is_told(tmp_path):
    pytest.importorskip("torch", reason="the extra [train] is not installed")
    fitted = pytest.importorskip("vbl_detect.training.fitted")
    (tmp_path / "notes.safetensors").write_bytes(b"no weights")

    with pytest.raises(UsageError, match="no tagger's weights"):
        fitted.load(tmp_path / "notes.safetensors")


@pytest.mark.parametrize(
    ("given", "idle"),
    [
        (["--tagger", "t", "-o", "none"], ["--after", "m"]),
        (["--tagger", "t", "-o", "none", "--keep", "m"], ["--mean-with", "m"]),
        (["--keep", "m", "-o", "none"], ["--after", "m"]),
        (["--keep", "m", "-o", "none"], ["--epochs", "2"]),
        (["--keep", "m", "-o", "none"], ["--minutes", "2"]),
        (["--readings", "r.npz"], ["--output", "none"]),
        (["--readings", "r.npz"], ["--keep", "m"]),
    ],
)
def test_an_option_that_would_do_nothing_is_told(given, idle):
    pytest.importorskip("torch", reason="the extra [train] is not installed")

    result = few(*given, *idle)

    assert result.exit_code == 2
    assert f"{idle[0]} has nothing to do" in result.stderr


def test_a_model_needs_a_folder():
    pytest.importorskip("torch", reason="the extra [train] is not installed")

    result = few()

    assert result.exit_code == 2
    assert "name a folder with --output" in result.stderr


@pytest.mark.slow
def test_the_fitting_of_the_tagger_ends_after_its_minutes(tmp_path):
    pytest.importorskip("torch", reason="the extra [train] is not installed")

    result = small(tmp_path / "brief", "--hold-out", "train-10", "--epochs", 50, "--minutes", 0.1)

    assert result.exit_code == 0, result.output
    told = [line for line in result.stderr.splitlines() if line.startswith("tagger: epoch")]
    assert 0 < len(told) < 50


def test_a_mean_needs_a_tagger_to_keep(tmp_path):
    pytest.importorskip("torch", reason="the extra [train] is not installed")

    result = few("-o", tmp_path / "none", "--mean-with", tmp_path)

    assert result.exit_code == 2
    assert "--keep" in result.stderr


@pytest.mark.slow
def test_a_model_of_other_notes_is_not_kept(trained, tmp_path):
    result = few("-o", tmp_path / "other", "--hold-out", "train-7", "--keep", trained)

    assert result.exit_code == 2
    assert "fitted on other notes" in result.stderr


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--hold-out", "train-99"], "there is no such part"),
        ([f"--hold-out=train-{n}" for n in (1, 7, 10)], "every part is held out"),
    ],
)
def test_wrong_parts_are_one_sentence(tmp_path, more, message):
    pytest.importorskip("torch", reason="the extra [train] is not installed")

    result = small(tmp_path / "none", *more)

    assert result.exit_code == 2
    assert message in result.stderr


def test_ordinary_text_that_is_no_json_names_its_line(tmp_path):
    pytest.importorskip("torch", reason="the extra [train] is not installed")
    path = tmp_path / "ordinary.jsonl"
    path.write_text('{"text": "The bus was late."}\nnot json\n', "utf-8")

    result = small(tmp_path / "none", "--ordinary", path)

    assert result.exit_code == 3
    assert f"{path}, row 2" in result.stderr
