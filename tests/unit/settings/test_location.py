from pathlib import Path

import pytest

from vbl_detect.errors import UsageError
from vbl_detect.settings import find_settings

TABLE = "[tool.vbl-detect]\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder of drafts, `work/team/drafts`, looked at from `work`."""
    (tmp_path / "work" / "team" / "drafts").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


def found(*paths):
    path = find_settings(map(Path, paths))
    return None if path is None else path.relative_to(Path.cwd().parent).as_posix()


def test_the_nearest_parent_wins(folder):
    (folder / "vbl.toml").touch()
    assert found("team/drafts/a.md") == "vbl.toml"

    (folder / "work" / "team" / "vbl.toml").touch()
    assert found("team/drafts/a.md") == "work/team/vbl.toml"
    assert found("team") == "work/team/vbl.toml"
    assert found("team/drafts/../b.md") == "work/team/vbl.toml"
    assert found() == "vbl.toml"
    assert found("a.md") == "vbl.toml"


def test_a_pyproject_counts_only_with_the_table_and_after_a_vbl_toml(folder):
    (folder / "pyproject.toml").write_text(TABLE)
    (folder / "work" / "pyproject.toml").write_text('[project]\nname = "vbl-detect"\n')
    assert found("a.md") == "pyproject.toml"

    (folder / "vbl.toml").touch()
    assert found("a.md") == "vbl.toml"


def test_a_pyproject_that_is_broken_is_taken_so_that_the_break_is_told(folder):
    (folder / "work" / "pyproject.toml").write_text("[tool.vbl-detect]\nmodel = full\n")
    assert found("a.md") == "work/pyproject.toml"


@pytest.mark.parametrize("path", ["She is streetwise. " * 100, "a\0b", "*.md", "x/y/z.md"])
def test_a_path_that_no_file_can_have_is_one_of_the_working_directory(folder, path):
    (folder / "vbl.toml").touch()

    assert found(path) == "vbl.toml"


def test_files_of_different_settings_are_not_taken_together(folder):
    (folder / "work" / "team" / "vbl.toml").touch()
    (folder / "work" / "b.md").touch()

    with pytest.raises(UsageError) as raised:
        found("team/a.md", "b.md")

    assert "team belongs to team/vbl.toml, and b.md to no file of settings" in str(
        raised.value
    ).replace("\\", "/")
    assert "--config" in str(raised.value)
    assert found("team/a.md", "team/drafts/b.md") == "work/team/vbl.toml"
