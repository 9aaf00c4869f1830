"""``vbl-detect doctor``."""

import json
import socket

import pytest
from typer.testing import CliRunner

from vbl_detect import diagnosis
from vbl_detect.cli import app
from vbl_detect.errors import IntegrityError


@pytest.fixture
def run():
    return lambda *args: CliRunner().invoke(app, list(args))


def test_a_sound_installation_passes_and_tells_what_it_is(run):
    result = run("doctor", "--format", "json")

    rows = {row["name"]: row for row in json.loads(result.stdout)}
    assert result.exit_code == 0
    assert {row["state"] for row in rows.values()} <= {"ok", "missing"}
    assert "spacy" in rows["libraries"]["told"]
    for model in ("full", "fast"):
        assert "no network" in rows[f"self-test, {model}"]["told"]


def test_as_text_one_line_a_check(run, monkeypatch):
    checks = [diagnosis.Check("cache", "missing", "cannot be written\x1b[2J")]
    monkeypatch.setattr("vbl_detect.cli.doctor.diagnose", lambda: iter(checks))

    result = run("doctor")

    assert result.exit_code == 0
    assert result.stdout.startswith("--    cache: cannot be written")
    assert "\x1b" not in result.stdout


def test_a_changed_model_ends_with_4_and_the_rest_is_told(run, monkeypatch):
    def changed(folder):
        raise IntegrityError(f"{folder.name}: the file was changed; install vbl-detect again")

    monkeypatch.setattr(diagnosis, "load_model", changed)

    result = run("doctor")

    assert result.exit_code == 4
    assert "FAULT model: vbl" in result.stdout
    assert "self-test, fast" in result.stdout


@pytest.mark.parametrize(
    ("judge", "told"),
    [
        (lambda texts, _: [() for _ in texts], "judged sentence 1, 2 wrongly"),
        (lambda *_: socket.getaddrinfo("localhost", 9) and [], "asked for the network"),
    ],
)
def test_a_self_test_that_fails_ends_with_2(run, monkeypatch, judge, told):
    def judged(texts, nlp):
        texts = list(texts)
        return judge(texts, nlp) or [() for _ in texts]

    monkeypatch.setattr(diagnosis, "findings_in", judged)

    result = run("doctor")

    assert result.exit_code == 2
    assert told in result.stdout


def test_paths_under_the_home_folder_do_not_name_it(tmp_path, monkeypatch):
    monkeypatch.setattr(diagnosis.Path, "home", lambda: tmp_path)

    assert diagnosis._short(tmp_path / "vbl") == str(diagnosis.Path("~", "vbl"))
