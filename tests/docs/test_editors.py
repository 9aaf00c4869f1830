"""What docs/editors.md has people write into their editors' settings is sound."""

import json
import re
import tomllib
from pathlib import Path

from vbl_detect.lsp.judging import MAX_CHARACTERS

PAGE = (Path(__file__).parents[2] / "docs" / "editors.md").read_text("utf-8")


def block(language):
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1]


def test_the_settings_for_vs_code_start_the_server():
    settings = json.loads(block("json"))

    assert settings["glspc.server.command"] == "vbl-detect"
    assert settings["glspc.server.commandArguments"] == ["lsp"]


def test_the_settings_for_helix_start_the_server_for_each_language():
    settings = tomllib.loads(block("toml"))

    [(name, server)] = settings["language-server"].items()
    assert [server["command"], *server["args"]] == ["vbl-detect", "lsp"]
    assert all(language["language-servers"] == [name] for language in settings["language"])


def test_the_settings_for_neovim_and_emacs_start_the_server():
    assert 'cmd = { "vbl-detect", "lsp" }' in block("lua")
    assert '("vbl-detect" "lsp")' in block("elisp")
    assert block("elisp").count("(") == block("elisp").count(")")


def test_the_longest_draft_is_told():
    assert f"{MAX_CHARACTERS:,} characters" in PAGE
