"""The command that serves the page; the server's own tests are in tests/unit/serving."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest
from typer.testing import CliRunner

from vbl_detect.cli import app
from vbl_detect.serving.running import listen

WORDS = "She puts herself at risk by the quay."


def test_the_library_is_named_if_it_is_not_there(monkeypatch):
    for name in [name for name in sys.modules if name.startswith("vbl_detect.serving")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "starlette.applications", None)

    result = CliRunner().invoke(app, ["serve"])

    assert result.exit_code == 2
    assert "pip install 'vbl-detect[serve]'" in result.stderr


def test_a_port_that_is_taken_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(app, ["serve", "--port", str(port), "--no-open"])

    assert result.exit_code == 2
    assert f"port {port} cannot be used" in result.stderr
    assert "--port" in result.stderr


def test_the_socket_is_this_machine_s_alone():
    with listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        assert listener.family is socket.AF_INET


def test_no_other_machine_can_be_let_in():
    assert CliRunner().invoke(app, ["serve", "--host", "0.0.0.0"]).exit_code == 2


@pytest.fixture
def started(tmp_path):
    processes = []

    def start(*arguments):
        folders = {name: tmp_path / name for name in ("work", "temporary")}
        for folder in folders.values():
            folder.mkdir()
        command = [sys.executable, "-m", "vbl_detect", "serve", "--no-open", *arguments]
        process = subprocess.Popen(
            command,
            cwd=folders["work"],
            env={**os.environ, "TMPDIR": str(folders["temporary"])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        line = process.stdout.readline()
        return process, re.search(r"http://\S+", line)[0]

    yield start
    for process in processes:
        process.kill()
        process.wait()


def ask(address, text):
    base, key = address.split("/#")
    with httpx.Client(base_url=base, headers={"origin": base}, trust_env=False) as client:
        token = client.post("/session", json={"key": key}).json()["token"]
        client.headers["authorization"] = f"Bearer {token}"
        client.post("/file", content=text.encode(), headers={"x-file-name": "a.txt"}, timeout=60)
        began = time.perf_counter()
        answer = client.post("/check", json={"text": text}, timeout=60)
        return answer.json(), time.perf_counter() - began


@pytest.mark.slow
def test_it_serves_until_it_is_interrupted_and_leaves_nothing(started, tmp_path):
    process, address = started()

    answer, seconds = ask(address, WORDS)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert [one["shown"] for one in answer["findings"]] == ["puts herself at risk"]
    assert seconds < 1
    assert process.returncode == 0
    assert "Stopped as asked" in err
    assert WORDS not in out + err
    assert "Traceback" not in err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.slow
def test_it_stops_when_nobody_uses_it(started):
    process, _ = started("--idle-minutes", "0.02", "-q", "--model", "fast")

    assert process.wait(timeout=60) == 0


@pytest.mark.slow
def test_settings_hold_and_the_address_reaches_no_further_than_this_machine(started, tmp_path):
    (tmp_path / "vbl.toml").write_text('select = ["AD"]\nmodel = "fast"\n', "utf-8")
    _, address = started()
    answer, _ = ask(address, "She puts herself at risk and is streetwise.")
    assert [one["code"][:2] for one in answer["findings"]] == ["AD"]
    port = int(re.search(r":(\d+)/", address)[1])

    assert address.startswith("http://127.0.0.1:")
    with pytest.raises(ConnectionError):
        socket.create_connection(("127.0.0.2", port), timeout=2)
