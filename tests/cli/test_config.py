"""Settings as a user meets them: `vbl-detect config`, and what a file does to other commands."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.cli.commands import COMMANDS, load_command
from vbl_detect.settings import KEYS

BLAME = "YP continues to put herself at risk."
DRAFT = f"{BLAME} She is streetwise.\n"


@pytest.fixture
def run():
    return lambda *args, **more: CliRunner().invoke(app, [str(arg) for arg in args], **more)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The working directory, with a draft in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "a.md").write_text(DRAFT, "utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def light(request, monkeypatch):
    """Lexicon and context alone, loaded once; settings do not ask what has judged a text."""
    if "own_lexicon" not in request.fixturenames:
        nlp = request.getfixturevalue("nlp")
        for module in ("vbl_detect.running", "vbl_detect.cli.explain"):
            monkeypatch.setattr(f"{module}.load", lambda **_: nlp)


def write(text, path="vbl.toml"):
    Path(path).write_text(text, "utf-8")


def rows(result):
    assert result.exit_code == 0, result.output
    return {row["name"]: row for row in json.loads(result.stdout)["settings"]}


def findings(result):
    assert result.exit_code == 0, result.output
    return {row["code"]: row for row in map(json.loads, result.stdout.splitlines())}


def scan(run, *args):
    return findings(run("scan", "drafts", "-q", "--format", "jsonl", *args))


def test_init_writes_a_file_that_sets_nothing_and_replaces_none_unasked(run):
    assert run("config", "init").exit_code == 0
    assert {row["source"] for row in rows(run("config", "show", "--format", "json")).values()} == {
        "default"
    }

    write('model = "fast"')
    again = run("config", "init")
    assert (again.exit_code, "--force replaces it" in again.stderr) == (2, True)
    assert Path("vbl.toml").read_text() == 'model = "fast"'

    assert run("config", "init", "drafts").exit_code == 0
    assert run("config", "init", "--force").exit_code == 0
    assert Path("drafts/vbl.toml").read_bytes() == Path("vbl.toml").read_bytes()
    assert run("config", "init", "nowhere").exit_code == 2


def test_show_tells_where_each_setting_comes_from(run):
    write('# ours\nmin-score = 0.7\n[[allow]]\nphrase = "x y"\nreason = "A form"\n')

    shown = run("config", "show").stdout.splitlines()

    assert shown[0] == "From vbl.toml:"
    assert [line.split() for line in shown if line.startswith("min-score")] == [
        ["min-score", "0.7", "vbl.toml:2"]
    ]
    assert any(line.split() == ["model", "full", "default"] for line in shown)
    assert shown[-1].split() == "allow phrase x y; reason A form vbl.toml:4".split()
    assert run("config", "show", "--isolated").stdout.startswith("No settings file")


def test_show_tells_what_would_be_in_force_for_a_command(run):
    write('min-score = 0.7\nselect = ["RC"]\nkeep-columns = ["Team"]\nformat = "concise"\n')

    command = ("scan", "drafts", "--min-score", "0.4", "-o", "x.csv")
    shown = rows(run("config", "show", "--format", "json", *command))

    assert (shown["min-score"]["value"], shown["min-score"]["source"]) == (0.4, "command line")
    assert (shown["select"]["value"], shown["select"]["place"]) == (["RC"], "vbl.toml:2")
    assert shown["format"]["source"] == "default"  # the ending of x.csv goes before it
    assert "max-findings" not in shown
    assert set(rows(run("config", "show", "--format", "json", "explain"))) == {
        "min-score", "model", "lexicons", "mask",
    }  # fmt: skip


def test_show_tells_of_a_command_without_settings_and_of_none(run):
    assert "train takes no settings" in run("config", "show", "train").stderr
    assert run("config", "show", "scna").exit_code == 2


def test_a_code_that_the_lexicon_has_not_is_told_with_its_line(run):
    write('ignore = [\n  "RC",\n  "adultificaton",\n]\n')

    for args in (["config", "show"], ["scan", "drafts"]):
        result = run(*args)
        assert result.exit_code == 2
        assert result.stderr.startswith("error: vbl.toml:3: 'adultificaton' is no code")
        assert "did you mean 'adultification'?" in result.stderr


def test_every_mistake_in_a_file_is_told_by_every_command_but_help(run):
    write('modle = "fast"\n')
    told = 'error: vbl.toml:1: there is no setting "modle"; did you mean "model"?\n'

    for args in (["config", "show"], ["scan", "drafts"], ["explain", "x"], ["evaluate", "x"]):
        result = run(*args)
        assert (result.exit_code, result.stderr) == (2, told)
    assert run("scan", "--help").exit_code == 0


def test_options_take_their_defaults_from_the_file_and_go_before_it(run):
    write('select = ["AD"]\nshow = "phrase"\n')

    found = scan(run)
    assert (set(found), found["AD001"]["sentence"]) == ({"AD001"}, None)
    assert set(scan(run, "--select", "RC")) == {"RC001"}
    assert set(scan(run, "--extend-select", "RC")) == {"RC001", "AD001"}
    assert set(scan(run, "--isolated")) == {"RC001", "AD001"}


def test_check_leaves_out_what_the_baseline_of_the_file_holds(run, monkeypatch, nlp):
    monkeypatch.setattr("vbl_detect.cli.baseline.load", lambda **_: nlp)
    assert run("baseline", "create", "drafts", "-o", "old.json").exit_code == 0
    write('baseline = "old.json"\n')
    monkeypatch.chdir("drafts")

    assert run("check", "a.md").exit_code == 0
    assert run("check", "a.md", "--isolated").exit_code == 1


def test_a_baseline_that_is_not_there_is_named(run):
    write('baseline = "gone.json"\n')

    result = run("check", "drafts")

    assert result.exit_code == 2
    assert "gone.json" in result.stderr


def test_a_list_on_the_command_line_leaves_the_extensions_of_the_file(run):
    write('ignore = ["AD"]\nextend-ignore = ["MM"]\n')

    shown = rows(run("config", "show", "--format", "json", "scan", "--ignore", "RC"))

    assert (shown["ignore"]["value"], shown["extend-ignore"]["value"]) == (["RC"], ["MM"])
    assert set(scan(run, "--extend-ignore", "RC")) == set()
    assert set(scan(run, "--ignore", "RC")) == {"AD001"}


def test_the_nearest_file_wins_and_another_can_be_named(run):
    write('ignore = ["RC"]\n', "drafts/vbl.toml")
    write('[tool.vbl-detect]\nignore = ["AD"]\n', "pyproject.toml")

    assert set(scan(run)) == {"AD001"}
    assert set(scan(run, "--config", "pyproject.toml")) == {"RC001"}
    result = run("scan", "drafts", "--config", "nowhere.toml")
    assert (result.exit_code, "nowhere.toml: there is no such file" in result.stderr) == (2, True)


def test_standard_input_goes_by_its_name(run):
    write('ignore = ["RC"]\n', "drafts/vbl.toml")
    args = ("scan", "-", "-q", "--format", "jsonl")

    named = run(*args, "--stdin-filename", "drafts/b.md", input=DRAFT)
    assert set(findings(named)) == {"AD001"}
    assert set(findings(run(*args, input=DRAFT))) == {"RC001", "AD001"}


def test_an_allowed_phrase_is_written_but_does_not_count(run):
    write('[[allow]]\nphrase = "Streetwise"\nreason = "Our project"\nexpires = 2999-12-31\n')

    found = scan(run)
    assert (found["RC001"]["counted"], found["RC001"]["suppressed"]) == (True, None)
    assert found["AD001"]["counted"] is False
    assert found["AD001"]["suppressed"] == {
        "by": "vbl.toml:2", "reason": "Our project", "expires": "2999-12-31",
    }  # fmt: skip
    summary = run("scan", "drafts", "--include-context")
    assert "1 suppressed" in summary.stderr
    assert "suppressed by vbl.toml:2 until 2999-12-31: Our project" in summary.stdout
    assert "does not count: accepted: Our project" in run("explain", "She is streetwise.").stdout


def test_a_phrase_whose_time_is_over_counts_and_is_told_of(run):
    write('[[allow]]\nphrase = "Streetwise"\nreason = "Our project"\nexpires = 2020-12-31\n')

    assert scan(run)["AD001"]["counted"] is True
    told = run("scan", "drafts").stderr
    assert 'warning: vbl.toml:2: "Streetwise" was allowed until 2020-12-31' in told


def test_single_files_have_their_own_settings(run):
    write('[per-file]\n"*.md" = { ignore = ["RC"], min-score = 1.0 }\n"b.*" = { min-score = 0 }\n')
    Path("drafts/b.md").write_text(DRAFT, "utf-8")

    result = run("scan", "drafts", "-q", "--format", "jsonl")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(Path(row["path"]).name, row["code"], row["counted"]) for row in found] == [
        ("a.md", "AD001", False), ("b.md", "AD001", True),
    ]  # fmt: skip
    assert scan(run, "--min-score", "0.01")["AD001"]["counted"] is True


OWN = (
    "code,term,patterns,severity,context_needed,why,suggestion,source,flag_examples,pass_examples\n"
    "RC990,at the unit,at the unit,low,always,W,S,U,At the unit.,S.\n"
)


@pytest.fixture
def own_lexicon(folder):
    (folder / "own").mkdir()
    write('lexicons = ["../own"]\nselect = ["RC990"]\n', "drafts/vbl.toml")
    return folder / "own" / "risk-and-choice.csv"


@pytest.mark.slow
def test_own_lexicons_are_told_from_the_folder_of_the_file(run, own_lexicon):
    own_lexicon.write_text(OWN)
    Path("drafts/a.md").write_text("Seen at the unit.\n")

    assert set(scan(run)) == {"RC990"}


def test_the_lexicon_s_commands_take_the_file_s_folders(run, own_lexicon):
    own_lexicon.write_text(OWN)
    listed = ("lexicon", "list", "--select", "RC990")

    assert run(*listed, "--config", "drafts/vbl.toml").stdout.startswith("RC990\tlow")
    assert run(*listed, "own").stdout.startswith("RC990\tlow")
    assert run(*listed).exit_code == 2


def test_a_wrong_row_of_an_own_lexicon_is_told_as_lexicon_check_does(run, own_lexicon):
    own_lexicon.write_text(OWN.replace("low", "lwo"))

    result = run("scan", "drafts")

    assert result.exit_code == 2
    fault = "own/risk-and-choice.csv:2: RC990: severity 'lwo' is none of high, medium, low"
    assert fault in result.stderr.replace("\\", "/")
    assert "../" not in result.stderr


def test_the_file_of_a_scan_stands_in_its_manifest(run):
    write('[[allow]]\nphrase = "Streetwise"\nreason = "Our project"\nexpires = 2999-12-31\n')

    run("scan", "drafts", "-o", "x.csv")

    config = json.loads(Path("x.csv.manifest.json").read_text())["settings"]["config"]
    assert (config["file"], config["allow"][0]["expires"]) == ("vbl.toml", "2999-12-31")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_table_s_defaults_are_those_of_the_commands(name):
    parameters = {p.name: p for p in getattr(load_command(name), "params", ())}
    if "config" not in parameters:
        return
    for key in KEYS:
        taken = [parameters[name] for name in key.parameters if name in parameters]
        if taken and (not key.commands or name == key.commands[0]):
            default = taken[0].default
            default = default() if callable(default) else default
            assert (default or None) == (key.default or None), key.name
