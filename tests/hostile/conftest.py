"""The tool on input that was made to do harm."""

import pytest
from typer.testing import CliRunner

from vbl_detect import running
from vbl_detect.cli import app

BLAME = "YP continues to put herself at risk."


@pytest.fixture
def scan(monkeypatch, nlp):
    """Scan through the command line, by the lexicon alone."""
    monkeypatch.setattr(running, "load", lambda **_: nlp)

    def scan(*args, stdin=None):
        result = CliRunner().invoke(app, ["scan", *map(str, args)], input=stdin)
        assert "failed unexpectedly" not in result.stderr
        assert "Traceback" not in result.output
        return result

    return scan
