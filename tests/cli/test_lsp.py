"""The command that starts the editor server; the server's own tests are in tests/unit/lsp."""

import sys

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app


def test_the_library_is_named_if_it_is_not_there(monkeypatch):
    for name in [name for name in sys.modules if name.startswith("vbl_detect.lsp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)

    result = CliRunner().invoke(app, ["lsp"])

    assert result.exit_code == 2
    assert "pip install 'vbl-detect[lsp]'" in result.stderr


@pytest.mark.parametrize("option", ["--tcp", "--ws", "--port", "--host"])
def test_no_network_is_offered(option):
    assert CliRunner().invoke(app, ["lsp", option]).exit_code == 2
