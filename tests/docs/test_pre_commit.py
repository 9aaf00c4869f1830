"""docs/pre-commit.md is right: its YAML is sound, its commands run, its hooks stop a bad draft."""

import os
import re
import shlex
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from pre_commit.clientlib import load_config, load_manifest
from typer.testing import CliRunner

from vbl_detect.cli import app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "pre-commit.md").read_text("utf-8")
SNIPPETS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
PUBLISHED, INSTALLED, TELLING = (text for text in SNIPPETS if "repos:" in text)
GITHUB, GITLAB = (yaml.safe_load(text) for text in SNIPPETS if "repos:" not in text)
HOOKS = {hook["id"]: hook for hook in load_manifest(ROOT / ".pre-commit-hooks.yaml")}

BLAMING = "YP continues to put self at risk.\n"
SOUND = "YP is being put at risk by S1.\n"
NOBODY = {
    "GIT_AUTHOR_NAME": "A. Reader",
    "GIT_AUTHOR_EMAIL": "a.reader@police.example",
    "GIT_COMMITTER_NAME": "A. Reader",
    "GIT_COMMITTER_EMAIL": "a.reader@police.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
#: Nothing can be fetched: no index for pip, and a proxy that is not there.
OFFLINE = {
    "PIP_NO_INDEX": "1",
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
}


@pytest.mark.parametrize("snippet", [PUBLISHED, INSTALLED, TELLING])
def test_the_configurations_are_sound(snippet, tmp_path):
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(snippet, "utf-8")

    [source] = load_config(path)["repos"]

    assert source["repo"] == "local" or {hook["id"] for hook in source["hooks"]} == set(HOOKS)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("review.md", ["vbl-detect"]),
        ("REVIEW.TXT", ["vbl-detect"]),
        ("drafts/Review 2.docx", ["vbl-detect-word"]),
        ("REVIEW.DOCX", ["vbl-detect-word"]),
        ("review.odt", ["vbl-detect-word"]),
        ("plan.png", []),
        ("docx", []),
        ("notes.txt.gpg", []),
    ],
)
def test_each_draft_belongs_to_one_hook(name, ids):
    assert [id_ for id_, hook in HOOKS.items() if re.search(hook["files"], name)] == ids


def test_what_is_uploaded_is_what_was_written():
    [upload] = [step["with"] for step in GITHUB["jobs"]["wording"]["steps"] if "with" in step][1:]

    assert f"-o {upload['sarif_file']}" in " ".join(commands())
    assert f"-o {GITLAB['wording']['artifacts']['reports']['junit']}" in " ".join(commands())


def commands():
    steps = [step.get("run", "") for step in GITHUB["jobs"]["wording"]["steps"]]
    return [line for line in (*steps, *GITLAB["wording"]["script"]) if line.startswith("vbl-")]


@pytest.mark.slow
@pytest.mark.parametrize("command", commands())
def test_the_commands_run_as_written(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "review.md").write_text(BLAMING, "utf-8")
    words = shlex.split(command)

    result = CliRunner().invoke(app, words[1:])

    assert result.exit_code == ("never" not in words), result.output
    written = Path(words[words.index("-o") + 1]).read_text("utf-8") if "-o" in words else ""
    assert "RC001" in written + result.stdout


def next_month():
    return (date.today() + timedelta(days=30)).isoformat()


@pytest.fixture
def repository(tmp_path):
    """A git repository with drafts, which pre-commit guards, in an environment of its own."""
    folder = tmp_path / "case"
    (folder / "drafts").mkdir(parents=True)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    home = str(tmp_path / "pre-commit")
    environment = {**plain, **NOBODY, **OFFLINE, "PATH": path, "PRE_COMMIT_HOME": home}

    def run(*words, **more):
        return subprocess.run(
            words,
            cwd=folder,
            env={**environment, **more},
            check=False,
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def guard(configuration):
        (folder / ".pre-commit-config.yaml").write_text(configuration, "utf-8")
        assert run("pre-commit", "install").returncode == 0

    def commit():
        run("git", "add", "--all")
        return run("git", "commit", "--message", "Add a draft")

    def commits():
        return run("git", "log", "--oneline").stdout.count("Add a draft")

    assert run("git", "init", "--quiet").returncode == 0
    return SimpleNamespace(
        folder=folder,
        draft=folder / "drafts" / "review.md",
        run=run,
        guard=guard,
        commit=commit,
        commits=commits,
    )


@pytest.mark.slow
def test_a_bad_draft_stops_the_commit_and_a_mended_one_passes(repository):
    repository.guard(INSTALLED)
    repository.draft.write_text(BLAMING, "utf-8")
    (repository.folder / "elsewhere.md").write_text(BLAMING, "utf-8")

    stopped = repository.commit()

    assert (stopped.returncode, repository.commits()) == (1, 0)
    assert "drafts/review.md:1:17\nRC001 " in stopped.stdout.replace("\\", "/")
    assert "write instead: " in stopped.stdout
    assert "elsewhere.md" not in stopped.stdout

    repository.draft.write_text(SOUND, "utf-8")
    assert (repository.commit().returncode, repository.commits()) == (0, 1)


@pytest.mark.slow
def test_a_bad_word_draft_stops_the_commit(repository):
    repository.guard(INSTALLED)
    bad = (ROOT / "examples" / "exploitation-review.docx").read_bytes()
    (repository.folder / "drafts" / "REVIEW 2.DOCX").write_bytes(bad)

    stopped = repository.commit()

    assert (stopped.returncode, repository.commits()) == (1, 0)
    assert "REVIEW 2.DOCX, paragraph " in stopped.stdout


@pytest.mark.slow
def test_an_accepted_draft_passes(repository):
    repository.guard(INSTALLED)
    repository.draft.write_text(BLAMING, "utf-8")
    accept = "suppress add drafts/review.md:1 --code RC001 --author A.Reader"
    reason = ("--reason", "her own words, see log 14", "--expires", next_month())

    accepted = repository.run("vbl-detect", *accept.split(), *reason)

    assert accepted.returncode == 0, accepted.stdout
    assert (repository.commit().returncode, repository.commits()) == (0, 1)


@pytest.mark.slow
def test_fail_on_never_tells_and_lets_pass(repository):
    repository.guard(TELLING)
    repository.draft.write_text(BLAMING, "utf-8")

    told = repository.commit()

    assert (told.returncode, repository.commits()) == (0, 1)
    assert "RC001 " in told.stdout


@pytest.mark.slow
def test_pre_commit_installs_the_hook_from_this_project(repository):
    """Offline: what the tool needs comes from the environment of the tests, itself it does not."""
    if not (ROOT / ".git").exists():
        pytest.skip("pre-commit installs from a git repository, and this is none")
    repository.draft.write_text(BLAMING, "utf-8")
    repository.run("git", "add", "--all")
    libraries = next(path for path in map(Path, sys.path) if path.name == "site-packages")

    tried = repository.run(
        *("pre-commit", "try-repo", str(ROOT), "vbl-detect", "--files", "drafts/review.md"),
        PYTHONPATH=str(libraries),
        PIP_NO_DEPS="1",
        PIP_NO_BUILD_ISOLATION="0",  # pip's way to say that it is off
    )

    assert tried.returncode == 1
    assert "drafts/review.md:1:17\nRC001 " in tried.stdout.replace("\\", "/"), tried.stdout
