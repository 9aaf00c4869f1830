"""Nothing is asked of a network, whatever the tool does."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app

EXAMPLES = Path(__file__).parents[2] / "examples"


class BlockedError(AssertionError):
    """A connection that the tool tried to make."""


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise BlockedError

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)


def commands(folder):
    draft = EXAMPLES / "incident-log.txt"
    found = folder / "found.jsonl"
    yield "scan", EXAMPLES, "-o", found
    yield "scan", EXAMPLES, "-o", folder / "found.xlsx", "--model", "fast"
    yield "check", draft, "--fail-on", "never", "--format", "sarif"
    yield "explain", "She is streetwise."
    yield "rule", "RC012"
    yield "report", found, "-o", folder / "report.html"
    yield "label", "queue", EXAMPLES, "--model", "fast", "-o", folder / "queue.jsonl"
    yield "lexicon", "check"
    yield "config", "show"


def test_the_block_blocks(no_network):
    with pytest.raises(BlockedError):
        socket.create_connection(("127.0.0.1", 9))
    with socket.socket() as one, pytest.raises(BlockedError):
        one.connect(("127.0.0.1", 9))


@pytest.mark.slow
def test_every_command_does_without_a_network(no_network, tmp_path):
    for command in commands(tmp_path):
        result = CliRunner().invoke(app, list(map(str, command)))

        assert result.exit_code == 0, (command, result.stderr)


def _can_be_cut_off() -> bool:
    if shutil.which("unshare") is None:
        return False
    return (
        subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode == 0
    )


@pytest.mark.slow
@pytest.mark.skipif(not _can_be_cut_off(), reason="needs Linux and the right to unshare")
def test_a_process_without_any_network_finds_the_same(tmp_path):
    outputs = []
    for number, before in enumerate(([], ["unshare", "-rn"])):
        output = tmp_path / f"{number}.jsonl"
        program = [sys.executable, "-m", "vbl_detect", "scan", str(EXAMPLES), "-o", str(output)]
        subprocess.run([*before, *program], check=True, env=os.environ)
        outputs.append(output.read_bytes())

    assert outputs[0] == outputs[1] != b""
