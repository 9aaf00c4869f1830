"""Where documents lie, and what is said when something fails."""

from pathlib import Path

import pytest

from vbl_detect.errors import UsageError
from vbl_detect.lsp.paths import path_of
from vbl_detect.lsp.server import told


def test_a_file_s_path_is_its_own(tmp_path):
    path = tmp_path / "Müller & Söhne, 1 50%.md"

    assert path_of(path.as_uri(), None) == path


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("untitled:Untitled-1", "Untitled-1"),
        ("untitled:/home/jo/draft.md", "draft.md"),
        ("zed:what%3F..%2F%2A", "_"),
        ("untitled:", "draft"),
    ],
)
def test_what_lies_in_no_file_lies_in_the_folder_that_is_open(tmp_path, uri, name):
    assert path_of(uri, str(tmp_path)) == tmp_path / name
    assert path_of(uri, None) == Path.cwd() / name


def test_an_error_is_told_without_what_may_be_text_of_a_draft():
    try:
        int("streetwise")
    except ValueError as error:
        message = told(error)

    assert "ValueError in test_paths.py:" in message
    assert "streetwise" not in message
    assert told(UsageError("vbl.toml:1: mend it")) == "vbl.toml:1: mend it."
